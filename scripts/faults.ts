import { spawn } from 'node:child_process';
import { join } from 'node:path';

// The fault suite as far as the product promises: a thousand subscriptions and two hundred kills each, with the counts.

const child = spawn(
  process.execPath,
  [
    join(import.meta.dirname, '../bin/run.js'),
    'vitest',
    'run',
    '--testTimeout=1500000',
    'test/schedule/faults',
  ],
  { stdio: 'inherit', env: { ...process.env, FAULTS: 'long' } },
);
child.once('exit', (code) => {
  process.exitCode = code ?? 1;
});
