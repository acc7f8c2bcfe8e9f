import { createHash } from 'node:crypto';

import { expect } from 'vitest';

import type { Reflection } from '../../src/pipeline/types.ts';
import type { ImageReference } from '../../src/store/image-reference.ts';
import type { NewTurn, StoredRound, Turn, TurnEnd } from '../../src/store/records.ts';
import type { ConversationStore, EndedTurn } from '../../src/store/types.ts';

/** A reference to a picture that is kept nowhere. */
export function reference(name: string): ImageReference {
  const id = createHash('sha256').update(name).digest('hex');
  return { id, format: 'png', width: 30, height: 20, bytes: 100 + name.length };
}

export function reflection(verdict: 'success' | 'refine' = 'success'): Reflection {
  const scores = { editSuccess: 8, overEdit: 7.5, naturalness: 9, artifacts: 10 };
  const critique = 'It is warmer, and nothing else changed.';
  return verdict === 'success'
    ? { critique, scores, verdict }
    : { critique, scores, verdict, nextInstruction: 'Warm it a little more.' };
}

export function round(number: number, name = `round ${number}`): StoredRound {
  return {
    round: number,
    instruction: `Do ${name}.`,
    image: reference(name),
    reflection: reflection(),
  };
}

let count = 0;

/** A request in a conversation; by default on whatever the conversation shows. */
export function request(conversationId: string, changes: Partial<NewTurn> = {}): NewTurn {
  count += 1;
  return {
    conversationId,
    person: 'web:ann',
    messageKey: `message ${count}`,
    prompt: 'a bit warmer',
    base: { kind: 'head' },
    engine: 'darkroom',
    seed: 7,
    maxRounds: 3,
    ...changes,
  };
}

/** A request that brings its own picture. */
export function fresh(
  conversationId: string,
  name: string,
  changes: Partial<NewTurn> = {},
): NewTurn {
  return request(conversationId, { base: { kind: 'image', image: reference(name) }, ...changes });
}

/** Adds a turn that is expected to be taken. */
export async function add(store: ConversationStore, turn: NewTurn): Promise<Turn> {
  const added = await store.addTurn(turn);
  return added?.kind === 'added'
    ? added.turn
    : expect.fail(`It was ${added?.kind ?? 'forgotten'}.`);
}

export const PLAN = {
  kind: 'plan',
  reasoning: 'The light is cold.',
  instruction: 'Warm it.',
  base: 'latest',
} as const;

export function success(best = 1): TurnEnd {
  return {
    state: 'succeeded',
    best: { round: best, reason: 'judged-success' },
    stopReason: 'success',
  };
}

/** Ends a turn that is expected to be there. */
export async function end(store: ConversationStore, id: string, how: TurnEnd): Promise<EndedTurn> {
  return (await store.endTurn(id, how)) ?? expect.fail('The turn is gone.');
}

/** Takes a queued turn through all of its life. */
export async function succeed(
  store: ConversationStore,
  { id }: Pick<Turn, 'id'>,
  names: readonly string[],
  best = names.length,
): Promise<EndedTurn> {
  await store.startTurn(id);
  await store.recordThought(id, PLAN);
  for (const [index, name] of names.entries()) await store.recordRound(id, round(index + 1, name));
  return end(store, id, success(best));
}

/** A conversation of its own, and its id. */
export async function converse(store: ConversationStore, channel = 'garden'): Promise<string> {
  return (await store.openConversation({ platform: 'web', channel })).id;
}
