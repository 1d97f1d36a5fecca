import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const file = join(import.meta.dirname, '../../src/support/keep-heap-small.ts');

it('keepHeapSmall asks for what this V8 knows: it says nothing of a flag that it does not know', () => {
  const script = `import { keepHeapSmall } from ${JSON.stringify(file)}; keepHeapSmall();`;

  const { status, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
    encoding: 'utf8',
  });

  expect([status, stderr]).toEqual([0, '']);
});
