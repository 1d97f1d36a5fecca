import { type ChildProcess, execFileSync, type SpawnOptions, spawn } from 'node:child_process';
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Client } from 'pg';
import { afterAll, beforeAll, describe } from 'vitest';

/** A PostgreSQL server for tests: every database that it gives is new and empty. */
export interface TestPostgres {
  /** The URL of a database of its own. */
  createDatabase(): Promise<string>;
  /** Ends the connections of everyone to the database of that URL, as a restart of the server would. */
  disconnect(url: string): Promise<void>;
}

const binaries = findBinaries();
const givenUrl = process.env['TEST_DATABASE_URL'];

/**
 * A suite that needs PostgreSQL: on the server of `TEST_DATABASE_URL`, else on a throw-away cluster made with the
 * system's binaries. Where there is neither it is skipped, and the title says so.
 */
export function describeWithPostgres(title: string, suite: (postgres: TestPostgres) => void): void {
  if (givenUrl === undefined && binaries === undefined) {
    describe.skip(`${title} (skipped: no PostgreSQL on this machine)`, () => suite(connectedTo(() => '')));
    return;
  }
  describe(title, () => {
    let cluster: Cluster | undefined;
    beforeAll(async () => {
      if (givenUrl === undefined && binaries !== undefined) cluster = await startCluster(binaries);
    }, 60_000);
    afterAll(async () => {
      await cluster?.stop();
    });
    suite(connectedTo(() => givenUrl ?? cluster?.url ?? ''));
  });
}

let databases = 0;

function connectedTo(adminUrl: () => string): TestPostgres {
  return {
    async createDatabase() {
      databases += 1;
      const name = `threatbrief_test_${process.pid}_${databases}`;
      await execute(adminUrl(), `drop database if exists ${name}`);
      await execute(adminUrl(), `create database ${name}`);
      return withDatabase(adminUrl(), name);
    },
    async disconnect(url) {
      const name = new URL(url).pathname.slice(1);
      await execute(
        adminUrl(),
        `select pg_terminate_backend(pid) from pg_stat_activity where datname = '${name}'`,
      );
    },
  };
}

async function execute(url: string, statement: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

function withDatabase(url: string, name: string): string {
  const changed = new URL(url);
  changed.pathname = `/${name}`;
  return changed.href;
}

function findBinaries(): string | undefined {
  const debian = '/usr/lib/postgresql';
  const versions = existsSync(debian) ? readdirSync(debian).sort().reverse() : [];
  const folders = [...versions.map((version) => join(debian, version, 'bin')), '/usr/local/bin', '/usr/bin'];
  return folders.find((folder) => existsSync(join(folder, 'initdb')) && existsSync(join(folder, 'postgres')));
}

interface Cluster {
  readonly url: string;
  stop(): Promise<void>;
}

/** A cluster that listens on a Unix socket in its own folder only, and ends when this process does. */
async function startCluster(folder: string): Promise<Cluster> {
  const data = mkdtempSync(join(tmpdir(), 'threatbrief-pg-'));
  const user = unprivilegedUser();
  if (user !== undefined) chownSync(data, user.uid, user.gid);
  const options: SpawnOptions = { ...user, cwd: data, env: { PATH: process.env['PATH'], LC_ALL: 'C.UTF-8' } };
  execFileSync(
    join(folder, 'initdb'),
    ['-D', data, '-U', 'threatbrief', '--auth=trust', '--encoding=UTF8', '--no-sync'],
    { ...user, cwd: data, env: options.env, stdio: 'ignore' },
  );
  const settings = ['listen_addresses=', `unix_socket_directories=${data}`, 'fsync=off'];
  const server = spawn(
    'sh',
    [
      '-c',
      // The shell's input closes when this process ends, however it ends.
      '"$@" <&- & server=$!; cat > /dev/null; kill -INT $server; wait $server',
      'sh',
      join(folder, 'postgres'),
      '-D',
      data,
      ...settings.flatMap((setting) => ['-c', setting]),
    ],
    { ...options, stdio: ['pipe', 'ignore', 'pipe'] },
  );
  await waitUntilReady(server);
  return {
    url: `postgresql://threatbrief@localhost/postgres?host=${encodeURIComponent(data)}`,
    stop: async () => {
      const ended = new Promise((resolve) => {
        server.once('exit', resolve);
      });
      server.stdin?.end();
      await ended;
      rmSync(data, { recursive: true, force: true });
    },
  };
}

async function waitUntilReady(server: ChildProcess): Promise<void> {
  const log: string[] = [];
  if (server.stderr === null) throw new Error('the server has no log');
  for await (const line of createInterface({ input: server.stderr })) {
    log.push(line);
    if (line.includes('ready to accept connections')) {
      server.stderr.resume();
      return;
    }
  }
  throw new Error(`PostgreSQL did not start:\n${log.join('\n')}`);
}

/** PostgreSQL refuses to run as root: then it runs as the first of these users that exists. */
function unprivilegedUser(): { uid: number; gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined;
  for (const name of ['postgres', 'nobody']) {
    try {
      const [uid, gid] = ['-u', '-g'].map((flag) =>
        Number(execFileSync('id', [flag, name], { stdio: 'pipe' })),
      );
      if (uid !== undefined && gid !== undefined) return { uid, gid };
    } catch {
      // No such user: the next one.
    }
  }
  throw new Error('no unprivileged user to run PostgreSQL as');
}
