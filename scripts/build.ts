// Builds dist/: the program as JavaScript, and the playground's page.
import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';

function run(...command: readonly string[]): void {
  const { status } = spawnSync(process.execPath, ['bin/run.js', ...command], { stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}

rmSync('dist', { recursive: true, force: true });
run('typescript:tsc', '-p', 'tsconfig.build.json');
run('scripts/build-playground.ts');
console.log('built dist/');
