import { expect, it } from 'vitest';

import { AppError } from '../src/errors.ts';
import { sparing } from '../src/sparing.ts';

it('the same failure is told once a minute, with how often it happened in between', () => {
  let ms = 0;
  const told: string[] = [];
  const tell = sparing(
    ({ code }, repeats) => told.push(`${code} ${repeats}`),
    () => ms,
  );
  const away = new AppError('STORE_UNAVAILABLE', 'Redis can not be reached.');
  for (; ms < 60_000; ms += 1_000) tell(away);
  tell(new AppError('TURN_LOST', 'Another worker has it.'));
  expect(told).toEqual(['STORE_UNAVAILABLE 0', 'TURN_LOST 0']);
  tell(away);
  expect(told.at(-1)).toBe('STORE_UNAVAILABLE 59');
});
