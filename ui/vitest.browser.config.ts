import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['tests/browser/**/*.test.ts'],
    environment: 'node',
    testTimeout: 180_000,
    hookTimeout: 120_000,
    globalSetup: 'tests/browser/served.mjs',
    // Each worker has a browser of its own, which needs a core.
    maxWorkers: 2,
  },
});
