import { availableParallelism } from 'node:os';

import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // Takes its time, and a configuration of its own: `npm run test:chaos`.
    exclude: ['test/chaos/**'],
    benchmark: { include: ['test/bench/**/*.bench.ts'] },
    globalSetup: ['test/support/build.ts'],
    testTimeout: 30_000,
    pool: 'forks',
    // Many tests wait for processes of their own. By default one core would be left idle.
    maxWorkers: availableParallelism() + 1,
  },
});
