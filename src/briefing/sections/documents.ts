import type { Field, Item, Section, Text } from '../../cards/card.ts';
import { assertNever } from '../../support/assert-never.ts';
import { voicesOf } from '../cites.ts';
import { type Composer, take } from '../composer.ts';
import { type ClaimGroup, groupClaims } from '../facts.ts';
import { nameClaims } from '../names.ts';
import { bold, plain, shorten, stated } from '../text.ts';

/** Publishers' own words, always as a quotation with who wrote it. */
export function descriptionsSection(composer: Composer): Section | undefined {
  const groups = groupClaims(composer.knowledge.claims(composer.entity.id, 'description'));
  if (groups.length === 0) return undefined;
  const { shown, total } = take(composer, groups, 4);
  const paragraphs = shown.map((group): Text => {
    const words = composer.whole ? group.value : shorten(group.value, 500);
    return [
      bold(`${voicesOf(group.claims, composer.knowledge).join(', ')}${partLabel(group)}: `),
      stated(`“${words}”`, composer.cites.cite(group.claims)),
    ];
  });
  return {
    type: 'text',
    id: 'descriptions',
    heading: 'In the publishers’ words',
    rank: 6,
    paragraphs,
    ...total,
  };
}

function partLabel({ claims: [{ given }] }: ClaimGroup): string {
  if (given.predicate !== 'description') return '';
  switch (given.section) {
    case 'overview':
      return '';
    case 'attack-vectors':
      return ', attack vectors';
    case 'target-sectors':
      return ', target sectors';
    case 'associated-malware':
      return ', associated malware';
    case 'report':
      return ', report';
    default:
      return assertNever(given.section);
  }
}

/** Links that sources give for further reading. */
export function referencesSection(composer: Composer): Section | undefined {
  const groups = groupClaims(composer.knowledge.claims(composer.entity.id, 'reference'));
  if (groups.length === 0) return undefined;
  const { shown, total } = take(composer, groups, 6);
  const items = shown.flatMap((group): readonly Item[] => {
    const [{ given }] = group.claims;
    if (given.predicate !== 'reference') return [];
    return [
      {
        text: [stated(given.title ?? shorten(given.url, 120), composer.cites.cite(group.claims), given.url)],
      },
    ];
  });
  return { type: 'list', id: 'references', heading: 'References', rank: 8, items, ...total };
}

/** The entity's ids at its publishers, and the ids that lead here. */
export function idsSection(composer: Composer): Section {
  const { entity, cites, knowledge } = composer;
  const numbers = cites.cite(nameClaims(entity, knowledge));
  const { shown, hidden } = take(composer, [...entity.externalIds, entity.id], 6);
  const ids = `${shown.join(', ')}${hidden === 0 ? '' : `, +${hidden} more`}`;
  const fields: readonly Field[] = [{ label: 'Ids', value: [stated(ids, numbers)] }];
  return { type: 'fields', id: 'ids', rank: 7, fields: joinEvidence(composer, fields) };
}

function joinEvidence({ entity }: Composer, fields: readonly Field[]): readonly Field[] {
  const byOperator = entity.joins.filter((join) => join.rule === 'operator');
  return byOperator.length === 0
    ? fields
    : [
        ...fields,
        { label: 'Joined by the operator', value: [plain(byOperator.map((join) => join.detail).join('; '))] },
      ];
}
