import type { Card, Item, Section } from '../cards/card.ts';

/** What a command says of itself. */
interface CommandText {
  readonly name: string;
  readonly summary: string;
  readonly usage: string;
  readonly examples: readonly string[];
}

/** One command: what it does, how it is written, and examples to press. */
export function commandCard(command: CommandText, now: Date): Card {
  return messageCard(
    command.name,
    [textSection('summary', command.summary), usageSection(command), examplesSection(command)],
    now,
  );
}

/** The verb was meant, but not like this. */
export function usageCard(command: CommandText, problem: string, now: Date): Card {
  return messageCard(
    'Not understood',
    [textSection('problem', problem), usageSection(command), examplesSection(command)],
    now,
  );
}

/** Something failed that the asker cannot help. `reference` stands in the log beside the cause. */
export function errorCard(sentence: string, reference: string, now: Date): Card {
  return messageCard(
    'That did not work',
    [
      textSection('what', sentence),
      textSection('reference', `If it goes on, give your administrator this reference: ${reference}`),
    ],
    now,
  );
}

/** What was pressed leads nowhere for this audience, or no longer. */
export function goneCard(now: Date): Card {
  return messageCard(
    'Nothing to show',
    [
      textSection(
        'what',
        'This is not known here any more, or its marking does not allow it in this place. Ask again by name.',
      ),
    ],
    now,
  );
}

/** Who asks may not; the sentence says who may, and how to ask. */
export function notAllowedCard(problem: string, now: Date): Card {
  return messageCard('Not allowed', [textSection('problem', problem)], now);
}

/** A card of our own words. */
export function messageCard(title: string, sections: readonly Section[], now: Date): Card {
  return {
    title,
    marking: 'clear',
    badges: [],
    sections,
    sources: [],
    withheld: { count: 0, highest: null },
    actions: [],
    asOf: now.toISOString(),
    fallbackText: title,
  };
}

function textSection(id: string, text: string): Section {
  return { type: 'text', id, rank: 0, paragraphs: [[{ text }]] };
}

function usageSection({ usage }: CommandText): Section {
  return {
    type: 'text',
    id: 'usage',
    heading: 'Usage',
    rank: 1,
    paragraphs: [[{ text: usage, style: 'code' }]],
  };
}

function examplesSection({ examples }: CommandText): Section {
  const items = examples.map(
    (example): Item => ({
      text: [{ text: example, style: 'code' }],
      action: { type: 'command', label: 'Try It', value: { verb: 'ask', question: example } },
    }),
  );
  return { type: 'list', id: 'examples', heading: 'Examples', rank: 2, items };
}
