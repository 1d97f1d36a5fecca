// Puts the table of settings into README.md, between its two marks.
import { readFileSync, writeFileSync } from 'node:fs';
import { settingsTable } from '../src/config/describe-settings.ts';

const readme = readFileSync('README.md', 'utf8');
const table = `<!-- settings:begin -->\n${settingsTable().trim()}\n<!-- settings:end -->`;
writeFileSync(
  'README.md',
  readme.replace(/<!-- settings:begin -->[\s\S]*?<!-- settings:end -->/, () => table),
);
