import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/bench/**'],
    globalSetup: 'test/setup/postgres.ts',
    pool: 'forks',
    testTimeout: 20_000,
    hookTimeout: 60_000,
    retry: 0,
  },
});
