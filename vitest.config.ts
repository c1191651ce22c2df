import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/bench/**'],
    globalSetup: 'test/setup/postgres.ts',
    pool: 'forks',
    // Files share what they import, which holds no state: loading it for each was a third of the time.
    isolate: false,
    maxWorkers: 2,
    // A busy machine is slow, not wrong: these end what hangs, and nothing else.
    testTimeout: 300_000,
    hookTimeout: 300_000,
    expect: { poll: { timeout: 60_000 } },
    retry: 0,
  },
});
