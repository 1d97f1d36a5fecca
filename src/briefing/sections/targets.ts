import type { Field, Section, Text } from '../../cards/card.ts';
import type { Predicate } from '../../domain/record.ts';
import { regionKey } from '../../domain/region.ts';
import { placesIn } from '../../questions/condition-region.ts';
import { type Composer, take } from '../composer.ts';
import { type ClaimGroup, groupClaims } from '../facts.ts';
import { tacticTitles } from '../labels.ts';
import { joinTexts, plain, stated } from '../text.ts';

/** Whom they hit: sectors and regions, most sources first. */
export function targetsSection(composer: Composer): Section | undefined {
  return valueFields(composer, 'targets', 'Whom they hit', [
    ['Sectors', 'targets-sector'],
    ['Regions', 'targets-region'],
  ]);
}

export function sectorsSection(composer: Composer): Section | undefined {
  return valueFields(composer, 'sectors', 'Target sectors', [['Sectors', 'targets-sector']]);
}

export function regionsSection(composer: Composer): Section | undefined {
  return valueFields(composer, 'regions', 'Target regions', [['Regions', 'targets-region']]);
}

export function platformsSection(composer: Composer): Section | undefined {
  return valueFields(composer, 'platforms', 'Runs on', [['Platforms', 'platform']]);
}

export function motivationSection(composer: Composer): Section | undefined {
  return valueFields(composer, 'motivation', 'Motivation', [['Motives', 'motivation']]);
}

/** Why and since when, with everyone who says so. */
export function profileSection(composer: Composer): Section | undefined {
  const section = valueFields(composer, 'profile', undefined, [
    ['Motivation', 'motivation'],
    ['Active since', 'active-since'],
    ['Last seen', 'last-seen'],
  ]);
  return section === undefined ? undefined : { ...section, rank: 2 };
}

/** Software and techniques: the platforms and tactics that sources state. */
export function kindSection(composer: Composer): Section | undefined {
  return valueFields(composer, 'kind', undefined, [
    ['Tactics', 'tactic'],
    ['Platforms', 'platform'],
    ['Active since', 'active-since'],
    ['Last seen', 'last-seen'],
  ]);
}

function valueFields(
  composer: Composer,
  id: string,
  heading: string | undefined,
  rows: readonly (readonly [label: string, predicate: Predicate])[],
): Section | undefined {
  const fields = rows.flatMap(([label, predicate]): readonly Field[] => {
    const value = values(composer, predicate);
    return value.length === 0 ? [] : [{ label, value }];
  });
  if (fields.length === 0) return undefined;
  return { type: 'fields', id, ...(heading === undefined ? {} : { heading }), rank: 1, fields };
}

function values(composer: Composer, predicate: Predicate): Text {
  const groups = groupClaims(composer.knowledge.claims(composer.entity.id, predicate)).filter((group) =>
    isWithin(group, composer),
  );
  const { shown, hidden } = take(composer, groups, 8);
  const texts = shown.map((group): Text => [stated(wordsOf(group), composer.cites.cite(group.claims))]);
  return joinTexts([...texts, hidden === 0 ? [] : [plain(`+${hidden} more`)]]);
}

/** True for everything but target regions that lie outside the region asked for. */
function isWithin({ predicate, claims: [{ given }] }: ClaimGroup, { within }: Composer): boolean {
  if (within?.kind !== 'region' || given.predicate !== 'targets-region' || predicate !== 'targets-region')
    return true;
  return placesIn(within.key).has(given.country ?? regionKey(given.text));
}

/** The value as recorded; a tactic's short name as ATT&CK titles it. */
function wordsOf({ predicate, value }: ClaimGroup): string {
  return predicate === 'tactic' ? (tacticTitles.get(value) ?? value) : value;
}
