import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fetch } from 'undici';
import { mixedQuestions, quantile, sendClick, sendCommand, sendEvent } from './load/requests.ts';
import { type LoadedServer, signingSecret, startLoadedServer } from './load/server.ts';
import { openSlackStandIn, type SlackStandIn } from './load/slack-stand-in.ts';
import { until } from './slack.ts';

/** `SOAK_MINUTES=30` for as long as the goal says. */
const minutes = Number(process.env['SOAK_MINUTES'] ?? '2');
const perSecond = Number(process.env['SOAK_RATE'] ?? '50');
/** Memory is compared with what it was when this share of the time was over: 5 of 30 minutes. */
const settledShare = 1 / 6;
const subscriptions = 20;
const importEveryMs = 30_000;
const goals = { growthPercent: 10, loopP99Ms: 100 };

interface Told {
  readonly ok: boolean;
  readonly ms: number;
}

interface Sample {
  readonly atMinute: number;
  readonly nowMb: number;
  readonly p99: number;
}

/** Mixed traffic at an even rate, while imports run and digests are delivered every minute: errors, memory, event loop. */
export async function benchSoak(): Promise<string> {
  const slack = await openSlackStandIn();
  const server = await startLoadedServer({
    SLACK_MODE: 'http',
    SLACK_BOT_TOKEN: 'xoxb-load',
    SLACK_SIGNING_SECRET: signingSecret,
    SLACK_API_URL: slack.apiUrl,
    DIGEST_MIN_INTERVAL_MINUTES: '1',
    LIMIT_PERSON_PER_MINUTE: '100000',
    LIMIT_WORKSPACE_PER_MINUTE: '1000000',
  });
  try {
    await subscribe(server);
    const run = await soak(server, slack);
    return report(run, slack, server);
  } finally {
    await server.stop();
    await slack.close();
  }
}

async function subscribe(server: LoadedServer): Promise<void> {
  for (let at = 0; at < subscriptions; at += 1) {
    const code = await server.run([
      'subscriptions',
      'add',
      '--platform',
      'slack',
      '--workspace',
      'slack:T1',
      '--place',
      `C${at + 1}`,
      '--schedule',
      '* * * * *',
      '--tz',
      'UTC',
    ]);
    if (code !== 0) throw new Error(`subscriptions add ended with ${code}`);
  }
}

interface SoakRun {
  readonly told: readonly Told[];
  readonly asked: number;
  readonly samples: readonly Sample[];
  readonly imports: readonly (number | null)[];
}

async function soak(server: LoadedServer, slack: SlackStandIn): Promise<SoakRun> {
  const total = Math.round(minutes * 60 * perSecond);
  const started = performance.now();
  const requests: Promise<Told>[] = [];
  const samples: Sample[] = [];
  const imports: Promise<number | null>[] = [];
  let nextImport = importEveryMs / 3;
  let nextSample = 60_000;
  await server.loopDelay();
  for (let at = 0; at < total; at += 1) {
    requests.push(one(server.address, slack, at));
    const elapsed = performance.now() - started;
    if (elapsed >= nextImport) {
      nextImport += importEveryMs;
      imports.push(importSomething(server, imports.length));
    }
    if (elapsed >= nextSample) {
      nextSample += 60_000;
      const { nowMb } = server.memory();
      const { p99 } = await server.loopDelay();
      samples.push({ atMinute: elapsed / 60_000, nowMb, p99 });
    }
    const dueMs = started + ((at + 1) * 1_000) / perSecond;
    const waitMs = dueMs - performance.now();
    if (waitMs > 0) await pause(waitMs);
  }
  const told = await Promise.all(requests);
  const expected = Array.from({ length: total }, (_, at) => at).filter(isAnsweredApart);
  await until(() => expected.every((at) => slack.answered.has(`soak-${at}`)), 30_000);
  const unanswered = expected.filter((at) => !slack.answered.has(`soak-${at}`)).length;
  const { nowMb } = server.memory();
  const { p99 } = await server.loopDelay();
  samples.push({ atMinute: (performance.now() - started) / 60_000, nowMb, p99 });
  return {
    told: [...told, ...Array.from({ length: unanswered }, () => ({ ok: false, ms: Number.NaN }))],
    asked: total,
    samples,
    imports: await Promise.all(imports),
  };
}

/** What Slack gets its answer for at an address of its own, and not with the request. */
function isAnsweredApart(at: number): boolean {
  return at % 20 < 14;
}

async function one(address: string, slack: SlackStandIn, at: number): Promise<Told> {
  const begun = performance.now();
  const kind = at % 20;
  const text = mixedQuestions[at % mixedQuestions.length] ?? '';
  const person = `U${at % 40}`;
  const status = await statusOf(async () => {
    if (kind < 12) return (await sendCommand(address, slack, `soak-${at}`, text, person)).status;
    if (kind < 14) return (await sendClick(address, slack, `soak-${at}`, 'a||||APT28', person)).status;
    if (kind < 17) {
      const event = {
        type: 'app_mention',
        user: person,
        channel: 'C1',
        ts: `${at}.0001`,
        text: `<@UBOT> ${text}`,
      };
      return (await sendEvent(address, event, String(at))).status;
    }
    if (kind < 19) return ask(address, text, at);
    return (await fetch(new URL(`/playground/api/suggest?q=${text.slice(0, 3)}`, address))).status;
  });
  return { ok: status === 200, ms: performance.now() - begun };
}

async function statusOf(work: () => Promise<number>): Promise<number> {
  try {
    return await work();
  } catch {
    return 0;
  }
}

async function ask(address: string, question: string, at: number): Promise<number> {
  const response = await fetch(new URL('/playground/api/ask', address), {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      origin: new URL(address).origin,
      'sec-fetch-site': 'same-origin',
    },
    body: JSON.stringify({ question, session: `soak-${at % 10}` }),
  });
  await response.text();
  return response.status;
}

/** A report and an actor's profile that change with each import, so that there is news for the digests. */
async function importSomething(server: LoadedServer, turn: number): Promise<number | null> {
  const folder = join(server.home, `import-${turn % 4}`);
  mkdirSync(folder, { recursive: true });
  const stamp = new Date().toISOString();
  const objects = Array.from({ length: 20 }, (_, at) => ({
    type: 'intrusion-set',
    spec_version: '2.1',
    id: `intrusion-set--00000000-0000-4000-8000-${String(at).padStart(12, '0')}`,
    created: '2025-01-01T00:00:00.000Z',
    modified: stamp,
    name: `Soak Walrus ${at}`,
    aliases: [`Soak Alias ${at} ${turn}`],
  }));
  const bundle = { type: 'bundle', id: 'bundle--00000000-0000-4000-8000-00000000ffff', objects };
  writeFileSync(join(folder, 'soak.json'), JSON.stringify(bundle));
  return server.run(['ingest', folder, '--source', 'soak']);
}

function report(
  { told, asked, samples, imports }: SoakRun,
  slack: SlackStandIn,
  server: LoadedServer,
): string {
  const errors = told.filter(({ ok }) => !ok).length;
  const times = told.filter(({ ok }) => ok).map(({ ms }) => ms);
  const settled = samples[Math.max(0, Math.ceil(samples.length * settledShare) - 1)];
  const last = samples.at(-1);
  const growth =
    settled === undefined || last === undefined ? Number.NaN : (last.nowMb / settled.nowMb - 1) * 100;
  const worst = Math.max(...samples.map(({ p99 }) => p99));
  const doubled = [...slack.delivered.values()].filter((count) => count > 1).length;
  const isGood = errors === 0 && growth < goals.growthPercent && worst < goals.loopP99Ms && doubled === 0;
  return [
    `${asked.toLocaleString('en')} requests of six kinds at ${perSecond} a second for ${minutes} minutes, ` +
      `${imports.length} imports (${imports.filter((code) => code !== 0).length} failed), ${slack.delivered.size} posts of digests (${doubled} doubled)`,
    `errors: ${errors}; answers that apologise: ${slack.failed.length}; log at warn or worse: ${server.complaints.length}${isGood ? '' : ' (NOT AS THE GOAL SAYS)'}`,
    `answered the request: p50 ${quantile(times, 0.5).toFixed(1)} ms, p99 ${quantile(times, 0.99).toFixed(1)} ms`,
    `event loop: p99 of the worst minute ${worst.toFixed(0)} ms (goal: ${goals.loopP99Ms})`,
    `resident ${settled?.nowMb.toFixed(0)} MB when settled, ${last?.nowMb.toFixed(0)} MB at the end: ${growth.toFixed(1)} % (goal: under ${goals.growthPercent})`,
    `by minute: ${samples.map(({ nowMb, p99 }) => `${nowMb.toFixed(0)} MB/${p99.toFixed(0)} ms`).join(', ')}`,
    ...slack.failed.slice(0, 2),
    ...server.complaints.slice(0, 3),
  ].join('\n');
}
