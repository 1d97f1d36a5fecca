import { auditCommand } from './audit.ts';
import { briefCommand } from './brief.ts';
import { compareCommand } from './compare.ts';
import { diffCommand } from './diff.ts';
import { digestCommand } from './digest.ts';
import { editCommand } from './edit.ts';
import { handoverCommand } from './handover.ts';
import { createHelpCommand } from './help.ts';
import { listCommand } from './list.ts';
import { muteCommand } from './mute.ts';
import { pauseCommand, resumeCommand } from './pause.ts';
import { searchCommand } from './search.ts';
import { settingsCommand } from './settings.ts';
import { sourcesCommand } from './sources.ts';
import { subscribeCommand } from './subscribe.ts';
import type { Command } from './types.ts';
import { unmuteCommand } from './unmute.ts';
import { unsubscribeCommand } from './unsubscribe.ts';
import { unwatchCommand } from './unwatch.ts';
import { watchCommand } from './watch.ts';
import { whyCommand } from './why.ts';

/** What is used most; Teams offers the first ten of the table in its compose box. */
const everyday: readonly Command[] = [
  briefCommand,
  searchCommand,
  compareCommand,
  whyCommand,
  diffCommand,
  digestCommand,
  subscribeCommand,
  listCommand,
  watchCommand,
];

const others: readonly Command[] = [
  editCommand,
  pauseCommand,
  resumeCommand,
  unsubscribeCommand,
  unwatchCommand,
  muteCommand,
  unmuteCommand,
  sourcesCommand,
  settingsCommand,
  handoverCommand,
  auditCommand,
];

/** Every verb, in the order in which help tells of them. What begins with none of them is a question. */
export const commandTable: readonly Command[] = [
  ...everyday,
  createHelpCommand([...everyday, ...others]),
  ...others,
];

/** The command whose verb the text begins with, in any case, and what stands behind it. */
export function findCommand(text: string): { readonly command: Command; readonly rest: string } | undefined {
  const match = /^(\S+)\s*([\s\S]*)$/.exec(text.trim());
  const verb = match?.[1]?.toLowerCase();
  const command = commandTable.find(({ name }) => name === verb);
  return command === undefined ? undefined : { command, rest: match?.[2]?.trim() ?? '' };
}
