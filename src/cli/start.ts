import type { Command } from 'commander';
import type { Runtime } from './runtime.ts';

export function addStart(program: Command, runtime: Runtime): void {
  program
    .command('start')
    .description(
      'Start the server: the chat platforms that are configured, the playground page, health and metrics.',
    )
    .addHelpText(
      'after',
      '\nExamples:\n  threatbrief start\n  PORT=8080 threatbrief start\n  SLACK_MODE=socket SLACK_BOT_TOKEN_FILE=/run/secrets/bot SLACK_APP_TOKEN_FILE=/run/secrets/app threatbrief start\n',
    )
    .action(async () => {
      const server = await runtime.startServer();
      runtime.terminal.out(`threatbrief is ready at ${server.address}\n`);
      await server.ended;
    });
}
