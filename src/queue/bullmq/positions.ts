import { z } from 'zod';

import { Durations, expectEnds } from '../eta.ts';
import type { Position } from '../types.ts';
import { announcedEngines } from './announcements.ts';
import { evaluate, type TurnHome } from './script.ts';
import { POSITIONS } from './scripts/reading.ts';

const PositionsReply = z.tuple([
  z.array(z.tuple([z.string(), z.string(), z.number()])),
  z.array(z.tuple([z.string(), z.array(z.string()), z.array(z.string())])),
]);

/** See `EditQueue.position`. Turns between two runs go first; how long they take nobody knows. */
export async function positionsOf(
  home: TurnHome,
  turnIds: readonly string[],
  now: number,
): Promise<Map<string, Position>> {
  if (turnIds.length === 0) return new Map();
  const [places, lines] = PositionsReply.parse(await evaluate(home, POSITIONS, turnIds));
  if (lines.length === 0) return new Map();
  const engines = await announcedEngines(home);
  const etas = new Map(
    lines.map(([encoded, running, durations]) => {
      const ranks = places.flatMap(([, engine, rank]) => (engine === encoded ? [rank] : []));
      const { slots = 0 } = engines.get(decodeURIComponent(encoded)) ?? {};
      const line = { running: startsIn(running), durations: durations.map(Number), slots };
      return [encoded, expectedIn(line, Math.max(...ranks) + 1, now)] as const;
    }),
  );
  return new Map(
    places.map(([turnId, engine, rank]) => {
      const etaMs = etas.get(engine)?.(turnId, rank);
      return [turnId, { ahead: Math.max(0, rank), ...(etaMs !== undefined && { etaMs }) }];
    }),
  );
}

interface Line {
  /** When which turn was started. */
  readonly running: ReadonlyMap<string, number>;
  readonly durations: readonly number[];
  readonly slots: number;
}

/** In how many milliseconds a turn will have ended, by its name and its place. */
function expectedIn({ running, durations, slots }: Line, waiting: number, now: number) {
  const recent = new Durations();
  for (const durationMs of durations.toReversed()) recent.add(durationMs);
  const durationMs = recent.median();
  const order = [...running.keys()];
  const elapsed = [...running.values()].map((startedAt) => now - startedAt);
  // Without a worker nobody knows when the first of those that wait will start.
  const ends =
    durationMs === undefined || slots === 0
      ? undefined
      : expectEnds(durationMs, slots, elapsed, waiting);
  return (turnId: string, rank: number): number | undefined => {
    const etaMs = rank < 0 ? ends?.running[order.indexOf(turnId)] : ends?.waiting[rank];
    return etaMs === undefined ? undefined : Math.round(etaMs);
  };
}

/** Names and scores, one after the other, as Redis tells them. */
function startsIn(reply: readonly string[]): Map<string, number> {
  const starts = new Map<string, number>();
  for (let index = 0; index < reply.length; index += 2) {
    starts.set(reply[index] ?? '', Number(reply[index + 1]));
  }
  return starts;
}
