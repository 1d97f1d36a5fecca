// Writes the specimens that the code is checked against: teams/manifest.json (the Slack one is `manifest.json`).
import { readFileSync, writeFileSync } from 'node:fs';
import { commandTable } from '../src/chat/commands/index.ts';
import { specimen, teamsManifest } from '../src/chat/teams/manifest.ts';

const { version } = JSON.parse(readFileSync('package.json', 'utf8'));
const commands = commandTable.map(({ name, summary }) => ({ title: name, description: summary }));
writeFileSync(
  'teams/manifest.json',
  `${JSON.stringify(teamsManifest({ ...specimen, version, commands }), null, 2)}\n`,
);
