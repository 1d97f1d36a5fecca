import type { Action, Item, Text } from '../cards/card.ts';
import { type EntityType, entityTypeLabels } from '../domain/entity-type.ts';
import { tlpLabel } from '../domain/tlp.ts';
import type { Entity, Knowledge } from '../knowledge/types.ts';
import type { StoredChange } from '../store/types.ts';
import { countriesOf } from './actor-card.ts';
import type { CiteBook } from './cites.ts';
import { citeChanges } from './diff.ts';
import { type EntityChanges, sameWords } from './digest-changes.ts';

import { namedIn } from './digest-named.ts';
import { labelOf } from './labels.ts';
import { isMentionOnly } from './mentioned.ts';
import { bold, counted, formatCount, joinTexts, plain, shorten, stated } from './text.ts';

export interface DigestComposer {
  readonly knowledge: Knowledge;
  readonly cites: CiteBook;
}

export type MatchedChanges = EntityChanges & { readonly why: readonly string[] };

export type DigestItem =
  | (MatchedChanges & { readonly kind: 'report' | 'profile' | 'actor' })
  | { readonly kind: 'source'; readonly change: StoredChange }
  /** Only counted. */
  | { readonly kind: 'rest'; readonly entity: Entity | undefined; readonly changes: readonly StoredChange[] };

const shownNames = 4;
const shownChanges = 4;

/** A report with the actors and software that it names. */
export function reportItem(item: MatchedChanges, composer: DigestComposer): Item {
  const { entity, changes } = item;
  const all = namedIn(entity, composer.knowledge);
  // Who and with what; of techniques the number is enough.
  const named = all.filter(({ type }) => type !== 'attack-pattern');
  const techniques = all.length - named.length;
  const names = named.slice(0, shownNames).map((one) => one.name);
  const more = [
    ...(named.length > shownNames ? [`+${named.length - shownNames} more`] : []),
    ...(techniques > 0 ? [counted(techniques, 'technique')] : []),
  ];
  const isNew = changes.some(({ kind }) => kind === 'report-new');
  const naming = composer.knowledge.claimsAbout(entity.id, 'reported-in');
  const link = naming[0]?.provenance.reference;
  const title = stated(shorten(entity.name, 150), citeChanges(changes, composer.cites), link);
  return {
    text: [
      { ...title, style: 'bold' },
      ...(isNew ? [] : [plain(' (changed)')]),
      ...(all.length === 0
        ? []
        : [plain(` — ${isMentionOnly(naming) ? 'mentions ' : ''}${[...names, ...more].join(', ')}`)]),
      ...whyAndMarking(item),
    ],
    action: briefAction(entity),
  };
}

/** An entity with what changed about it, the same news of several sources once. */
export function profileItem(item: MatchedChanges, composer: DigestComposer): Item {
  const lines = [...sameWords(item.changes, composer.knowledge)];
  const texts = lines
    .slice(0, shownChanges)
    .map(([words, changes]): Text => [stated(shorten(words, 120), citeChanges(changes, composer.cites))]);
  const more: Text = lines.length > shownChanges ? [plain(`+${lines.length - shownChanges} more`)] : [];
  return {
    text: [
      bold(labelOf(item.entity)),
      plain(': '),
      ...joinTexts([...texts, more], '; '),
      ...whyAndMarking(item),
    ],
    action: briefAction(item.entity),
  };
}

export function actorItem(item: MatchedChanges, composer: DigestComposer): Item {
  const countries = countriesOf(item.entity, composer.knowledge);
  return {
    text: [
      bold(item.entity.name, citeChanges(item.changes, composer.cites)),
      ...(countries.length === 0 ? [] : [plain(` — ${countries.join(' or ')}`)]),
      ...whyAndMarking(item),
    ],
    action: briefAction(item.entity),
  };
}

/** A new source with as many of its records as the audience may see. */
export function sourceItem(change: StoredChange, composer: DigestComposer): Item {
  const count = composer.knowledge.sources.get(change.source)?.recordCount ?? 0;
  return {
    text: [
      bold(change.title, citeChanges([change], composer.cites)),
      plain(` — ${counted(count, 'record')}, ${tlpLabel(change.marking)}`),
    ],
  };
}

function whyAndMarking({ why, changes }: MatchedChanges): Text {
  const markings = [...new Set(changes.map(({ marking }) => tlpLabel(marking)))];
  const matched = why.length === 0 ? [] : [`matches ${why.join(', ')}`];
  return [plain(` (${[...markings, ...matched].join('; ')})`)];
}

function briefAction(entity: Entity): Action {
  return { type: 'command', label: 'Brief', value: { verb: 'brief', entity: entity.id } };
}

/** `Also new or changed: 12 malware, 40 techniques, 3 others.` Undefined when there is no rest. */
export function restText(items: readonly DigestItem[]): string | undefined {
  const counts = new Map<EntityType | 'other', number>();
  for (const item of items) {
    if (item.kind !== 'rest') continue;
    const type = item.entity?.type ?? 'other';
    const count = item.entity === undefined ? item.changes.length : 1;
    counts.set(type, (counts.get(type) ?? 0) + count);
  }
  if (counts.size === 0) return undefined;
  const parts = [...counts].map(([type, count]) => {
    if (type === 'other') return counted(count, 'other change');
    const { one, many } = entityTypeLabels[type];
    return `${formatCount(count)} ${(count === 1 ? one : many).toLowerCase()}`;
  });
  return `Also new or changed: ${parts.join(', ')}.`;
}
