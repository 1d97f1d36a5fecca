import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { loadSettings } from '../../src/config/load-settings.ts';
import { settingDefinitions } from '../../src/config/settings.ts';
import { describeWithPostgres } from '../helpers/postgres.ts';
import { createTestHome } from '../helpers/threatbrief-process.ts';

const serviceSchema = z.looseObject({
  build: z.string().optional(),
  deploy: z.object({ replicas: z.number() }).optional(),
  environment: z.record(z.string(), z.string()),
  secrets: z.array(z.string()),
  ports: z.array(z.string()).optional(),
  networks: z.array(z.string()),
  healthcheck: z.looseObject({ test: z.array(z.string()) }),
  depends_on: z.record(z.string(), z.object({ condition: z.string() })).optional(),
});
const composeSchema = z.looseObject({
  services: z.object({ threatbrief: serviceSchema, postgres: serviceSchema }),
  secrets: z.record(z.string(), z.object({ file: z.string() })),
  networks: z.record(z.string(), z.looseObject({ internal: z.boolean().optional() })),
});

const compose = composeSchema.parse(parse(readFileSync('compose.yaml', 'utf8')));
const { threatbrief, postgres } = compose.services;
const dockerfile = readFileSync('Dockerfile', 'utf8');
const guide = readFileSync('docs/scaling.md', 'utf8');
const image = Object.fromEntries(
  [...(/^ENV (NODE_ENV=.*)$/m.exec(dockerfile)?.[1] ?? '').matchAll(/(\w+)=(\S+)/g)].map(
    ([, name = '', value = '']) => [name, value],
  ),
);

const folder = mkdtempSync(join(tmpdir(), 'threatbrief-compose-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** The files in `secrets/`, made by the commands of the guide. */
function makeSecrets(): (path: string) => string {
  const commands = /```sh\n(mkdir[^`]*)```/.exec(guide)?.[1] ?? 'false';
  if (!existsSync(join(folder, 'secrets'))) execFileSync('sh', ['-euc', commands], { cwd: folder });
  return (path) => {
    const secret = compose.secrets[path.replace('/run/secrets/', '')];
    return readFileSync(join(folder, secret?.file ?? 'no such secret'), 'utf8');
  };
}

describe('compose.yaml', () => {
  it('starts two replicas of the image that the Dockerfile builds, once PostgreSQL is there', () => {
    expect(threatbrief.build).toBe('.');
    expect(threatbrief.deploy?.replicas).toBe(2);
    expect(threatbrief.depends_on).toEqual({ postgres: { condition: 'service_healthy' } });
  });

  it('gives only settings that exist, and every secret by a file', () => {
    const secretNames = Object.values(settingDefinitions)
      .filter((setting) => 'secret' in setting && setting.secret)
      .map(({ env }) => env);
    const names = Object.keys(threatbrief.environment);

    expect(names.filter((name) => secretNames.includes(name))).toEqual([]);
    expect(Object.keys(postgres.environment).filter((name) => name.endsWith('PASSWORD'))).toEqual([]);
    for (const service of [threatbrief, postgres]) {
      const files = Object.entries(service.environment).filter(([name]) => name.endsWith('_FILE'));
      expect(files.map(([, path]) => path)).toEqual(service.secrets.map((name) => `/run/secrets/${name}`));
    }
    expect(Object.keys(compose.secrets).sort()).toEqual([...threatbrief.secrets, ...postgres.secrets].sort());
  });

  it('is accepted by the settings together with what the image sets and the secrets of the guide', () => {
    const readSecret = makeSecrets();

    const settings = loadSettings({ ...image, ...threatbrief.environment }, readSecret);

    const url = new URL(settings.databaseUrl ?? '');
    const password = readSecret('/run/secrets/postgres-password').trim();
    expect(password).toMatch(/^\w{40,}$/);
    expect([url.hostname, url.port, url.username, url.pathname, url.password]).toEqual([
      'postgres',
      '5432',
      postgres.environment['POSTGRES_USER'],
      `/${postgres.environment['POSTGRES_DB']}`,
      password,
    ]);
  });

  it('asks the replicas for /readyz on the port of the image, and publishes one port for each, on this machine only', () => {
    const port = image['PORT'] ?? '';

    expect(dockerfile).toContain(`EXPOSE ${port}\n`);
    expect(threatbrief.healthcheck.test.join(' ')).toContain(`http://127.0.0.1:${port}/readyz`);
    expect(threatbrief.ports).toEqual([`127.0.0.1:${port}-${Number(port) + 1}:${port}`]);
  });

  it('publishes no port of the database, and lets nobody but the replicas reach it', () => {
    expect(postgres.ports).toBeUndefined();
    expect(postgres.networks).toEqual(['database']);
    expect(threatbrief.networks).toContain('database');
    expect(compose.networks['database']?.internal).toBe(true);
  });

  it('connects a chat by the file of the guide, with settings that exist and every secret by a file', () => {
    const text = /```yaml\n([\s\S]*?)```/.exec(guide)?.[1] ?? '';
    const { services, secrets } = z
      .object({
        services: z.object({ threatbrief: serviceSchema.pick({ environment: true, secrets: true }) }),
        secrets: composeSchema.shape.secrets,
      })
      .parse(parse(text));
    const tokens: Readonly<Record<string, string>> = {
      '/run/secrets/slack-bot-token': 'xoxb-made-up',
      '/run/secrets/slack-app-token': 'xapp-made-up',
    };

    const settings = loadSettings(services.threatbrief.environment, (path) => tokens[path] ?? '');

    expect([settings.slackMode, settings.slackBotToken]).toEqual(['socket', 'xoxb-made-up']);
    expect(Object.keys(secrets)).toEqual(services.threatbrief.secrets);
  });

  it('keeps the secrets out of the image and of the repository', () => {
    for (const file of ['.gitignore', '.dockerignore']) {
      expect(readFileSync(file, 'utf8').split('\n')).toContain(
        file === '.gitignore' ? 'secrets/' : 'secrets',
      );
    }
  });
});

describeWithPostgres('two replicas', (server) => {
  it('get ready on one empty database when they are started together, as compose.yaml does', async () => {
    const databaseUrl = await server.createDatabase();
    const file = join(folder, 'url-of-the-test');
    writeFileSync(file, `${databaseUrl}\n`);
    const home = createTestHome();
    const env = { ...threatbrief.environment, DATABASE_URL_FILE: file, HOST: '127.0.0.1' };
    try {
      const replicas = await Promise.all([home.start(env), home.start(env)]);

      const answers = await Promise.all(replicas.map(({ address }) => fetch(new URL('/readyz', address))));
      expect(answers.map(({ status }) => status)).toEqual([200, 200]);
      const ends = await Promise.all(replicas.map((replica) => replica.end('SIGTERM')));
      expect(ends.map(({ exitCode }) => exitCode)).toEqual([0, 0]);
    } finally {
      await home.remove();
    }
  }, 60_000);
});
