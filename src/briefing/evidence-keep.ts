import type { Card } from '../cards/card.ts';
import { plainSource } from './answer-json.ts';
import type { KeptAnswer, KeptFact, KeptObject, KeptSource } from './evidence-types.ts';
import type { Answer, Fact, FactSource } from './types.ts';

/** Far more than cards show; beyond it statements are counted. */
const maxFacts = 2_000;
const maxEntities = 200;
const maxNotes = 200;
const maxNameChars = 600;
const maxRecords = 20;
const maxSources = 100;

/** True where there is something that an answer rests on. */
export function hasEvidence(card: Card, answer: Answer | undefined): boolean {
  return (answer?.facts.length ?? 0) > 0 || card.sources.length > 0;
}

/** What is kept of a card and the answer behind it. Equal answers give equal data, in the same order. */
export function keepAnswer(card: Card, answer: Answer | undefined): KeptAnswer {
  const facts = answer?.facts ?? [];
  const entities = answer?.answers ?? [];
  return {
    outcome: answer?.outcome ?? 'shown',
    entities: entities.slice(0, maxEntities).map(({ id, type, name }) => ({ id, type, name: cut(name) })),
    entityCount: entities.length,
    facts: facts.slice(0, maxFacts).map(keepFact),
    factCount: facts.length,
    notes:
      facts.length > 0
        ? []
        : card.sources.slice(0, maxNotes).map((note) => ({ ...note, title: cut(note.title) })),
  };
}

export function keepFact({ subject, predicate, object, sources }: Fact): KeptFact {
  return {
    subject,
    predicate,
    object: keepObject(object),
    sources: sources.slice(0, maxSources).map(keepSource),
  };
}

/** What says which statement it is; labels and who coined a name are not part of that. */
const objectParts = ['relation', 'section', 'label', 'on', 'url', 'country', 'sponsor', 'negated'] as const;

function keepObject(object: Fact['object']): KeptObject {
  const parts = objectParts.flatMap((part): [string, string][] => {
    const value = object[part];
    return typeof value === 'string' ? [[part, cut(value)]] : value === true ? [[part, 'yes']] : [];
  });
  return {
    name: cut(object.name),
    ...(object.id === undefined ? {} : { id: object.id }),
    ...(parts.length === 0 ? {} : { parts: Object.fromEntries(parts) }),
  };
}

function keepSource(given: FactSource): KeptSource {
  const { records } = given;
  return {
    ...plainSource(given),
    ...(records === undefined ? {} : { records: records.slice(0, maxRecords) }),
  };
}

function cut(text: string): string {
  return text.length <= maxNameChars ? text : text.slice(0, maxNameChars).toWellFormed();
}
