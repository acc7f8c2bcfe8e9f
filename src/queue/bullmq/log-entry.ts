import { jobUnreadable } from '../failures.ts';
import { EditUpdate, LiveState, stampOf, type Fact } from '../update.ts';

/** A fact as the turn's log holds it: an update that lacks its cursor, which is where it stands. */
export function writeEntry(fact: Fact, epoch: number): string {
  const { cursor: _cursor, ...stamp } = stampOf('', epoch);
  return JSON.stringify({ ...stamp, ...fact });
}

/** Tells a fact from those of earlier lives of the turn. */
export const cursorOf = (life: string, count: number): string => `${life} ${count}`;

/** How many facts of a life somebody knows who has a cursor. */
export function factsKnownAt(cursor: string | undefined): { life: string; count: number } {
  const [life = '', count = '0'] = cursor?.split(' ') ?? [];
  return { life, count: Number(count) };
}

/**
 * Entries of a log as its readers get them.
 * @param before How many entries come before them.
 * @throws {AppError} `JOB_UNREADABLE` when another release wrote them.
 */
export function readEntries(life: string, before: number, entries: readonly string[]) {
  return entries.map((entry, index) => {
    const json = parseJson(entry);
    const cursor = cursorOf(life, before + index + 1);
    const parsed = EditUpdate.safeParse({ ...json, cursor });
    if (parsed.success && parsed.data.type !== 'live') return parsed.data;
    throw jobUnreadable('other-version', parsed.error);
  });
}

/** The same without their stamps. */
export function readFacts(entries: readonly string[]): Fact[] {
  return readEntries('facts', 0, entries).map(
    ({ version: _version, cursor: _cursor, epoch: _epoch, ...fact }) => fact,
  );
}

/** A live state; undefined when another release wrote it, which is no loss. */
export function readLive(json: string): LiveState | undefined {
  return LiveState.safeParse(parseJson(json)).data;
}

function parseJson(text: string): object | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}
