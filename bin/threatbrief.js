#!/usr/bin/env node
// The command line's entry. From a checkout it runs the TypeScript sources; a package or an image runs dist/.
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { launch } from './launch.js';

const built = fileURLToPath(new URL('../dist/main.js', import.meta.url));
const source = fileURLToPath(new URL('../src/main.ts', import.meta.url));
launch([existsSync(source) ? source : built, ...process.argv.slice(2)]);
