import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    setupFiles: ['./test/helpers/property-runs.ts'],
    pool: 'forks',
    // On two cores one worker would leave half of the machine idle: most suites wait for processes of their own.
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 120_000,
    reporters: ['default', './test/helpers/count-reporter.ts'],
    coverage: {
      provider: 'v8',
      include: ['src/**/*.ts'],
      exclude: ['src/**/types.ts', 'src/playground/browser/**'],
      reporter: ['text-summary', 'json-summary'],
    },
  },
});
