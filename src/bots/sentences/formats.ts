/** How a language writes counts, shares, times and lists: all of it from the locale data of the runtime. */
export interface Formats {
  /** The form for a count: `{ one: 'picture', other: 'pictures' }`. */
  readonly plural: (count: number, forms: PluralForms) => string;
  /** At most one digit after the point. */
  readonly number: (value: number) => string;
  /** @param share 0 to 1. */
  readonly percent: (share: number) => string;
  /** Items with an "and" before the last. */
  readonly list: (items: readonly string[]) => string;
  /** So rough that it does not change all the time: 5 s, 1 min and 5 min are its steps. */
  readonly roughly: (milliseconds: number) => string;
  /** Such as "5 minutes ago", or "now". */
  readonly ago: (milliseconds: number) => string;
}

/** `other` is for all that have no form of their own. */
export type PluralForms = Partial<Readonly<Record<Intl.LDMLPluralRule, string>>> & {
  readonly other: string;
};

/** @param locale BCP 47. */
export function formatsOf(locale: string): Formats {
  const rules = new Intl.PluralRules(locale);
  const numbers = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 });
  const shares = new Intl.NumberFormat(locale, { style: 'percent' });
  const lists = new Intl.ListFormat(locale);
  const ages = new Intl.RelativeTimeFormat(locale);
  const now = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }).format(0, 'second');
  const [seconds, minutes] = (['second', 'minute'] as const).map(
    (unit) => new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'long' }),
  );
  return {
    plural: (count, forms) => forms[rules.select(count)] ?? forms.other,
    number: (value) => numbers.format(value),
    percent: (share) => shares.format(share),
    list: (items) => lists.format(items),
    roughly: (milliseconds) => {
      const inSeconds = Math.max(5, Math.round(milliseconds / 5_000) * 5);
      if (inSeconds < 60) return seconds?.format(inSeconds) ?? '';
      const inMinutes = Math.round(inSeconds / 60);
      return minutes?.format(inMinutes <= 10 ? inMinutes : Math.round(inMinutes / 5) * 5) ?? '';
    },
    ago: (milliseconds) => {
      const step = UNITS.find(({ ms }) => milliseconds >= ms);
      return step ? ages.format(-Math.floor(milliseconds / step.ms), step.unit) : now;
    },
  };
}

/** The longest first. */
const UNITS = [
  { unit: 'month', ms: 30 * 86_400_000 },
  { unit: 'week', ms: 7 * 86_400_000 },
  { unit: 'day', ms: 86_400_000 },
  { unit: 'hour', ms: 3_600_000 },
  { unit: 'minute', ms: 60_000 },
] as const;
