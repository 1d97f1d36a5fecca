import type { Reporter, TestModule } from 'vitest/node';

/** Prints one plain line with the numbers of tests, and one for each suite that was skipped. */
export default class CountReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const counts = { passed: 0, failed: 0, skipped: 0 };
    const skipped = new Map<string, number>();
    for (const module of modules) {
      if (module.errors().length > 0) counts.failed += 1;
      for (const test of module.children.allTests()) {
        const { state } = test.result();
        if (state === 'pending') continue;
        counts[state] += 1;
        if (state === 'skipped') {
          const suite = test.fullName.split(' > ')[0] ?? test.fullName;
          skipped.set(suite, (skipped.get(suite) ?? 0) + 1);
        }
      }
    }
    for (const [suite, tests] of skipped) process.stdout.write(`skipped: ${suite}: ${tests} tests\n`);
    if (skipped.size > 0 && process.env['THREATBRIEF_TEST_REQUIRE_ALL'] === '1') {
      process.stdout.write('skipped suites are failures here: THREATBRIEF_TEST_REQUIRE_ALL=1\n');
      process.exitCode = 1;
    }
    process.stdout.write(`${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped\n`);
  }
}
