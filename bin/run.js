#!/usr/bin/env node
// `node bin/run.js vitest run`: the command of an installed package, or a script file, on a sound Node.
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { launch } from './launch.js';

const require = createRequire(join(process.cwd(), 'package.json'));
const [name, ...rest] = process.argv.slice(2);

/** The script behind a command: a file as it is, else the `bin` of the package of that name ("package:bin" to pick one). */
function scriptOf(command) {
  if (existsSync(command)) return resolve(command);
  const [packageName, binName] = command.split(':');
  const folder = packageFolder(packageName);
  const { bin } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const key = binName ?? packageName.split('/').at(-1);
  return join(folder, typeof bin === 'string' ? bin : (bin[key] ?? Object.values(bin)[0]));
}

function packageFolder(packageName) {
  for (const base of require.resolve.paths(packageName) ?? []) {
    if (existsSync(join(base, packageName, 'package.json'))) return join(base, packageName);
  }
  throw new Error(`no package named ${packageName} is installed; run "npm ci"`);
}

if (name === undefined) {
  process.stderr.write('usage: node bin/run.js COMMAND [ARG…]\n');
  process.exit(2);
}
try {
  const script = scriptOf(name);
  launch([script, ...rest]);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(2);
}
