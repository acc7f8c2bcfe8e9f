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
    // By default one core is left idle: on two cores that is half of them.
    maxWorkers: '100%',
  },
});
