import { type Command, Option } from 'commander';
import { answerToJson } from '../briefing/answer-json.ts';
import type { HouseNaming } from '../briefing/house-naming.ts';
import type { Answer } from '../briefing/types.ts';
import { jsonLineFor } from '../cards/cleared-json.ts';
import { sizeOf, totalOf } from '../cards/hidden.ts';
import type { Tlp } from '../domain/tlp.ts';
import { AppError } from '../support/app-error.ts';
import { cardOptions, namingOption, tlpOption } from './options.ts';
import { readLines } from './read-lines.ts';
import { type CardForm, type CommandDesk, cardForms, type Runtime } from './runtime.ts';

interface AskOptions {
  readonly json?: true;
  readonly stdin?: true;
  readonly as?: CardForm;
  readonly tlp: Tlp;
  readonly full?: true;
  readonly naming?: HouseNaming;
}

export function addAsk(program: Command, runtime: Runtime): void {
  program
    .command('ask')
    .description('Answer one question, or with --stdin one question a line.')
    .argument('[text...]', 'a name, alias, id or question')
    .option('--json', 'print one JSON object for each question')
    .option('--stdin', 'read questions from standard input, one a line; answers come in the same order')
    .addOption(new Option('--as <form>', 'render the card as this platform shows it').choices(cardForms))
    .addOption(tlpOption('--tlp', 'the strictest marking that may be shown').default('green'))
    .addOption(namingOption())
    .option('--full', 'shorten no list')
    .addHelpText(
      'after',
      '\nExamples:\n  threatbrief ask APT39\n  threatbrief ask who is chafer\n  threatbrief ask --full aliases of Turla\n  threatbrief ask --json G0087\n  threatbrief ask --as slack "remix kitten"\n  threatbrief ask --stdin --json < questions.txt\n',
    )
    .action(async (words: readonly string[], options: AskOptions) => {
      refuseMixedInput(words, options);
      // Programs get an outcome for whatever they ask.
      if (!options.json) await refuseChatCommand(words.join(' '));
      const desk = await runtime.openDesk(options.tlp);
      try {
        if (options.stdin) await answerLines(desk, runtime, options);
        else await answerOne(words.join(' '), desk, runtime, options);
      } finally {
        await desk.close();
      }
    });
}

function refuseMixedInput(words: readonly string[], options: AskOptions): void {
  if (options.stdin && words.length > 0) {
    throw new AppError('usage', 'ask: give the question either as words or with --stdin, not both.');
  }
  if (!options.stdin && words.length === 0) {
    throw new AppError(
      'usage',
      'ask: no question given. Try "threatbrief ask APT39", or --stdin for one a line.',
    );
  }
  if (options.json && options.as !== undefined) {
    throw new AppError(
      'usage',
      'ask: --json and --as exclude each other; --json holds the facts, --as one rendering.',
    );
  }
}

/** A name is looked for in a question, and "handover" would be taken for one. */
async function refuseChatCommand(text: string): Promise<void> {
  if (text === '') return;
  const { chatCommandHint } = await import('./chat-commands.ts');
  const hint = chatCommandHint(text);
  if (hint !== undefined) throw new AppError('usage', hint);
}

async function answerLines(desk: CommandDesk, runtime: Runtime, options: AskOptions): Promise<void> {
  for await (const line of readLines(runtime.terminal.stdin)) await answerOne(line, desk, runtime, options);
}

async function answerOne(
  question: string,
  desk: CommandDesk,
  runtime: Runtime,
  options: AskOptions,
): Promise<void> {
  const started = performance.now();
  const answer = await desk.ask(question, options.tlp, {
    ...cardOptions(options),
    // What a program asks in bulk is not looked up by anybody later.
    ...(options.stdin ? { isBulk: true } : {}),
  });
  const latencyMs = performance.now() - started;
  runtime.terminal.out(`${await present(question, answer, latencyMs, runtime, options)}\n`);
}

async function present(
  question: string,
  answer: Answer,
  latencyMs: number,
  runtime: Runtime,
  options: AskOptions,
): Promise<string> {
  if (!options.json) {
    const card = await runtime.renderCard(answer.card, options.as ?? 'text', options.tlp);
    return isShortened(answer, options)
      ? `${card}\n\nLists are shortened; ask with --full for all of them.`
      : card;
  }
  const text = await runtime.renderCard(answer.card, 'plain', options.tlp);
  const json = answerToJson({ ...answer, question }, Math.round(latencyMs * 1000) / 1000, text);
  return jsonLineFor(json, options.tlp);
}

/** True for a card in the terminal that has more than it shows; other renderings say so by themselves. */
function isShortened({ card }: Answer, { as, full }: AskOptions): boolean {
  return (
    !full && (as ?? 'text') === 'text' && card.sections.some((section) => totalOf(section) > sizeOf(section))
  );
}
