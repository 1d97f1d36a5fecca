import { type Command, Option } from 'commander';
import type { Tlp } from '../domain/tlp.ts';
import { type ExportForm, exportForms } from '../export/types.ts';
import { AppError } from '../support/app-error.ts';
import { tlpOption } from './options.ts';
import type { Runtime } from './runtime.ts';

interface ExportOptions {
  readonly as: ExportForm;
  readonly tlp: Tlp;
  readonly out?: string;
}

export function addExport(program: Command, runtime: Runtime): void {
  program
    .command('export')
    .description('Write everything known about one thing, or a list, with its sources.')
    .argument(
      '<text...>',
      'an actor or any other thing by name, alias or id; for json and csv also a question',
    )
    .addOption(new Option('--as <form>', 'what to write').choices(exportForms).default('stix'))
    .addOption(tlpOption('--tlp', 'the strictest marking that may be in it').default('green'))
    .option('--out <file>', 'write into this file, readable by its owner only; else to standard output')
    .addHelpText(
      'after',
      '\nExamples:\n  threatbrief export APT39 --as stix --out apt39.json\n  threatbrief export APT39 --as markdown --tlp clear\n  threatbrief export "who uses Mimikatz" --as csv\n',
    )
    .action(async (words: readonly string[], { as, tlp, out }: ExportOptions) => {
      const desk = await runtime.openDesk(tlp);
      try {
        const text = words.join(' ');
        const outcome = await desk.export(text, as, tlp);
        if (outcome.kind === 'unclear') {
          const card = await runtime.renderCard(outcome.answer.card, 'plain', tlp);
          const what = as === 'stix' || as === 'markdown' ? 'one thing' : 'one thing and no list';
          throw new AppError('nothing-to-export', `export: this names not ${what}.\n\n${card}`);
        }
        if (out === undefined) runtime.terminal.out(outcome.text);
        else await runtime.saveFile(out, outcome.text);
        for (const note of outcome.notes) runtime.terminal.err(`${note}\n`);
      } finally {
        await desk.close();
      }
    });
}
