import { randomInt } from 'node:crypto';

const DIGITS = 'abcdefghijklmnopqrstuvwxyz0123456789';

/** Letters and digits that fit every platform's buttons and a queue's job names; 16 of them are 82 bits. */
export function randomId(length = 16): string {
  return Array.from({ length }, () => DIGITS[randomInt(DIGITS.length)]).join('');
}
