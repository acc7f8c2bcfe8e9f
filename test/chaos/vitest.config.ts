import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/chaos/*.test.ts'],
    globalSetup: ['test/support/build.ts'],
    testTimeout: 1_800_000,
    hookTimeout: 180_000,
    pool: 'forks',
    silent: false,
    disableConsoleIntercept: true,
  },
});
