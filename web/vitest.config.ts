import { defineConfig } from 'vitest/config';

// `unit` runs in Node with no DOM; `browser` drives Chromium and is slow, so two files at a time are enough.
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          environment: 'node',
          include: ['tests/unit/**/*.test.ts'],
          testTimeout: 20_000,
        },
      },
      {
        test: {
          name: 'browser',
          environment: 'node',
          include: ['tests/browser/**/*.test.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
          globalSetup: ['tests/browser/harness/build.ts'],
          maxWorkers: 2,
          // A busy machine drops frames: what fails has to fail again.
          retry: 1,
          expect: { poll: { timeout: 5_000 } },
        },
      },
    ],
  },
});
