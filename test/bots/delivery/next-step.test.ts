import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import {
  nextStep,
  type Pace,
  type SlotState,
  type Wanted,
} from '../../../src/bots/delivery/next-step.ts';
import { plain } from '../../../src/bots/plain-text.ts';

const wanted = (slot: string, version = 1): Wanted => ({
  slot,
  message: { kind: 'note', text: plain(slot), pictures: [], buttons: [] },
  fingerprint: { message: `${slot} ${version}`, pictures: '' },
});
const posted = (slot: string, version = 1): SlotState => ({
  messageId: slot,
  painted: wanted(slot, version).fingerprint,
});
const FREE: Pace = { postAt: 0, freeAt: 0, editAt: () => 0 };
const step = (
  wants: readonly Wanted[],
  slots: Readonly<Record<string, SlotState>>,
  pace: Partial<Pace> = {},
  now = 100,
) => nextStep(wants, new Map(Object.entries(slots)), { ...FREE, ...pace }, now);

describe('the next step', () => {
  it('posts what is not there yet, in its order and before it edits', () => {
    const wants = ['a', 'b', 'c'].map((slot) => wanted(slot));
    expect(step(wants, {})).toMatchObject({ kind: 'post', wanted: { slot: 'a' } });
    expect(step(wants, { a: posted('a', 0) })).toMatchObject({
      kind: 'post',
      wanted: { slot: 'b' },
    });
    expect(step(wants, { a: posted('a'), b: posted('b'), c: posted('c') })).toEqual({
      kind: 'rest',
    });
  });

  it('edits while it may not post, the one first that may be edited the longest', () => {
    const wants = ['a', 'b', 'c'].map((slot) => wanted(slot, 2));
    const slots = { a: posted('a'), b: posted('b') };
    const editAt = (slot: string) => (slot === 'a' ? 50 : 40);
    expect(step(wants, slots, { postAt: 200, editAt })).toMatchObject({
      kind: 'update',
      wanted: { slot: 'b' },
    });
    expect(step(wants, slots, { postAt: 200, editAt: () => 150 })).toEqual({
      kind: 'wait',
      until: 150,
    });
    expect(step(wants, slots, { postAt: 500, freeAt: 500, editAt })).toEqual({
      kind: 'wait',
      until: 500,
    });
  });

  it('leaves alone what is gone or refused, and passes over it', () => {
    const wants = [wanted('a'), wanted('b', 2), wanted('c')];
    const slots = {
      a: { isGone: true },
      b: { refused: wanted('b', 2).fingerprint },
      c: posted('c'),
    };
    expect(step(wants, slots)).toEqual({ kind: 'rest' });
    expect(step([wanted('b', 3)], slots)).toMatchObject({ kind: 'post' });
  });

  it('comes to rest with all as it is wanted, whatever the state it begins with', () => {
    const state = fc.oneof(
      fc.constant<SlotState>({}),
      fc.constant<SlotState>({ messageId: 'x' }),
      fc.nat({ max: 3 }).map((version): SlotState => posted('any', version)),
      fc.constant<SlotState>({ isGone: true }),
      fc.nat({ max: 500 }).map((notBefore): SlotState => ({ notBefore })),
    );
    fc.assert(
      fc.property(fc.array(state, { maxLength: 5 }), (states) => {
        const wants = states.map((_, index) => wanted(`slot ${index}`));
        const slots = new Map(states.map((one, index) => [`slot ${index}`, one]));
        let now = 0;
        for (let count = 0; count < 50; count += 1) {
          const next = nextStep(wants, slots, FREE, now);
          if (next.kind === 'rest') break;
          if (next.kind === 'wait') {
            expect(next.until).toBeGreaterThan(now);
            now = next.until;
          } else {
            const { slot, fingerprint } = next.wanted;
            expect(next.kind === 'post').toBe(slots.get(slot)?.messageId === undefined);
            slots.set(slot, { messageId: slot, painted: fingerprint });
          }
        }
        for (const { slot, fingerprint } of wants) {
          const { isGone, painted } = slots.get(slot) ?? {};
          expect(isGone === true || painted).toEqual(isGone === true || fingerprint);
        }
      }),
    );
  });
});
