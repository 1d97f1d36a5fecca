import { type Command, Option } from 'commander';
import { answerToJson } from '../briefing/answer-json.ts';
import type { HouseNaming } from '../briefing/house-naming.ts';
import { jsonLineFor } from '../cards/cleared-json.ts';
import type { Tlp } from '../domain/tlp.ts';
import { AppError } from '../support/app-error.ts';
import { cardOptions, namingOption, tlpOption } from './options.ts';
import { type CardForm, cardForms, type Runtime } from './runtime.ts';

interface WhyOptions {
  readonly json?: true;
  readonly as?: CardForm;
  readonly tlp: Tlp;
  readonly full?: true;
  readonly naming?: HouseNaming;
}

export function addWhy(program: Command, runtime: Runtime): void {
  program
    .command('why')
    .description(
      'Show the reasons behind a join, a name or a fact, or with E-… what an earlier answer rested on.',
    )
    .argument('<text...>', 'an actor, or an actor and a name, a fact or another actor')
    .option('--json', 'print one JSON object')
    .addOption(new Option('--as <form>', 'render the card as this platform shows it').choices(cardForms))
    .addOption(tlpOption('--tlp', 'the strictest marking that may be shown').default('green'))
    .addOption(namingOption())
    .option('--full', 'shorten no list')
    .addHelpText(
      'after',
      '\nExamples:\n  threatbrief why APT39\n  threatbrief why APT39 chafer\n  threatbrief why APT39 Iran\n  threatbrief why APT39 uses Remexi\n  threatbrief why not APT38 Lazarus Group\n  threatbrief why E-7KQ2MX4P\n',
    )
    .action(async (words: readonly string[], options: WhyOptions) => {
      if (options.json && options.as !== undefined) {
        throw new AppError('usage', 'why: --json and --as exclude each other; choose one.');
      }
      const desk = await runtime.openDesk(options.tlp);
      try {
        const started = performance.now();
        const answer = await desk.why(words.join(' '), options.tlp, cardOptions(options));
        const latencyMs = Math.round((performance.now() - started) * 1000) / 1000;
        if (options.json) {
          const text = await runtime.renderCard(answer.card, 'plain', options.tlp);
          const json = { ...answerToJson(answer, latencyMs, text), why: answer.why ?? null };
          runtime.terminal.out(`${jsonLineFor(json, options.tlp)}\n`);
        } else {
          runtime.terminal.out(
            `${await runtime.renderCard(answer.card, options.as ?? 'text', options.tlp)}\n`,
          );
        }
      } finally {
        await desk.close();
      }
    });
}
