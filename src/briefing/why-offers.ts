import type { Item, Section } from '../cards/card.ts';
import type { Predicate } from '../domain/record.ts';
import type { Composer } from './composer.ts';
import { askAction } from './entity-actions.ts';
import { groupClaims } from './facts.ts';
import { labelById } from './labels.ts';
import { otherNames } from './names.ts';
import { plain, shorten } from './text.ts';

const offered: readonly Predicate[] = [
  'attributed-to',
  'targets-sector',
  'targets-region',
  'uses',
  'active-since',
];
const perKind = 2;

/** What can be asked of an entity instead, since sources do say it. */
export function offersSection({ entity, knowledge }: Composer): Section | undefined {
  const names = otherNames(entity).slice(0, perKind);
  const facts = offered.flatMap((predicate) =>
    groupClaims(knowledge.claims(entity.id, predicate))
      .slice(0, perKind)
      .map((group) => labelById(knowledge, group.object, group.value)),
  );
  const values = [...names.map(({ text }) => text), ...facts].filter((text) => text.length <= 80);
  if (values.length === 0) return undefined;
  const items = values.map((value): Item => {
    const question = `why ${entity.externalIds[0] ?? entity.name} ${value}`;
    return { text: [plain(value)], action: askAction(shorten(value, 60), question) };
  });
  return { type: 'list', id: 'offers', heading: 'What sources do say', rank: 1, items };
}
