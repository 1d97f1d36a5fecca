import { type ChildProcess, execFileSync, type SpawnOptions, spawn } from 'node:child_process';
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Client } from 'pg';

/** Runs one statement. */
export async function execute(url: string, statement: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

/** The same server, another database. */
export function withDatabase(url: string, name: string): string {
  const changed = new URL(url);
  changed.pathname = `/${name}`;
  return changed.href;
}

/** The folder of the newest PostgreSQL on this machine; undefined where there is none. */
export function findBinaries(): string | undefined {
  const debian = '/usr/lib/postgresql';
  const versions = existsSync(debian) ? readdirSync(debian).sort().reverse() : [];
  const folders = [...versions.map((version) => join(debian, version, 'bin')), '/usr/local/bin', '/usr/bin'];
  return folders.find((folder) => existsSync(join(folder, 'initdb')) && existsSync(join(folder, 'postgres')));
}

export interface Cluster {
  readonly url: string;
  stop(): Promise<void>;
}

/**
 * A cluster that listens on a Unix socket in its own folder only, and ends when this process does. `fast`: commits do not wait
 * for the disk.
 */
export async function startCluster(
  folder: string,
  durability: 'durable' | 'fast' = 'fast',
): Promise<Cluster> {
  const data = mkdtempSync(join(tmpdir(), 'threatbrief-pg-'));
  const user = unprivilegedUser();
  if (user !== undefined) chownSync(data, user.uid, user.gid);
  const options: SpawnOptions = { ...user, cwd: data, env: { PATH: process.env['PATH'], LC_ALL: 'C.UTF-8' } };
  execFileSync(
    join(folder, 'initdb'),
    ['-D', data, '-U', 'threatbrief', '--auth=trust', '--encoding=UTF8', '--no-sync'],
    { ...user, cwd: data, env: options.env, stdio: 'ignore' },
  );
  const settings = [
    'listen_addresses=',
    `unix_socket_directories=${data}`,
    ...(durability === 'fast' ? ['fsync=off'] : []),
  ];
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
