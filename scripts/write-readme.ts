// Puts the tables of chat commands and settings into README.md, each between its two marks.
import { readFileSync, writeFileSync } from 'node:fs';
import { settingsTable } from '../src/config/describe-settings.ts';
import { chatCommandsTable } from './readme-tables.ts';

const tables = { commands: chatCommandsTable(), settings: settingsTable() };
let readme = readFileSync('README.md', 'utf8');
for (const [name, table] of Object.entries(tables)) {
  const marked = `<!-- ${name}:begin -->\n${table.trim()}\n<!-- ${name}:end -->`;
  readme = readme.replace(new RegExp(`<!-- ${name}:begin -->[\\s\\S]*?<!-- ${name}:end -->`), () => marked);
}
writeFileSync('README.md', readme);
