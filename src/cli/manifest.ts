import type { Command } from 'commander';
import { AppError } from '../support/app-error.ts';
import type { Runtime } from './runtime.ts';

interface SlackOptions {
  readonly url?: string;
  readonly socket?: true;
}

interface TeamsOptions {
  readonly url: string;
  readonly appId?: string;
  readonly out: string;
}

export function addManifest(program: Command, runtime: Runtime): void {
  const manifest = program
    .command('manifest')
    .description('Write the app manifest of a chat platform for this host.');
  manifest
    .command('slack')
    .description('Print the Slack app manifest as JSON, to paste into "Create an app from a manifest".')
    .option('--url <url>', 'the public https address of this threatbrief', httpsUrl)
    .option('--socket', 'for Socket Mode, which needs no public address')
    .addHelpText(
      'after',
      '\nExamples:\n  threatbrief manifest slack --socket\n  threatbrief manifest slack --url https://threatbrief.example.org\n',
    )
    .action(async (options: SlackOptions) => {
      if (options.url === undefined && !options.socket) {
        throw new AppError('usage', 'manifest slack: give --url https://HOST, or --socket for Socket Mode.');
      }
      const result = await runtime.slackManifest({
        socketMode: options.socket ?? false,
        ...(options.url === undefined ? {} : { url: options.url }),
      });
      runtime.terminal.out(`${JSON.stringify(result, null, 2)}\n`);
    });
  manifest
    .command('teams')
    .description('Write the Teams app package (a zip) with the ids of this bot.')
    .requiredOption('--url <url>', 'the public https address of this threatbrief', httpsUrl)
    .option('--app-id <id>', "the bot's Microsoft app id; default: TEAMS_APP_ID")
    .option('--out <file>', 'where to write the zip', 'threatbrief-teams.zip')
    .addHelpText(
      'after',
      '\nExamples:\n  threatbrief manifest teams --url https://threatbrief.example.org --app-id 00000000-0000-0000-0000-000000000001\n',
    )
    .action(async ({ url, appId, out }: TeamsOptions) => {
      const path = await runtime.writeTeamsPackage({ url, out, ...(appId === undefined ? {} : { appId }) });
      runtime.terminal.out(`wrote ${path}\n`);
    });
}

function httpsUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol === 'https:' && url.username === '' && url.search === '' && url.hash === '') {
    return `${url.origin}${url.pathname.replace(/(?<!\/)\/+$/, '')}`;
  }
  throw new AppError(
    'usage',
    `--url: "${text.replace(/\/\/[^/@]*@/, '//')}" is not a plain https address such as https://threatbrief.example.org.`,
  );
}
