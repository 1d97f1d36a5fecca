import { type Command, InvalidArgumentError, Option } from 'commander';
import { parseTime } from '../briefing/diff-time.ts';
import { activityActions } from '../store/answer-types.ts';
import { AppError } from '../support/app-error.ts';
import { auditJson } from './audit-json.ts';
import { auditLine } from './audit-text.ts';
import { wholeNumber } from './options.ts';
import type { AuditRequest, Runtime } from './runtime.ts';

interface AuditOptions {
  readonly since: string;
  readonly until?: string;
  readonly person?: string;
  readonly place?: string;
  readonly actor?: string;
  readonly action?: string;
  readonly limit?: number;
  readonly json?: true;
}

const changes = ['settings', 'subscription', 'watch', 'mute', 'source', 'refused'];

export function addAudit(program: Command, runtime: Runtime): void {
  program
    .command('audit')
    .description('Who asked what, where and when, what was shown, and who changed what; newest first.')
    .option('--since <time>', 'from when on: 24h, 7d, yesterday, 2025-01-31, an ISO date-time', '24h')
    .option('--until <time>', 'until when; now when left out')
    .option('--person <id>', 'one person, by the platform’s id')
    .option('--place <id>', 'one channel, group or direct conversation, by the platform’s id')
    .option('--actor <name>', 'where this actor or other thing was shown: any name or id')
    .addOption(
      new Option(
        '--action <action>',
        `one kind: ${activityActions.join(', ')}; or changes: ${changes.join(', ')}`,
      ).argParser(readAction),
    )
    .addOption(new Option('--limit <number>', 'at most so many').argParser(wholeNumber(1, 999_999_999)))
    .option('--json', 'print one JSON object a line')
    .addHelpText(
      'after',
      '\nExamples:\n  threatbrief audit\n  threatbrief audit --since 7d --actor APT39\n  threatbrief audit --since 2026-11-01 --action share --json\n',
    )
    .action(async (options: AuditOptions) => {
      const request = readRequest(options, runtime.clock.now());
      const desk = await runtime.openAudit();
      let left = options.limit ?? Number.POSITIVE_INFINITY;
      try {
        for await (const entry of desk.entries(request)) {
          if (left <= 0) break;
          left -= 1;
          const line = options.json ? JSON.stringify(auditJson(entry)) : auditLine(entry);
          runtime.terminal.out(`${line}\n`);
        }
      } finally {
        await desk.close();
      }
    });
}

function readAction(text: string): string {
  if (activityActions.some((one) => one === text)) return text;
  if (changes.some((one) => text === one || text.startsWith(`${one}.`))) return text;
  throw new InvalidArgumentError(`known: ${[...activityActions, ...changes].join(', ')}.`);
}

function readRequest({ since, until, person, place, actor, action }: AuditOptions, now: Date): AuditRequest {
  const end = until === undefined ? undefined : readTime('--until', until, now, 'to');
  return {
    since: readTime('--since', since, now, 'from'),
    ...(end === undefined ? {} : { until: end }),
    ...(person === undefined ? {} : { person }),
    ...(place === undefined ? {} : { place }),
    ...(actor === undefined ? {} : { actor }),
    ...(action === undefined ? {} : { action }),
  };
}

/** The first or the last moment of a time as written. */
function readTime(option: string, text: string, now: Date, end: 'from' | 'to'): number {
  const parsed = parseTime(text, now);
  if (parsed.kind === 'bad') throw new AppError('usage', `audit: ${option}: ${parsed.problem}`);
  return parsed.span[end];
}
