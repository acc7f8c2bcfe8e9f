/** An evenly spread 32-bit number, 0 to 2³² − 1, for each place and seed; always the same. */
export function hashOf(x: number, y: number, seed: number): number {
  let hash =
    Math.imul(x, 0x9e_37_79_b1) ^ Math.imul(y, 0x85_eb_ca_77) ^ Math.imul(seed, 0xc2_b2_ae_3d);
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c_1b_3c_6d);
  hash = Math.imul(hash ^ (hash >>> 12), 0x29_7a_2d_39);
  return (hash ^ (hash >>> 15)) >>> 0;
}
