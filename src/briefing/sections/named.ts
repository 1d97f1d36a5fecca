import type { Item, Section } from '../../cards/card.ts';
import { entityTypeLabels } from '../../domain/entity-type.ts';
import type { Claim, Entity } from '../../knowledge/types.ts';
import { type Composer, take } from '../composer.ts';
import { labelOf } from '../labels.ts';
import { isMentionOnly } from '../mentioned.ts';
import { plain, stated } from '../text.ts';

/** What a report names besides actors: software, campaigns, vulnerabilities, techniques. */
export function namedSection(composer: Composer): Section | undefined {
  const { entity, knowledge, cites } = composer;
  if (entity.type !== 'report') return undefined;
  const named = new Map<Entity, Claim[]>();
  for (const claim of knowledge.claimsAbout(entity.id, 'reported-in')) {
    const subject = knowledge.entities.get(claim.subject);
    if (subject === undefined || subject.type === 'intrusion-set') continue;
    named.set(subject, [...(named.get(subject) ?? []), claim]);
  }
  if (named.size === 0) return undefined;
  const sorted = [...named].sort(([a], [b]) => rank(a) - rank(b) || a.name.localeCompare(b.name, 'en'));
  const { shown, total } = take(composer, sorted, 12);
  const items = shown.map(([subject, claims]): Item => {
    const kind = entityTypeLabels[subject.type].one.toLowerCase();
    const found = isMentionOnly(claims) ? `, ${foundInWords}` : '';
    return { text: [stated(labelOf(subject), cites.cite(claims)), plain(` — ${kind}${found}`)] };
  });
  return { type: 'list', id: 'named', heading: 'Also named', rank: 3, items, ...total };
}

/** How a card says that a name was only found. */
export const foundInWords = 'found in its words';

function rank({ type }: Entity): number {
  return type === 'attack-pattern' ? 1 : 0;
}
