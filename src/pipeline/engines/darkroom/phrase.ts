import { readRegion, REGION_PATTERN, writeRegion, type Region } from './pixels/region.ts';

/** What an operation is told, as plain data. */
export type Params = Readonly<Record<string, number | string>>;

/** One part of a sentence that varies: how it is written and how it is found and read again. */
export interface Field {
  readonly pattern: string;
  write(value: number | string): string;
  read(words: string): number | string;
}

/** A number with a fixed count of decimals; values are rounded to it before they are written. */
export const decimal = (digits: number): Field => ({
  pattern: String.raw`-?\d+(?:\.\d+)?`,
  write: (value) => Number(value).toFixed(digits),
  read: Number,
});

export const integer: Field = decimal(0);

export const oneOf = (...words: readonly string[]): Field => ({
  pattern: words.join('|'),
  write: String,
  read: (word) => word,
});

/** A colour by its name or as a hexadecimal number. */
export const colour: Field = {
  pattern: '[a-z]+(?: [a-z]+)?|#[0-9a-f]{6}|#[0-9a-f]{3}',
  write: String,
  read: (words) => words,
};

/** Any text, in double quotes and with JSON's escapes, so that it can hold no other sentence. */
export const quoted: Field = {
  pattern: String.raw`"(?:\\.|[^"\\])*"`,
  write: (value) => JSON.stringify(value),
  read: (words) => String(JSON.parse(words)),
};

export interface Phrase {
  write(params: Params, region: Region): string;
  /** Undefined when these words are not of this form. */
  read(words: string): { readonly params: Params; readonly region: Region } | undefined;
}

/** A sentence form such as `Blur {region} by {sigma} px`, written and read by the same description. */
export function phrase(form: string, fields: Readonly<Record<string, Field>>): Phrase {
  const names = [...form.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? '');
  const pattern = new RegExp(
    `^${form
      .replaceAll(/[.*+?^$()|[\]\\]/g, String.raw`\$&`)
      .replaceAll(/\{(\w+)\}/g, (_, name) =>
        name === 'region' ? `(${REGION_PATTERN})` : `(${fields[name]?.pattern})`,
      )}$`,
    's',
  );
  return {
    write: (params, region) =>
      form.replaceAll(/\{(\w+)\}/g, (_, name) =>
        name === 'region' ? writeRegion(region) : (fields[name]?.write(params[name] ?? '') ?? ''),
      ),
    read: (words) => {
      const found = pattern.exec(words);
      if (!found) return undefined;
      const params: Record<string, number | string> = {};
      let region: Region = 'picture';
      for (const [index, name] of names.entries()) {
        const part = found[index + 1] ?? '';
        if (name === 'region') region = readRegion(part) ?? 'picture';
        else params[name] = fields[name]?.read(part) ?? part;
      }
      return { params, region };
    },
  };
}

/** Two forms for one number: the first where it is positive or zero, the second where it is negative. */
export function signed(name: string, positive: Phrase, negative: Phrase): Phrase {
  const magnitude = (params: Params): Params => ({
    ...params,
    [name]: Math.abs(Number(params[name])),
  });
  return {
    write: (params, region) =>
      (Number(params[name]) >= 0 ? positive : negative).write(magnitude(params), region),
    read: (words) => {
      const up = positive.read(words);
      if (up) return up;
      const down = negative.read(words);
      return down && { ...down, params: { ...down.params, [name]: -Number(down.params[name]) } };
    },
  };
}

export const round = (value: number, digits: number): number => {
  const rounded = Number(value.toFixed(digits));
  return rounded === 0 ? 0 : rounded;
};
