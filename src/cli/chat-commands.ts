import { findCommand } from '../chat/commands/index.ts';

/** What the command line has instead; a question is asked here and there with the same words. */
const counterparts: Readonly<Record<string, string | undefined>> = {
  digest: '"threatbrief digest preview --days 7" shows one',
  subscribe: '"threatbrief subscriptions add" does it for any place',
  list: '"threatbrief subscriptions list" shows all of them',
  edit: '"threatbrief subscriptions edit ID" does it',
  pause: '"threatbrief subscriptions pause ID" does it',
  resume: '"threatbrief subscriptions resume ID" does it',
  unsubscribe: '"threatbrief subscriptions remove ID" does it',
  sources: '"threatbrief sources list" shows them',
  handover: '"threatbrief audit --since 12h" shows who asked what',
  audit: '"threatbrief audit" shows it',
  watch: undefined,
  unwatch: undefined,
  mute: undefined,
  unmute: undefined,
  settings: undefined,
};

/**
 * What to tell somebody who gives the command line a command that is about a place or a person of a chat, such as
 * `handover`; undefined for a question, and for text that only begins like such a command.
 */
export function chatCommandHint(text: string): string | undefined {
  const found = findCommand(text);
  if (found === undefined || !Object.hasOwn(counterparts, found.command.name)) return undefined;
  if (found.command.prepare(found.rest).kind === 'question') return undefined;
  const instead = counterparts[found.command.name];
  const there = `ask: "${found.command.name}" is a command of the chat: write it in Slack, in Teams, or on the page of "threatbrief start".`;
  return instead === undefined ? there : `${there} Here ${instead}.`;
}
