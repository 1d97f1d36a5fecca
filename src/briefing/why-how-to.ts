import type { Section } from '../cards/card.ts';
import type { Entity, Knowledge } from '../knowledge/types.ts';
import { plain } from './text.ts';
import type { WhyAbout } from './why-question.ts';
import { bestId } from './why-sections.ts';

/** How an operator would decide otherwise: the lines for identity.yaml, ready to be copied. */
export function howToSection(
  about: WhyAbout,
  others: readonly Entity[],
  knowledge: Knowledge,
): Section | undefined {
  const { entity } = about;
  const [other] = others.filter(({ type }) => type === entity.type);
  const own = idsOf(entity, knowledge);
  const theirs = other === undefined ? [] : idsOf(other, knowledge);
  const [first, second] = own;
  const lines =
    other !== undefined && first !== undefined && theirs[0] !== undefined
      ? { what: 'To make the two one', text: `same: [[${first}, ${theirs[0]}]]` }
      : first !== undefined && second !== undefined && about.facts.length === 0
        ? {
            what: 'To part two of its records',
            text: `different: [[${first}, ${partable(about, own, knowledge) ?? second}]]`,
          }
        : undefined;
  if (lines === undefined) return undefined;
  return {
    type: 'text',
    id: 'how-to',
    heading: 'If you know better',
    rank: 5,
    paragraphs: [[plain(`${lines.what}, write into identity.yaml: `), { text: lines.text, style: 'code' }]],
  };
}

function idsOf(entity: Entity, knowledge: Knowledge): readonly string[] {
  const ids = entity.records.flatMap((key) => {
    const record = knowledge.record(key);
    return record === undefined ? [] : [bestId(record)];
  });
  return [...new Set(ids)];
}

/** The first record that carries the name in question and is not the one that lends the entity its name. */
function partable(
  { names, entity }: WhyAbout,
  own: readonly string[],
  knowledge: Knowledge,
): string | undefined {
  for (const { provenance } of names.flatMap(({ claims }) => claims)) {
    const key = { source: provenance.source, externalId: provenance.record };
    const isOwn = entity.records.some(
      (one) => one.source === key.source && one.externalId === key.externalId,
    );
    const record = isOwn ? knowledge.record(key) : undefined;
    const id = record === undefined ? undefined : bestId(record);
    if (id !== undefined && id !== own[0]) return id;
  }
  return undefined;
}
