import { createHash } from 'node:crypto';

/**
 * The seed of one step of a turn, an unsigned 32-bit integer: the same turn seed and label always
 * give the same, different labels give unrelated ones.
 */
export function deriveSeed(turnSeed: number, label: string): number {
  return createHash('sha256').update(`${turnSeed}:${label}`).digest().readUInt32BE(0);
}

/** Numbers from 0, and less than 1, the same ones for the same seed, of which the low 32 bits count (Tommy Ettinger's Mulberry32). */
export function uniformNumbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
