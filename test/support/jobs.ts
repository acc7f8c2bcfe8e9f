import type { EditJob } from '../../src/queue/job.ts';
import type { EditQueue } from '../../src/queue/types.ts';
import type { EditUpdate, Fact, Outcome } from '../../src/queue/update.ts';
import { LATEST, promptOf, SOURCE, type Play } from './gated-engine.ts';
import { referenceTo } from './memory-images.ts';

/** The job of a turn that is called like its play. */
export function jobOf(play: Play, part: Partial<EditJob> = {}): EditJob {
  return {
    version: 1,
    turnId: play.name,
    engine: 'gated',
    person: 'ann',
    prompt: promptOf(play),
    source: referenceTo(SOURCE),
    latest: referenceTo(LATEST),
    references: [],
    history: [],
    maxRounds: 3,
    seed: 7,
    ...part,
  };
}

const never = (): AbortSignal => new AbortController().signal;

/** All updates until the turn has ended; a look at each as it comes. */
export async function read(
  queue: EditQueue,
  turnId: string,
  after?: string,
  onUpdate: (update: EditUpdate) => unknown = () => {},
): Promise<EditUpdate[]> {
  const updates: EditUpdate[] = [];
  for await (const update of queue.updates(turnId, after, { signal: never() })) {
    updates.push(update);
    await onUpdate(update);
  }
  return updates;
}

/** The facts of updates, without their stamps. */
export function factsIn(updates: readonly EditUpdate[]): Fact[] {
  return updates.flatMap(({ cursor: _cursor, epoch: _epoch, version: _version, ...update }) =>
    update.type === 'live' ? [] : [update],
  );
}

/** How a turn ended; waits for that. */
export async function outcomeOf(queue: EditQueue, turnId: string): Promise<Outcome> {
  const last = (await read(queue, turnId)).at(-1);
  if (last?.type !== 'ended') throw new Error('The updates stopped before the end.');
  return last.outcome;
}

/** The first update of a kind; waits for it. */
export async function firstOf<Type extends EditUpdate['type']>(
  queue: EditQueue,
  turnId: string,
  type: Type,
): Promise<Extract<EditUpdate, { type: Type }>> {
  for await (const update of queue.updates(turnId, undefined, { signal: never() })) {
    if (isOf(update, type)) return update;
  }
  throw new Error(`There was no ${type}.`);
}

const isOf = <Type extends EditUpdate['type']>(
  update: EditUpdate,
  type: Type,
): update is Extract<EditUpdate, { type: Type }> => update.type === type;
