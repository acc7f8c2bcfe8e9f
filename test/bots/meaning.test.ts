import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { isFiller } from '../../src/bots/meaning/filler.ts';
import { meaningOf, type Meaning, type Situation } from '../../src/bots/meaning.ts';
import { plain } from '../../src/bots/plain-text.ts';
import { LANGUAGES, sentencesFor } from '../../src/bots/sentences.ts';
import firstLook from '../fixtures/meanings/first-look.json' with { type: 'json' };
import nearMisses from '../fixtures/meanings/near-misses.json' with { type: 'json' };
import secondLook from '../fixtures/meanings/second-look.json' with { type: 'json' };
import threads from '../fixtures/meanings/threads.json' with { type: 'json' };
import tongues from '../fixtures/meanings/tongues.json' with { type: 'json' };
import { EXPECTED_READINGS } from '../support/requests.ts';

const OVERHEARD: Situation = {
  isAddressed: false,
  isRequester: false,
  isAsked: false,
  hasPicture: false,
  hasHead: true,
  isToSomebodyElse: false,
};

/** Situations by the names that they have in the fixtures. */
const SITUATIONS: Readonly<Record<string, Partial<Situation>>> = {
  addressed: { isAddressed: true },
  'addressed-with-picture': { isAddressed: true, hasPicture: true },
  'addressed-with-first-picture': { isAddressed: true, hasPicture: true, hasHead: false },
  requester: { isRequester: true },
  'requester-with-picture': { isRequester: true, hasPicture: true },
  bystander: {},
  'bystander-with-picture': { hasPicture: true },
  asked: { isAsked: true, isRequester: true },
  'asked-with-picture': { isAsked: true, isRequester: true, hasPicture: true },
  'to-somebody': { isToSomebodyElse: true, isRequester: true },
  'to-somebody-addressed': { isToSomebodyElse: true, isAddressed: true },
};

function inSituation(text: string, name: string): Meaning {
  const situation = SITUATIONS[name];
  if (!situation) throw new Error(`No situation is called ${name}.`);
  return meaningOf(plain(text), { ...OVERHEARD, ...situation });
}

/** As the fixtures have it: `undo 2`, `request`, `request from original: crop it`. */
function written(meaning: Meaning, text: string): string {
  if (meaning.kind === 'command') {
    const { command } = meaning;
    if (command.name === 'use') return `use ${command.round}`;
    return 'times' in command ? `${command.name} ${command.times}` : command.name;
  }
  if (meaning.kind !== 'request') return meaning.kind;
  const { from, attachmentsAre } = meaning;
  return [
    'request',
    ...(from ? [`from ${from.kind}${from.kind === 'round' ? ` ${from.round}` : ''}`] : []),
    ...(attachmentsAre ? [`with ${attachmentsAre}`] : []),
  ]
    .join(' ')
    .concat(meaning.text !== text || text === '' ? `: ${meaning.text}` : '');
}

type Fixtures = Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;

const FIXTURES: Readonly<Record<string, Fixtures>> = {
  'first look': firstLook,
  'second look': secondLook,
  'near misses': nearMisses,
  threads,
  tongues,
};

const MESSAGES = Object.values(FIXTURES).flatMap((situations) =>
  Object.entries(situations).flatMap(([situation, meanings]) =>
    Object.entries(meanings).flatMap(([meaning, texts]) =>
      texts.map((text) => ({ situation, meaning, text })),
    ),
  ),
);

describe.each(Object.entries(FIXTURES))('messages: %s', (_, situations) => {
  describe.each(Object.entries(situations))('%s', (situation, meanings) => {
    it.each(Object.keys(meanings))('%s', (meaning) => {
      const texts = meanings[meaning] ?? [];
      const read = texts.map((text) => [text, written(inSituation(text, situation), text)]);
      expect(read).toEqual(texts.map((text) => [text, meaning]));
    });
  });
});

describe.each(LANGUAGES.map(({ locale }) => locale))(
  'what the bot says of itself in %s',
  (locale) => {
    const { buttons, replies } = sentencesFor(locale);

    it('is what it hears: the words in its help, and those on its buttons', () => {
      const words = replies.help.split('\n').at(-1) ?? '';
      const quoted = [...words.matchAll(/[“„«「] ?(.+?) ?[”“»」]/gu)].map(([, text = '']) => text);
      expect(quoted.length).toBeGreaterThan(8);
      for (const text of quoted) {
        expect(inSituation(text, 'addressed').kind, text).toBe('command');
      }
      for (const kind of ['stop', 'undo', 'redo', 'retry', 'variations', 'compare'] as const) {
        const meaning = inSituation(buttons[kind], 'addressed');
        expect(meaning, buttons[kind]).toMatchObject({ kind: 'command', command: { name: kind } });
      }
      expect(inSituation(sentencesFor(locale).useRound(2), 'addressed')).toMatchObject({
        command: { name: 'use', round: 2 },
      });
    });
  },
);

describe('requests that engines understand', () => {
  const requests = EXPECTED_READINGS.map(({ request }) => request).filter(
    (request) => request !== 'what a nice picture',
  );

  it('are requests, whole, when they are said to the bot', () => {
    for (const request of requests) {
      expect(inSituation(request, 'addressed')).toEqual({
        kind: 'request',
        text: plain(request).trim(),
      });
    }
  });

  it('are mostly heard when the requester says them to nobody', () => {
    const heard = requests.filter(
      (request) => inSituation(request, 'requester').kind === 'request',
    );
    expect(heard.length / requests.length).toBeGreaterThan(0.9);
  });

  it('are nothing between others', () => {
    for (const request of requests) {
      expect(['chatter', 'command']).toContain(inSituation(request, 'to-somebody').kind);
    }
  });
});

const anySituation = fc.record({
  isAddressed: fc.boolean(),
  isRequester: fc.boolean(),
  isAsked: fc.boolean(),
  hasPicture: fc.boolean(),
  hasHead: fc.boolean(),
  isToSomebodyElse: fc.boolean(),
});

const words = fc.constantFrom(
  ...new Set(MESSAGES.flatMap(({ text }) => text.split(' '))),
  ',',
  '?',
  '🙏',
  '@ana',
  '\n',
  '—',
);
const anyText = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 60 }),
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.array(words, { maxLength: 12 }).map((chosen) => chosen.join(' ')),
);

describe('any message', () => {
  it('has a meaning, and a request is what was written or a part of it', () => {
    fc.assert(
      fc.property(anyText, anySituation, (raw, situation) => {
        const meaning = meaningOf(plain(raw), situation);
        if (meaning.kind !== 'request') return;
        expect(plain(raw)).toContain(meaning.text);
        if (!situation.hasPicture) expect(meaning.text).not.toBe('');
      }),
      { numRuns: 2_000 },
    );
  });

  it('is read in one go, even if it says the same again and again', () => {
    const few = fc.array(words, { minLength: 1, maxLength: 4 }).map((chosen) => chosen.join(' '));
    fc.assert(
      fc.property(few, anySituation, (phrase, situation) => {
        const said = plain(`${`${phrase} `.repeat(200)}1 zzz`);
        expect(meaningOf(said, situation)).toHaveProperty('kind');
      }),
      { numRuns: 500 },
    );
    for (const phrase of [
      'right now',
      'lol',
      'nice try and',
      'a little bit',
      'any other',
      'thanks for it',
      'and then',
    ]) {
      const said = plain(`undo ${`${phrase} `.repeat(200)}1 zzz`);
      for (const isAddressed of [true, false]) {
        expect(meaningOf(said, { ...OVERHEARD, isAddressed })).toHaveProperty('kind');
      }
    }
  });

  it('is a request by its picture only if it was given to the bot', () => {
    fc.assert(
      fc.property(anySituation, fc.constantFrom('', ' ', '\n', '📷'), (situation, text) => {
        const { kind } = meaningOf(plain(text), { ...situation, hasPicture: true });
        const isGiven = situation.isAddressed || (situation.isAsked && !situation.isToSomebodyElse);
        expect(kind === 'request').toBe(isGiven);
      }),
    );
  });

  it('forgets nobody who has not certainly asked the bot for it', () => {
    for (const text of ['forget me', 'delete all my data', 'erase everything about me']) {
      fc.assert(
        fc.property(anySituation, (situation) => {
          const meaning = meaningOf(plain(text), { ...situation, isAddressed: false });
          expect(meaning).not.toMatchObject({ command: { name: 'forget-me' } });
        }),
      );
    }
  });

  it('never asks for pictures to be gone by where none are or none is edited', () => {
    fc.assert(
      fc.property(anyText, anySituation, (text, situation) => {
        const meaning = meaningOf(plain(text), situation);
        if (situation.hasPicture && situation.hasHead) return;
        expect(meaning).not.toHaveProperty('attachmentsAre');
      }),
    );
  });
});

describe('a command', () => {
  const commands = MESSAGES.filter(
    ({ text, situation }) => inSituation(text, situation).kind === 'command',
  );

  it('is the same in any case, among spaces, and with any marks behind it', () => {
    const around = fc.constantFrom('', ' ', '  ', '\n');
    const behind = fc.constantFrom('', '.', '!', '!!!', ' !', '…', ' 🙏');
    const letters = fc.constantFrom<(text: string) => string>(
      (text) => text,
      (text) => text.toUpperCase(),
      (text) => text.toLowerCase(),
    );
    fc.assert(
      fc.property(
        fc.constantFrom(...commands),
        ...([around, around, behind, letters] as const),
        ({ text, situation, meaning }, before, after, marks, cased) => {
          const said = before + cased(text) + marks + after;
          expect(written(inSituation(said, situation), said)).toBe(meaning);
        },
      ),
      { numRuns: 2_000 },
    );
  });

  it('is the same with courtesies around it', () => {
    for (const { text, meaning } of commands.filter(({ situation }) => situation === 'addressed')) {
      if (meaning === 'help') continue;
      for (const said of [`ok, ${text}`, `hmm ${text}`, `${text} please`, `please ${text}`]) {
        expect([said, written(inSituation(said, 'addressed'), said)]).toEqual([said, meaning]);
      }
    }
  });
});

describe('words that only accompany a picture', () => {
  it.each([
    '',
    ' ',
    'here',
    'Here you go!',
    'this one',
    'try this',
    'this one please 🙏',
    'here is my picture',
    '📷',
  ])('are none of their own: %j', (text) => {
    expect(isFiller(plain(text))).toBe(true);
  });

  it.each([
    'make it warmer',
    'this one, but brighter',
    'the left one of these is better',
    'stop',
    'thanks',
    'hazlo',
  ])('are not what somebody has to say: %j', (text) => {
    expect(isFiller(plain(text))).toBe(false);
  });
});
