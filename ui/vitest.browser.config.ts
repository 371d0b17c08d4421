import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['tests/browser/**/*.test.ts'],
    environment: 'node',
    // Each as long as a slow machine may take: only what fails waits for them.
    testTimeout: 300_000,
    hookTimeout: 300_000,
    expect: { poll: { timeout: 60_000, interval: 50 } },
    globalSetup: 'tests/browser/served.mjs',
    // Each worker has a browser of its own, which needs a core.
    maxWorkers: 2,
  },
});
