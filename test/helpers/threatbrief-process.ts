import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const main = fileURLToPath(new URL('../../src/main.ts', import.meta.url));
/** Compiled sources are kept between processes, as the command line's own entry does. */
const compileCache = fileURLToPath(new URL('../../node_modules/.cache/threatbrief-tests', import.meta.url));
const flags = [
  '--disable-warning=ExperimentalWarning',
  '--min-semi-space-size=16',
  '--max-semi-space-size=16',
  '--no-opt',
];

/** A folder of its own for one test file, and the program run over it. */
export interface TestHome {
  readonly folder: string;
  /** Runs one command to its end, with this home as its embedded database. */
  run(args: readonly string[], options?: RunOptions): Promise<Finished>;
  /** Starts `threatbrief start` on a free port and waits for its line. */
  start(env?: Readonly<Record<string, string>>): Promise<RunningProcess>;
  /** Ends what still runs, and deletes the folder. */
  remove(): Promise<void>;
}

export interface RunOptions {
  readonly input?: string | Uint8Array;
  /** Added to an otherwise bare environment. */
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
}

export interface Finished {
  /** Null when a signal ended the process, ours after 60 s included. */
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunningProcess {
  readonly address: string;
  readonly stdout: () => string;
  readonly stderr: () => string;
  /** Sends the signal and waits for the end. */
  end(signal: NodeJS.Signals): Promise<Finished>;
}

const maxRunMs = 60_000;

export function createTestHome(): TestHome {
  const folder = mkdtempSync(join(tmpdir(), 'threatbrief-cli-'));
  const running = new Set<ChildProcess>();

  function launch(args: readonly string[], { env = {}, cwd }: RunOptions): Launched {
    // A bare environment: settings of the machine that runs the tests must not change them.
    const { PATH = '', HOME = folder } = process.env;
    const child = spawn(process.execPath, [...flags, main, ...args], {
      env: { PATH, HOME, NODE_COMPILE_CACHE: compileCache, THREATBRIEF_HOME: join(folder, 'home'), ...env },
      stdio: ['pipe', 'pipe', 'pipe'],
      ...(cwd === undefined ? {} : { cwd }),
    });
    running.add(child);
    const out: Buffer[] = [];
    const err: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => void out.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => void err.push(chunk));
    const text = (chunks: readonly Buffer[]): string => Buffer.concat(chunks).toString('utf8');
    const stdout = (): string => text(out);
    const stderr = (): string => text(err);
    const finished = new Promise<Finished>((resolve, reject) => {
      child.once('error', reject);
      child.once('close', (exitCode) => {
        running.delete(child);
        resolve({ exitCode, stdout: stdout(), stderr: stderr() });
      });
    });
    return { child, stdout, stderr, finished };
  }

  return {
    folder,
    async run(args, options = {}) {
      const { child, finished } = launch(args, options);
      const timer = setTimeout(() => child.kill('SIGKILL'), maxRunMs);
      // A command that reads no input may end before it has taken all of it.
      child.stdin?.on('error', () => {});
      child.stdin?.end(options.input ?? '');
      try {
        return await finished;
      } finally {
        clearTimeout(timer);
      }
    },
    async start(env = {}) {
      const { child, finished, stdout, stderr } = launch(['start'], { env: { PORT: '0', ...env } });
      const ready = new Promise<string>((resolve) => {
        child.stdout?.on('data', () => {
          const found = /^threatbrief is ready at (\S+)\n/.exec(stdout());
          if (found?.[1] !== undefined) resolve(found[1]);
        });
      });
      const address = await Promise.race([ready, finished.then(refuseEarlyEnd)]);
      return {
        address,
        stdout,
        stderr,
        end: (signal) => {
          child.kill(signal);
          return finished;
        },
      };
    },
    async remove() {
      await Promise.all(
        [...running].map((child) => {
          child.kill('SIGKILL');
          return new Promise((resolve) => child.once('close', resolve));
        }),
      );
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

interface Launched {
  readonly child: ChildProcess;
  readonly stdout: () => string;
  readonly stderr: () => string;
  readonly finished: Promise<Finished>;
}

function refuseEarlyEnd({ exitCode, stderr }: Finished): never {
  throw new Error(`the server ended with ${exitCode} before it was ready: ${stderr}`);
}

/** One object of `ask --json`, as a program reads it. */
export interface AskLine {
  readonly question: string;
  readonly outcome: string;
  readonly latencyMs: number;
  readonly answers: readonly AskEntity[];
  readonly suggestions: readonly AskEntity[];
  readonly facts: readonly AskFact[];
  readonly withheld: { readonly count: number; readonly highest: string | null };
  readonly text: string;
}

export interface AskEntity {
  readonly id: string;
  readonly type: string;
  readonly name: string;
  readonly aliases: readonly string[];
  readonly externalIds: readonly string[];
  readonly matched?: { readonly text: string; readonly name: string; readonly kind: string };
  readonly score: number;
}

export interface AskFact {
  readonly subject: string;
  readonly predicate: string;
  readonly object: Readonly<Record<string, unknown>> & { readonly name: string };
  readonly sources: readonly {
    readonly source: string;
    readonly reference: string | null;
    readonly date: string | null;
    readonly tlp: string;
    readonly confidence: number | null;
    readonly publisher?: string;
    readonly quote?: string;
  }[];
}

/** The lines of `ask --json` as objects. */
export function askLines(stdout: string): readonly AskLine[] {
  return stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as AskLine);
}
