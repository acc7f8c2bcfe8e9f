import fc from 'fast-check';
import { expect, it } from 'vitest';

import { Lines } from '../../../src/bots/conversation/lines.ts';

it('does works of one key in their order, one at a time, and others side by side', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.scheduler(),
      fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 20 }),
      async (scheduler, keys) => {
        const lines = new Lines();
        const done = new Map<string, number[]>();
        const running = new Set<string>();
        keys.forEach((key, index) => {
          lines.push(key, async () => {
            expect(running).not.toContain(key);
            running.add(key);
            await scheduler.schedule(Promise.resolve());
            running.delete(key);
            done.set(key, [...(done.get(key) ?? []), index]);
          });
        });
        await scheduler.waitFor(lines.idle());
        for (const key of new Set(keys)) {
          const expected = keys.flatMap((other, index) => (other === key ? [index] : []));
          expect(done.get(key)).toEqual(expected);
        }
      },
    ),
  );
});
