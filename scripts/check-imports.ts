// Checks the direction of imports, and that the tool really read the sources: with its parser missing it finds
// "no violations" over no modules and ends with 0.
import { readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { cruise } from 'dependency-cruiser';

const require = createRequire(import.meta.url);
const { forbidden, options } = require('../.dependency-cruiser.cjs');

const expected = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter(
  (name) => name.endsWith('.ts') && !name.includes('browser'),
).length;

const { output } = await cruise(['src'], {
  ...options,
  validate: true,
  ruleSet: { forbidden },
  exclude: { path: 'src/playground/browser' },
});
if (typeof output === 'string') throw new Error('dependency-cruiser gave text where a result was expected');

const { totalCruised, violations } = output.summary;
for (const one of violations) console.error(`${one.rule.name}: ${one.from} -> ${one.to}`);
if (totalCruised < expected) console.error(`only ${totalCruised} modules were read of ${expected} in src`);
if (violations.length > 0 || totalCruised < expected) process.exit(1);
console.log(`import direction: ${totalCruised} modules, no violations`);
