import type { Answer } from '../../briefing/types.ts';
import type { Section } from '../../cards/card.ts';
import { editDistance } from '../../support/edit-distance.ts';
import { commandTable, findCommand } from './index.ts';
import type { Command } from './types.ts';

/** A button holds the whole command. */
const maxRestChars = 300;

/**
 * What to say of a text that was read as a question and may have been meant as a command: its first word is nearly a
 * verb (“sunscribe daily 8”), or a verb that takes nothing of the kind (“settings colour”). Undefined where the answer
 * used every word, or where no verb is near.
 */
export function meantCommand(text: string, { outcome, card }: Answer): Section | undefined {
  const missed = outcome === 'not-found' || outcome === 'suggest';
  const isHalfRead = card.sections.some(({ id }) => id === 'unused' || id === 'named');
  if (!missed && !isHalfRead) return undefined;
  const [, word = '', rest = ''] = /^(\S+)\s*([\s\S]*)$/.exec(text.trim()) ?? [];
  const verb = word.toLowerCase();
  const known = findCommand(text)?.command;
  if (known !== undefined) return missed ? usageOf(known, rest) : undefined;
  const near = nearestVerb(verb);
  if (near === undefined || rest.length > maxRestChars || near.prepare(rest).kind !== 'ready')
    return undefined;
  const question = `${near.name} ${rest}`.trim();
  return {
    type: 'list',
    id: 'meant',
    heading: `If the command “${near.name}” was meant`,
    rank: 0,
    items: [
      {
        text: [{ text: question, style: 'code' }],
        action: { type: 'command', label: 'Try It', value: { verb: 'ask', question } },
      },
    ],
  };
}

function usageOf({ name, usage }: Command, rest: string): Section {
  return {
    type: 'text',
    id: 'meant',
    rank: 0,
    paragraphs: [
      [{ text: `“${rest.slice(0, 80)}” is nothing that the command “${name}” takes. It is written: ` }],
      [{ text: usage, style: 'code' }],
    ],
  };
}

function nearestVerb(word: string): Command | undefined {
  if (word.length < 3 || word.length > 14) return undefined;
  return commandTable.find(({ name }) => name.length > 3 && isSlip(word, name));
}

/** One letter too many, too few, another, or two that changed places. */
function isSlip(word: string, name: string): boolean {
  if (editDistance(word, name) <= 1) return true;
  if (word.length !== name.length) return false;
  const at = word.split('').findIndex((letter, index) => letter !== name[index]);
  const swapped = word.slice(0, at) + (word[at + 1] ?? '') + (word[at] ?? '') + word.slice(at + 2);
  return swapped === name;
}
