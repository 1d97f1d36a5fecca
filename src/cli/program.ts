import { Command, CommanderError } from 'commander';
import { AppError } from '../support/app-error.ts';
import { addAsk } from './ask.ts';
import { addAudit } from './audit.ts';
import { addDiff } from './diff.ts';
import { addDigest } from './digest.ts';
import { addDoctor } from './doctor.ts';
import { addExport } from './export.ts';
import { addIngest } from './ingest.ts';
import { addManifest } from './manifest.ts';
import { addMove } from './move.ts';
import type { ExitCode, Runtime } from './runtime.ts';
import { addSecrets } from './secrets.ts';
import { addSources } from './sources.ts';
import { addStart } from './start.ts';
import { addStats } from './stats.ts';
import { addSubscriptions } from './subscriptions.ts';
import { addWhy } from './why.ts';

/**
 * Runs one command line and gives back the exit code. Never throws: what goes wrong is printed to standard
 * error as one message that says what to do.
 */
export async function runCli(args: readonly string[], version: string, runtime: Runtime): Promise<ExitCode> {
  let exitCode: ExitCode = 0;
  const program = createProgram(version, runtime, (code) => {
    exitCode = code;
  });
  try {
    await program.parseAsync(args, { from: 'user' });
    return exitCode;
  } catch (error) {
    return explain(error, runtime);
  }
}

function createProgram(version: string, runtime: Runtime, setExitCode: (code: ExitCode) => void): Command {
  const { terminal } = runtime;
  const program = new Command('threatbrief')
    .description('Briefs people on threat actors, with a source for every fact.')
    .version(version)
    .exitOverride()
    .configureOutput({ writeOut: (text) => terminal.out(text), writeErr: (text) => terminal.err(text) })
    .configureHelp({ helpWidth: terminal.width })
    .showHelpAfterError('Run "threatbrief --help" for the commands, "threatbrief COMMAND --help" for one.')
    .addHelpText(
      'after',
      '\nExamples:\n  threatbrief start\n  threatbrief ask APT39\n  threatbrief ingest reports/ --tlp green\n  threatbrief digest preview --days 7 country:iran\n',
    );
  addStart(program, runtime);
  addAsk(program, runtime);
  addWhy(program, runtime);
  addIngest(program, runtime, setExitCode);
  addDiff(program, runtime);
  addSources(program, runtime, setExitCode);
  addSubscriptions(program, runtime);
  addDigest(program, runtime, setExitCode);
  addExport(program, runtime);
  addAudit(program, runtime);
  addStats(program, runtime);
  addMove(program, runtime);
  addSecrets(program, runtime, setExitCode);
  addManifest(program, runtime);
  addDoctor(program, runtime, setExitCode);
  return program;
}

function explain(error: unknown, { terminal }: Runtime): ExitCode {
  if (error instanceof CommanderError) {
    return error.exitCode === 0 ? 0 : 2;
  }
  if (error instanceof AppError) {
    terminal.err(`${error.message}\n`);
    return error.exitCode;
  }
  terminal.err(`unexpected failure: ${error instanceof Error ? error.message : String(error)}\n`);
  const stack = error instanceof Error ? error.stack : undefined;
  terminal.err(
    terminal.verbose && stack !== undefined
      ? `${stack}\nPlease report it.\n`
      : 'Run with LOG_LEVEL=debug for the details, and please report it.\n',
  );
  return 3;
}
