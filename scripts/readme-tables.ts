import { commandTable } from '../src/chat/commands/index.ts';

/** What can be written to the bot besides questions, in markdown, in the order in which `help` tells of it. */
export function chatCommandsTable(): string {
  const rows = commandTable.map(({ usage, summary, examples }) => {
    const example = examples.find((one) => one.includes(' ')) ?? '';
    return `| ${[code(usage), summary, example === usage ? '' : code(example)].map(cell).join(' | ')} |`;
  });
  return ['| command | what it does | for example |', '|---|---|---|', ...rows].join('\n');
}

function code(text: string): string {
  return text === '' ? '' : `\`${text}\``;
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|');
}
