import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { fingerprintOf, readFingerprint, writtenFingerprint } from '../../src/bots/fingerprint.ts';
import { fitted } from '../../src/bots/fit.ts';
import { picturesOf, type Button, type ChatMessage } from '../../src/bots/messages.ts';
import { plain } from '../../src/bots/plain-text.ts';
import { textsIn } from '../support/message-texts.ts';
import { reference, reflection } from '../support/turns.ts';

const text = fc.string({ unit: 'grapheme', maxLength: 300 }).map(plain);
const picture = fc.record({
  image: fc.constant(reference('photo')),
  alt: text,
  size: fc.constantFrom('small' as const, 'result' as const),
});
const button: fc.Arbitrary<Button> = fc.record({
  action: fc.constantFrom('undo', 'use'),
  turnId: fc.constant('turn1'),
  label: text,
  style: fc.constant('plain'),
});
const shared = { turnId: fc.constant('turn1'), buttons: fc.array(button, { maxLength: 12 }) };
const { scores } = reflection();

const message: fc.Arbitrary<ChatMessage> = fc.oneof(
  fc.record(
    {
      ...shared,
      kind: fc.constant('status' as const),
      state: fc.constantFrom('running' as const, 'ended' as const),
      request: text,
      line: text,
      thinking: fc.record({ text, folded: fc.boolean() }),
      plan: text,
      preview: picture,
      problem: text,
    },
    { requiredKeys: ['turnId', 'buttons', 'kind', 'state', 'request', 'line'] },
  ),
  fc.record(
    {
      ...shared,
      kind: fc.constant('round' as const),
      round: fc.constant(1),
      title: text,
      instruction: text,
      picture,
      critique: fc.record({ text, folded: fc.boolean() }),
      verdict: fc.record({
        kind: fc.constant('success' as const),
        line: text,
        details: text,
        scores: fc.constant(scores),
        overall: fc.constant(60),
      }),
    },
    { requiredKeys: ['turnId', 'buttons', 'kind', 'round', 'title', 'instruction', 'picture'] },
  ),
  fc.record({
    ...shared,
    kind: fc.constant('final' as const),
    round: fc.constant(1),
    line: text,
    picture,
    before: picture,
  }),
  fc.record({
    kind: fc.constant('note' as const),
    text,
    pictures: fc.array(picture, { maxLength: 3 }),
    buttons: shared.buttons,
  }),
);

const room = fc.record({
  maxMessageCharacters: fc.integer({ min: 50, max: 1_200 }),
  maxTextCharacters: fc.integer({ min: 20, max: 400 }),
  maxAltCharacters: fc.integer({ min: 10, max: 200 }),
  maxLabelCharacters: fc.integer({ min: 5, max: 80 }),
  maxButtons: fc.integer({ min: 0, max: 12 }),
});

describe('a message that was made to fit', () => {
  it('fits, and stays as it is from then on', () => {
    fc.assert(
      fc.property(message, room, (whole, limits) => {
        const cut = fitted(whole, limits);
        const lengths = textsIn(cut).map(({ length }) => length);
        expect(Math.max(...lengths)).toBeLessThanOrEqual(limits.maxTextCharacters);
        expect(lengths.reduce((sum, length) => sum + length, 0)).toBeLessThanOrEqual(
          limits.maxMessageCharacters,
        );
        expect(cut.buttons.length).toBeLessThanOrEqual(limits.maxButtons);
        for (const { label } of cut.buttons) {
          expect(label.length).toBeLessThanOrEqual(limits.maxLabelCharacters);
        }
        for (const { alt } of picturesOf(cut)) {
          expect(alt.length).toBeLessThanOrEqual(limits.maxAltCharacters);
        }
        expect(fitted(cut, limits)).toEqual(cut);
      }),
    );
  });

  it('is the same where there is room', () => {
    const much = {
      maxMessageCharacters: 1e6,
      maxTextCharacters: 1e6,
      maxAltCharacters: 1e6,
      maxLabelCharacters: 1e6,
      maxButtons: 1e6,
    };
    fc.assert(
      fc.property(message, (whole) => {
        expect(fitted(whole, much)).toEqual(whole);
      }),
    );
  });
});

describe('a fingerprint', () => {
  it('is that of all equal messages, and of no other', () => {
    fc.assert(
      fc.property(message, message, (one, other) => {
        const same = JSON.stringify(one) === JSON.stringify(other);
        expect(fingerprintOf(structuredClone(one))).toEqual(fingerprintOf(one));
        expect(fingerprintOf(one).message === fingerprintOf(other).message).toBe(same);
        const reversed = Object.fromEntries(Object.entries(one).toReversed()) as ChatMessage;
        expect(fingerprintOf(reversed)).toEqual(fingerprintOf(one));
      }),
    );
  });

  it('reads back as it was written', () => {
    fc.assert(
      fc.property(message, (one) => {
        const fingerprint = fingerprintOf(one);
        expect(readFingerprint(writtenFingerprint(fingerprint))).toEqual(fingerprint);
      }),
    );
    expect(readFingerprint('gone')).toBe(undefined);
    expect(readFingerprint(undefined)).toBe(undefined);
  });
});
