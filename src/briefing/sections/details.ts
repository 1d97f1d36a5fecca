import type { Field, Section, Text, TimelineItem } from '../../cards/card.ts';
import { type Composer, take } from '../composer.ts';
import { type ClaimGroup, groupClaims } from '../facts.ts';
import { bold, joinTexts, plain, shorten, stated } from '../text.ts';

/** What sources state under labels of their own: since when a vulnerability is known to be exploited, by when to act. */
export function detailsSection(composer: Composer): Section | undefined {
  const byLabel = new Map<string, ClaimGroup[]>();
  for (const group of detailGroups(composer, false)) {
    const label = labelOf(group);
    byLabel.set(label, [...(byLabel.get(label) ?? []), group]);
  }
  if (byLabel.size === 0) return undefined;
  const fields = [...byLabel].map(([label, groups]): Field => {
    const { shown, hidden } = take(composer, groups, 6);
    const texts = shown.map(
      (group): Text => [
        stated(composer.whole ? group.value : shorten(group.value, 300), composer.cites.cite(group.claims)),
      ],
    );
    return { label, value: joinTexts([...texts, hidden === 0 ? [] : [plain(`+${hidden} more`)]]) };
  });
  return { type: 'fields', id: 'details', rank: 1, fields };
}

/** What sources say happened, each in their words with its time; latest first. */
export function eventsSection(composer: Composer): Section | undefined {
  const groups = [...detailGroups(composer, true)].sort((a, b) => sortKey(b).localeCompare(sortKey(a)));
  if (groups.length === 0) return undefined;
  const { shown, total } = take(composer, groups, 6);
  const items = shown.map((group): TimelineItem => {
    const words = composer.whole ? group.value : shorten(group.value, 300);
    const text = stated(`“${words}”`, composer.cites.cite(group.claims));
    return { date: onOf(group), text: [bold(labelOf(group)), plain(': '), text] };
  });
  return {
    type: 'timeline',
    id: 'events',
    heading: 'What is said to have happened',
    rank: 5,
    items,
    ...total,
  };
}

/** Groups with a time or without one, in the order in which the best source states them. */
function detailGroups({ entity, knowledge }: Composer, isDated: boolean): readonly ClaimGroup[] {
  const claims = knowledge.claims(entity.id, 'detail');
  const order = new Map(claims.map((claim, index) => [claim, index]));
  return groupClaims(claims)
    .filter(({ claims: [{ given }] }) => given.predicate === 'detail' && (given.on !== undefined) === isDated)
    .sort((a, b) => (order.get(a.claims[0]) ?? 0) - (order.get(b.claims[0]) ?? 0));
}

function labelOf({ claims: [{ given }] }: ClaimGroup): string {
  return given.predicate === 'detail' ? given.label : '';
}

function onOf({ claims: [{ given }] }: ClaimGroup): string {
  return given.predicate === 'detail' ? (given.on ?? '') : '';
}

/** What has no year comes last. */
function sortKey(group: ClaimGroup): string {
  const on = onOf(group);
  return /^\d{4}/.test(on) ? on : '';
}
