import { briefCommand } from './brief.ts';
import { compareCommand } from './compare.ts';
import { diffCommand } from './diff.ts';
import { digestCommand } from './digest.ts';
import { createHelpCommand } from './help.ts';
import { searchCommand } from './search.ts';
import { settingsCommand } from './settings.ts';
import { sourcesCommand } from './sources.ts';
import type { Command } from './types.ts';
import { whyCommand } from './why.ts';

const verbs: readonly Command[] = [
  briefCommand,
  searchCommand,
  compareCommand,
  whyCommand,
  diffCommand,
  digestCommand,
  sourcesCommand,
  settingsCommand,
];

/** Every verb, in the order in which help tells of them. What begins with none of them is a question. */
export const commandTable: readonly Command[] = [...verbs, createHelpCommand(verbs)];

/** The command whose verb the text begins with, in any case, and what stands behind it. */
export function findCommand(text: string): { readonly command: Command; readonly rest: string } | undefined {
  const match = /^(\S+)\s*([\s\S]*)$/.exec(text.trim());
  const verb = match?.[1]?.toLowerCase();
  const command = commandTable.find(({ name }) => name === verb);
  return command === undefined ? undefined : { command, rest: match?.[2]?.trim() ?? '' };
}
