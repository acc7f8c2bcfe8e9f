import { createHash } from 'node:crypto';

/**
 * The seed of one step of a turn, an unsigned 32-bit integer: the same turn seed and label always
 * give the same, different labels give unrelated ones.
 */
export function deriveSeed(turnSeed: number, label: string): number {
  return createHash('sha256').update(`${turnSeed}:${label}`).digest().readUInt32BE(0);
}
