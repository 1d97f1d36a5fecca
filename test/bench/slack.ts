import { setTimeout as pause } from 'node:timers/promises';
import {
  type Acknowledged,
  mixedQuestions,
  quantile,
  sendCommand,
  sendCommandsAtOnce,
  warmSender,
} from './load/requests.ts';
import { signingSecret, startLoadedServer } from './load/server.ts';
import { openSlackStandIn, type SlackStandIn } from './load/slack-stand-in.ts';

const atOnce = 1_000;
const goals = { ackP99Ms: 500 };
const minuteMs = 60_000;
/** Minutes of even load after the rush; `BENCH_MINUTES=10` for as long as the goal says. */
const minutes = Number(process.env['BENCH_MINUTES'] ?? '2');
const perSecond = 20;

/** A thousand slash commands in the same moment, and even load after that: acknowledgements, answers, memory. */
export async function benchSlack(): Promise<string> {
  const slack = await openSlackStandIn();
  const server = await startLoadedServer({
    SLACK_MODE: 'http',
    SLACK_BOT_TOKEN: 'xoxb-load',
    SLACK_SIGNING_SECRET: signingSecret,
    SLACK_API_URL: slack.apiUrl,
    // What one person may ask in a minute is not what is measured here.
    LIMIT_PERSON_PER_MINUTE: '100000',
    LIMIT_WORKSPACE_PER_MINUTE: '1000000',
  });
  try {
    await Promise.all(
      mixedQuestions.map((text, at) => sendCommand(server.address, slack, `warm-${at}`, text)),
    );
    await until(() => slack.answered.size >= mixedQuestions.length, 30_000);
    await warmSender(slack, atOnce);
    const idle = server.memory().nowMb;
    await server.loopDelay();
    const first = await sendRush(server.address, slack, 'first');
    const delay = await server.loopDelay();
    const afterRush = server.memory();
    const even = await sendEvenly(server.address, slack, server.memory);
    const later = await sendRush(server.address, slack, 'later');
    return [
      `${atOnce.toLocaleString('en')} commands at once, ${mixedQuestions.length} kinds of question in turn`,
      `as the first that the process does: ${rushLine(first)}`,
      `event loop meanwhile: p50 ${delay.p50.toFixed(0)} ms, p99 ${delay.p99.toFixed(0)} ms, at most ${delay.max.toFixed(0)} ms`,
      `resident ${idle.toFixed(0)} MB before, ${afterRush.nowMb.toFixed(0)} MB after, at most ${afterRush.peakMb.toFixed(0)} MB`,
      ...even,
      `a rush again after that: ${rushLine(later)}`,
      `resident at the end: ${server.memory().nowMb.toFixed(0)} MB`,
      `answers that apologise: ${slack.failed.length}; lines of the log at warn or worse: ${server.complaints.length}`,
      ...slack.failed.slice(0, 2),
      ...server.complaints.slice(0, 3),
    ].join('\n');
  } finally {
    await server.stop();
    await slack.close();
  }
}

interface Rush {
  readonly acks: readonly Acknowledged[];
  readonly answerMs: readonly number[];
}

async function sendRush(address: string, slack: SlackStandIn, name: string): Promise<Rush> {
  const acks = await sendCommandsAtOnce(
    address,
    slack,
    Array.from({ length: atOnce }, (_, at) => ({
      id: `${name}-${at}`,
      text: mixedQuestions[at % mixedQuestions.length] ?? '',
      person: `U${at % 50}`,
    })),
  );
  const isAnswered = (at: number): boolean => slack.answered.has(`${name}-${at}`);
  await until(() => acks.every((_, at) => isAnswered(at)), 60_000);
  const answerMs = acks.flatMap(({ sentAt }, at) => {
    const answeredAt = slack.answered.get(`${name}-${at}`);
    return answeredAt === undefined ? [] : [answeredAt - sentAt];
  });
  return { acks, answerMs };
}

function rushLine({ acks, answerMs }: Rush): string {
  const taken = acks.filter(({ status }) => status === 200).length;
  const ackMs = acks.map((one) => one.ackMs);
  const p99 = quantile(ackMs, 0.99);
  const verdict = p99 <= goals.ackP99Ms && taken === acks.length ? '' : ' (OVER THE GOAL)';
  return (
    `acknowledged ${taken}: p50 ${quantile(ackMs, 0.5).toFixed(0)} ms, p99 ${p99.toFixed(0)} ms (goal: ${goals.ackP99Ms})${verdict}; ` +
    `answered ${answerMs.length}: p50 ${quantile(answerMs, 0.5).toFixed(0)} ms, the last after ${Math.max(...answerMs).toFixed(0)} ms`
  );
}

async function sendEvenly(
  address: string,
  slack: SlackStandIn,
  memory: () => { readonly nowMb: number },
): Promise<readonly string[]> {
  const acks: Promise<Acknowledged>[] = [];
  const byMinute: number[] = [];
  const started = performance.now();
  for (let at = 0; at < minutes * 60 * perSecond; at += 1) {
    const text = mixedQuestions[at % mixedQuestions.length] ?? '';
    acks.push(sendCommand(address, slack, `even-${at}`, text, `U${at % 50}`));
    if (at % (60 * perSecond) === 60 * perSecond - 1) byMinute.push(memory().nowMb);
    const dueMs = started + ((at + 1) * 1_000) / perSecond;
    await pause(Math.max(0, dueMs - performance.now()));
  }
  const done = await Promise.all(acks);
  await until(() => done.every((_, at) => slack.answered.has(`even-${at}`)), minuteMs);
  const answered = done.filter((_, at) => slack.answered.has(`even-${at}`)).length;
  const ackMs = done.map((one) => one.ackMs);
  const waited = done.flatMap(({ sentAt }, at) => (slack.answered.get(`even-${at}`) ?? sentAt) - sentAt);
  return [
    `${perSecond} commands a second for ${minutes} minutes: acknowledged p50 ${quantile(ackMs, 0.5).toFixed(1)} ms, p99 ${quantile(ackMs, 0.99).toFixed(1)} ms; ` +
      `answered ${answered} of ${done.length}, p50 ${quantile(waited, 0.5).toFixed(1)} ms, p99 ${quantile(waited, 0.99).toFixed(1)} ms`,
    `resident at the end of each minute: ${byMinute.map((mb) => mb.toFixed(0)).join(', ')} MB`,
  ];
}

/** Looks every so often; gives up quietly after the time, so that what is missing shows in the figures. */
export async function until(isDone: () => boolean, atMostMs: number): Promise<void> {
  const end = performance.now() + atMostMs;
  while (!isDone() && performance.now() < end) await pause(20);
}
