import { readdir } from 'node:fs/promises';

import { describe, expect, it } from 'vitest';

import { ACTION_KINDS } from '../../src/bots/actions.ts';
import { wordsFor as discordWordsFor } from '../../src/bots/discord/words/index.ts';
import { LANGUAGES, sentencesFor, type Sentences } from '../../src/bots/sentences.ts';
import { fr } from '../../src/bots/sentences/fr/spaces.ts';
import { formatsOf, type Formats } from '../../src/bots/sentences/formats.ts';
import { wordsFor as slackWordsFor } from '../../src/bots/slack/words.ts';
import { ERROR_CODES } from '../../src/errors.ts';
import type { TurnState } from '../../src/store/records.ts';

const SCORES = { editSuccess: 8.5, overEdit: 7.25, naturalness: 6, artifacts: 9 };
const STATES: readonly TurnState[] = [
  'waiting',
  'queued',
  'running',
  'succeeded',
  'stopped',
  'expired',
  'asked',
  'declined',
  'failed',
];

/** How each sentence with values may be asked for, and what of the values it must say. */
type Samples<Of> = {
  readonly [
    Key in keyof Of as Of[Key] extends (...values: never[]) => unknown ? Key : never
  ]: Of[Key] extends (...values: infer Values) => unknown
    ? readonly { readonly values: Values; readonly says: (formats: Formats) => readonly string[] }[]
    : never;
};

const sample = <Values>(values: Values, ...says: readonly string[]) => ({
  values,
  says: () => says,
});

const SENTENCES: Samples<Sentences> = {
  queued: [
    sample([undefined, undefined]),
    sample([0, undefined]),
    { values: [0, 200_000], says: ({ roughly }) => [roughly(200_000)] },
    { values: [7, 60_000], says: ({ roughly }) => ['7', roughly(60_000)] },
  ],
  editing: [
    sample([4, undefined, undefined], '4'),
    {
      values: [4, { done: 3, total: 8 }, 20_000],
      says: ({ percent, roughly }) => ['4', '3', '8', percent(3 / 8), roughly(20_000)],
    },
  ],
  reflecting: [sample([4], '4')],
  ended: [
    sample(['succeeded', 1, undefined]),
    sample(['asked', 0, undefined]),
    sample(['stopped', 0, undefined]),
    sample(['stopped', 2, undefined]),
    sample(['expired', 0, undefined]),
    sample(['expired', 2, undefined]),
    sample(['declined', 0, 'NOT_SUPPORTED']),
    sample(['failed', 0, undefined]),
    sample(['failed', 2, 'ENGINE_CRASHED']),
  ],
  answer: [
    sample([{ round: 1, reason: 'only-round' }, 1]),
    sample([{ round: 2, reason: 'judged-success' }, 3], '2', '3'),
    sample([{ round: 2, reason: 'highest-score' }, 3], '2', '3'),
    sample([{ round: 2, reason: 'latest-of-equals' }, 3], '2', '3'),
    sample([{ round: 2, reason: 'chosen' }, 3], '2', '3'),
  ],
  round: [sample([4], '4')],
  scores: [
    {
      values: [SCORES, 51.4],
      says: ({ number }) => [...Object.values(SCORES).map(number), '51', '100'],
    },
  ],
  kept: [
    sample([{ resizedFrom: { width: 8, height: 6 } }]),
    sample([{ moved: { x: 3, y: 4, zoom: 1 } }], '5 px'),
    {
      values: [
        { resizedFrom: { width: 8, height: 6 }, moved: { x: 3, y: 4, zoom: 0.985 }, restored: 0.4 },
      ],
      says: ({ percent, number }) => ['5 px', `${number(1.5)} %`, percent(0.4)],
    },
  ],
  altResult: [sample(['warm it', undefined], 'warm it'), sample(['a b', 'c d'], 'a b', 'c d')],
  altRound: [sample([4, 'warm it', 'too warm'], '4', 'warm it', 'too warm')],
  altPreview: [sample([4], '4')],
  shownSmaller: [sample(['800 × 600', '4000 × 3000'], '800 × 600', '4000 × 3000')],
  useRound: [sample([4], '4')],
};

const REPLIES: Samples<Sentences['replies']> = {
  tooManyPictures: [sample([1]), sample([5], '5')],
  using: [sample([4], '4')],
  noSuchRound: [
    sample([7, []], '7'),
    sample([7, [1]], '7', '1'),
    { values: [7, [1, 2, 3]], says: ({ list }) => ['7', list(['1', '2', '3'])] },
  ],
  explained: [
    sample(['warmer', 'daylight', ['warm it']], 'warmer', 'daylight', 'warm it'),
    sample(['warmer', '', ['warm it', 'less']], 'warmer', 'warm it', 'less'),
  ],
  history: [sample([['1. a', '2. b']], '1. a\n2. b')],
  historyLine: STATES.flatMap((state) => [
    sample([4, 'warmer', state, true], '4', 'warmer'),
    sample([4, '', state, false], '4'),
  ]),
  request: [sample(['warmer'], 'warmer'), sample([''])],
  stateAndTime: STATES.map((state) => ({
    values: [state, 7_200_000],
    says: ({ ago }) => [ago(7_200_000)],
  })),
  notInThisChannel: [sample([[]]), sample([['#garden', '#yard']], '#garden', '#yard')],
  notYourRole: [sample([[]]), sample([['editors']], 'editors')],
  forgotten: [
    sample([0]),
    sample([1], '1'),
    { values: [1_200], says: ({ number }) => [number(1_200)] },
  ],
};

const SETTINGS: Samples<Sentences['replies']['settings']> = {
  onlyChannels: [sample([['#garden', '#yard']], '#garden', '#yard')],
  onlyRoles: [sample([['editors', 'friends']], 'editors', 'friends')],
  dailyLimit: [sample([1], '1'), sample([20], '20')],
  rounds: [sample([1]), sample([3], '3')],
};

interface Said {
  /** Such as `replies.noSuchRound 2`. */
  readonly name: string;
  readonly text: string;
  readonly mustSay: readonly string[];
}

/** All that a language can say. */
function saidIn({ replies, ...sentences }: Sentences): Said[] {
  const { settings, ...others } = replies;
  const formats = formatsOf(sentences.locale);
  return [
    ...collect('', { ...sentences, locale: undefined }, SENTENCES, formats),
    ...collect('replies.', others, REPLIES, formats),
    ...collect('settings.', settings, SETTINGS, formats),
  ];
}

function collect(prefix: string, part: object, samples: object, formats: Formats): Said[] {
  return Object.entries(part).flatMap(([key, value]: [string, unknown]): Said[] => {
    const name = `${prefix}${key}`;
    if (typeof value === 'string') return [{ name, text: value, mustSay: [] }];
    if (typeof value === 'function') {
      const chosen = (samples as Record<string, (typeof SENTENCES)['queued']>)[key] ?? [];
      return chosen.map(({ values, says }, index) => ({
        name: `${name} ${index}`,
        text: (value as (...given: readonly unknown[]) => string)(...values),
        mustSay: says(formats),
      }));
    }
    return value === undefined ? [] : collect(`${name}.`, value as object, {}, formats);
  });
}

const ENGLISH = new Map(saidIn(sentencesFor('en')).map(({ name, text }) => [name, text]));

/** The same in several languages: thumbs, and quotes around somebody's own words. */
const SHARED = new Set(['buttons.thumbs-up', 'buttons.thumbs-down', 'replies.request 0']);

describe.each(LANGUAGES.map((sentences) => [sentences.locale, sentences] as const))(
  'the sentences in %s',
  (_locale, sentences) => {
    const said = saidIn(sentences);

    it('say their values, and nothing that is no word', () => {
      expect(said.map(({ name }) => name)).toEqual([...ENGLISH.keys()]);
      for (const { name, text, mustSay } of said) {
        for (const value of mustSay) expect(text, name).toContain(value);
        expect(text.trim(), name).toBe(text);
        expect(text, name).not.toMatch(/^$|undefined|NaN|object|\.\.|。。|。\.| {2}|\p{Co}/u);
      }
    });

    it('have whole ones for each failure, one or two', () => {
      for (const code of ERROR_CODES) {
        expect(sentences.failures[code], code).toMatch(
          /^(?:\p{Lu}[^.]+\.(?: \p{Lu}[^.]+\.)?|[^.。]+。(?:[^.。]+。)?)$/u,
        );
      }
    });

    it('have labels for all buttons, each its own, short enough for any platform', () => {
      const labels = [
        ...ACTION_KINDS.map((kind) => sentences.buttons[kind]),
        sentences.useRound(10),
      ];
      expect(new Set(labels).size).toBe(labels.length);
      for (const label of labels) {
        expect(label.length).toBeGreaterThan(0);
        expect(label.length, label).toBeLessThanOrEqual(20);
      }
      expect(sentences.threadTitle.length).toBeLessThanOrEqual(40);
    });
  },
);

describe.each(LANGUAGES.slice(1).map((sentences) => [sentences.locale, sentences] as const))(
  'the sentences in %s',
  (locale, sentences) => {
    const said = saidIn(sentences);

    it('are no English', () => {
      for (const { name, text } of said.filter(({ name: each }) => !SHARED.has(each))) {
        expect(text, name).not.toBe(ENGLISH.get(name));
        expect(text, name).not.toMatch(
          /\b(?:the|please|picture|pictures|this|that|request|round|you|your|I am|back)\b/i,
        );
        if (locale === 'ja') expect(text, name).toMatch(/\p{sc=Han}|\p{sc=Hira}|\p{sc=Kana}/u);
        if (locale === 'zh-CN') {
          expect(text, name).toMatch(/\p{sc=Han}/u);
          expect(text, name).not.toMatch(/\p{sc=Hira}|\p{sc=Kana}/u);
        }
      }
    });
  },
);

describe('the spaces around signs', () => {
  /** Also what platforms say by themselves. */
  const textsOf = (sentences: Sentences): string[] => [
    ...saidIn(sentences).map(({ text }) => text),
    ...stringsIn(slackWordsFor(sentences.locale)),
    ...stringsIn(discordWordsFor(sentences.locale)),
  ];

  it('are there in French, and no line is broken at them', () => {
    const texts = textsOf(sentencesFor('fr'));
    for (const text of texts) {
      expect(text).not.toMatch(/(?<!\u202f)[?!;]/u);
      expect(text).not.toMatch(/(?<!\u00a0):(?!\d)|«(?!\u00a0)|(?<!\u00a0)»/u);
    }
    for (const sign of '?;:«') {
      expect(
        texts.some((text) => text.includes(sign)),
        sign,
      ).toBe(true);
    }
  });

  it.each(
    LANGUAGES.filter(({ locale }) => locale !== 'fr').map((one) => [one.locale, one] as const),
  )('are not there in %s', (_locale, sentences) => {
    for (const text of textsOf(sentences)) {
      expect(text).not.toMatch(/[ \u00a0\u202f][?!;:»]|«[ \u00a0\u202f]/u);
    }
  });

  it('leave alone what people have said themselves', () => {
    expect(fr`Tu as demandé : « ${'why ? « so »'} ».`).toBe(
      'Tu as demandé\u00a0: «\u00a0why ? « so »\u00a0».',
    );
  });
});

const stringsIn = (value: unknown): string[] =>
  typeof value === 'string'
    ? [value]
    : Object.values((value ?? {}) as Readonly<Record<string, unknown>>).flatMap(stringsIn);

describe('the language that somebody is answered in', () => {
  it.each([
    ['de', 'de'],
    ['de-AT', 'de'],
    ['fr-CA', 'fr'],
    ['es-419', 'es'],
    ['ja', 'ja'],
    ['ja-JP', 'ja'],
    ['zh-CN', 'zh-CN'],
    ['zh', 'zh-CN'],
    ['zh-Hans-SG', 'zh-CN'],
    ['zh-TW', 'en'],
    ['zh-HK', 'en'],
    ['en-GB', 'en'],
    ['pt-BR', 'en'],
    ['xx', 'en'],
    ['no locale at all', 'en'],
    ['', 'en'],
    [undefined, 'en'],
  ])('for %s is %s', (locale, expected) => {
    expect(sentencesFor(locale).locale).toBe(expected);
  });

  it('is each that has a folder', async () => {
    const folder = new URL('../../src/bots/sentences/', import.meta.url);
    const entries = await readdir(folder, { withFileTypes: true });
    const folders = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
    expect(LANGUAGES.map(({ locale }) => locale).toSorted()).toEqual(folders.toSorted());
  });
});

describe('the formats of a language', () => {
  it('round times, so that they do not change all the time', () => {
    const { roughly } = formatsOf('en');
    const times = [1, 4_000, 12_000, 59_000, 61_000, 200_000, 1_900_000];
    expect(times.map(roughly)).toEqual([
      '5 seconds',
      '5 seconds',
      '10 seconds',
      '1 minute',
      '1 minute',
      '3 minutes',
      '30 minutes',
    ]);
    expect([30_000, 61_000, 200_000].map(formatsOf('de').roughly)).toEqual([
      '30 Sekunden',
      '1 Minute',
      '3 Minuten',
    ]);
  });

  it('tell how long ago it was in whole steps', () => {
    const { ago } = formatsOf('fr');
    const hour = 3_600_000;
    expect([-5, 30_000, 60_000, hour, 47 * hour, 15 * 24 * hour].map(ago)).toEqual([
      'maintenant',
      'maintenant',
      'il y a 1 minute',
      'il y a 1 heure',
      'il y a 1 jour',
      'il y a 2 semaines',
    ]);
  });

  it('take the plural of the language: none is one in French, and not in Spanish', () => {
    const forms = { one: 'one', other: 'other' };
    const counts = [0, 1, 2, 1_000_000];
    expect(counts.map((count) => formatsOf('fr').plural(count, forms))).toEqual([
      'one',
      'one',
      'other',
      'other',
    ]);
    expect(counts.map((count) => formatsOf('es').plural(count, forms))).toEqual([
      'other',
      'one',
      'other',
      'other',
    ]);
  });
});
