import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const file = join(import.meta.dirname, '../../src/support/keep-heap-small.ts');
const script = `
  import { keepHeapSmall } from ${JSON.stringify(file)};
  if (process.argv[1] === 'small') keepHeapSmall();
  const kept = Array.from({ length: 400_000 }, (_, index) => ({ index }));
  let most = 0;
  for (let round = 0; round < 600; round += 1) {
    for (let index = 0; index < 2_000; index += 1) kept[(round * 7919 + index * 199) % kept.length] = { index, text: [round] };
    most = Math.max(most, process.memoryUsage().heapUsed);
  }
  console.log(most);
`;

it('keepHeapSmall keeps the garbage beside what is kept small, set while the process runs', () => {
  const most = (how: string): number =>
    Number(execFileSync(process.execPath, ['--input-type=module', '-e', script, how], { stdio: 'pipe' }));

  expect(most('small')).toBeLessThanOrEqual(most('plain'));
});
