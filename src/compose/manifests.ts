import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { commandTable } from '../chat/commands/index.ts';
import { teamsManifest, teamsPackage } from '../chat/teams/manifest.ts';
import { AppError } from '../support/app-error.ts';
import { packageRoot, readVersion } from './paths.ts';

/** Writes the Teams app package for a host; throws `AppError` when the file cannot be written. */
export function writeTeamsPackage(options: { url: string; appId: string | undefined; out: string }): string {
  const { url, appId, out } = options;
  if (appId === undefined) {
    throw new AppError('usage', "manifest teams: give the bot's app id with --app-id, or set TEAMS_APP_ID.");
  }
  const commands = commandTable.map(({ name, summary }) => ({ title: name, description: summary }));
  const manifest = teamsManifest({ url, appId, version: readVersion(), commands });
  const icons = {
    color: readFileSync(`${packageRoot}teams/color.png`),
    outline: readFileSync(`${packageRoot}teams/outline.png`),
  };
  const path = resolve(out);
  try {
    writeFileSync(path, teamsPackage(manifest, icons));
  } catch (cause) {
    throw new AppError(
      'usage',
      `manifest teams: ${path} cannot be written; choose another file with --out.`,
      { cause },
    );
  }
  return path;
}
