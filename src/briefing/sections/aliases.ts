import type { Item, Section, Text } from '../../cards/card.ts';
import { aliasRelations } from '../../domain/record.ts';
import type { Claim, EntityName } from '../../knowledge/types.ts';
import { voicesOf } from '../cites.ts';
import { type Composer, take } from '../composer.ts';
import { relationLabels } from '../labels.ts';
import { otherNames } from '../names.ts';
import { bold, joinTexts, plain, stated } from '../text.ts';

/** Every other name: who uses it and in what sense, and who coined it. */
export function aliasesSection(composer: Composer): Section | undefined {
  const names = otherNames(composer.entity);
  if (names.length === 0) return undefined;
  const { shown, total } = take(composer, names, 12);
  const items = shown.map((name) => aliasItem(name, composer));
  return { type: 'list', id: 'aliases', heading: 'Also called', rank: 2, items, ...total };
}

function aliasItem(name: EntityName, composer: Composer): Item {
  const relations = aliasRelations.map((relation): Text => {
    const claims = name.claims.filter((claim) => relationOf(claim) === relation);
    if (claims.length === 0) return [];
    const text = `${relationLabels[relation]}: ${voicesOf(claims, composer.knowledge).join(', ')}`;
    return [stated(text, composer.cites.cite(claims))];
  });
  return {
    text: [bold(name.text), plain(' — '), ...joinTexts([...relations, coined(name, composer)], '; ')],
  };
}

function relationOf({ given }: Claim): (typeof aliasRelations)[number] {
  return given.predicate === 'alias' ? given.relation : 'same-as';
}

function coined(name: EntityName, composer: Composer): Text {
  const claims = name.claims.filter(
    ({ given }) => given.predicate === 'alias' && given.coinedBy !== undefined,
  );
  if (claims.length === 0 && name.citedTo !== undefined) {
    const citing = name.claims.filter(({ provenance }) => provenance.citation !== undefined);
    return [stated(`cited to ${name.citedTo.join(', ')}`, composer.cites.cite(citing))];
  }
  return claims.length === 0
    ? []
    : [stated(`coined by ${name.coinedBy.join(', ')}`, composer.cites.cite(claims))];
}
