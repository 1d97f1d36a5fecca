import { defineConfig } from 'vitest/config';

/** Suites that start processes, walk through all data or press the whole product: coverage would slow them for nothing. */
const whole = [
  'test/e2e/**/*.test.ts',
  'test/docs/**/*.test.ts',
  'test/data/**/*.test.ts',
  'test/fuzz/**/*.test.ts',
  'test/connect/**/*.test.ts',
  'test/playground/*.e2e.test.ts',
  'test/regular-expressions/**/*.test.ts',
  'test/schedule/faults-*.test.ts',
  'test/search/labelled/**/*.test.ts',
  'test/questions/labelled-*.test.ts',
  'test/knowledge/golden*.test.ts',
  'test/knowledge/actors/*.test.ts',
  'test/ingest/hostile.test.ts',
  'test/sources/surprises.test.ts',
  'test/**/*.property.test.ts',
  'test/**/*-releases.test.ts',
];

export default defineConfig({
  test: {
    projects: [
      { extends: true, test: { name: 'unit', include: ['test/**/*.test.ts'], exclude: whole } },
      { extends: true, test: { name: 'whole', include: whole } },
    ],
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
