import type { Command } from 'commander';
import type { Card } from '../cards/card.ts';
import { jsonLineFor } from '../cards/cleared-json.ts';
import { sizeOf, totalOf } from '../cards/hidden.ts';
import type { DiffResult } from '../chat/desk-diff.ts';
import type { Tlp } from '../domain/tlp.ts';
import { AppError } from '../support/app-error.ts';
import { assertNever } from '../support/assert-never.ts';
import { tlpOption } from './options.ts';
import type { Runtime } from './runtime.ts';

interface DiffOptions {
  readonly since: string;
  readonly until?: string;
  readonly full?: true;
  readonly json?: true;
  readonly tlp: Tlp;
}

export function addDiff(program: Command, runtime: Runtime): void {
  program
    .command('diff')
    .description('Show what changed about an actor, or at all, by source and day.')
    .argument('[actor...]', 'a name, alias or id; everything when left out')
    .requiredOption(
      '--since <date>',
      'from when on: 2025-01-31, 2025-01, 30d, "2 weeks ago", yesterday, "last week"',
    )
    .option('--until <date>', 'up to and with this day; now when left out')
    .option('--json', 'print what changed as JSON, with nothing left out')
    .addOption(tlpOption('--tlp', 'the strictest marking that may be shown').default('green'))
    .option('--full', 'shorten no list')
    .addHelpText(
      'after',
      '\nA change counts from the day of the import that brought it. Where imports do not reach back to the date, that is said, and what the publishers have dated since then is shown.\n\nExamples:\n  threatbrief diff APT39 --since 2025-01-01\n  threatbrief diff "Lazarus Group" --since "last week"\n  threatbrief diff --since 30d --json\n',
    )
    .action(async (words: readonly string[], options: DiffOptions) => {
      const { since, until, tlp, full } = options;
      const name = words.join(' ');
      const desk = await runtime.openDesk(tlp);
      try {
        const outcome = await desk.diff({
          name,
          since,
          ...(until === undefined ? {} : { until }),
          ceiling: tlp,
          whole: full ?? false,
        });
        runtime.terminal.out(`${await present(name, outcome, options, runtime)}\n`);
      } finally {
        await desk.close();
      }
    });
}

function isShortened({ sections }: Card): boolean {
  return sections.some((section) => totalOf(section) > sizeOf(section));
}

async function present(
  name: string,
  outcome: DiffResult,
  { json, full, tlp }: DiffOptions,
  runtime: Runtime,
): Promise<string> {
  switch (outcome.kind) {
    case 'problem':
      throw new AppError('usage', `diff: ${outcome.problem}`);
    case 'answer': {
      const { answer } = outcome;
      if (!json) return runtime.renderCard(answer.card, 'text', tlp);
      const { outcome: what, answers, suggestions } = answer;
      const text = await runtime.renderCard(answer.card, 'plain', tlp);
      return jsonLineFor({ question: name, outcome: what, answers, suggestions, text }, tlp);
    }
    case 'diff': {
      if (!json) {
        const card = await runtime.renderCard(outcome.card, 'text', tlp);
        return full !== true && isShortened(outcome.card)
          ? `${card}\n\nLists are shortened; --full shows all of them.`
          : card;
      }
      const text = await runtime.renderCard(outcome.card, 'plain', tlp);
      return jsonLineFor({ question: name, outcome: 'answer', ...outcome.json, text }, tlp);
    }
    default:
      return assertNever(outcome);
  }
}
