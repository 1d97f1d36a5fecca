import type { Section } from '../cards/card.ts';
import { regionKey } from '../domain/region.ts';
import type { Claim } from '../knowledge/types.ts';
import { placesIn } from '../questions/condition-region.ts';
import { assertNever } from '../support/assert-never.ts';
import { aspectNouns, type OneAspect } from './aspect-texts.ts';
import type { Composer } from './composer.ts';
import { groupClaims } from './facts.ts';
import { attackIdOf, titleOf } from './labels.ts';
import { nameClaims, otherNames } from './names.ts';
import { usedWithin } from './sections/used.ts';
import { bold, counted, formatCount, plain } from './text.ts';
import type { Used } from './used.ts';

/** How many there are of an aspect, with the claims that state them and what more is to be said of the number. */
export interface AspectCount {
  readonly count: number;
  readonly claims: readonly Claim[];
  readonly remark?: string;
}

/** "How many": the number first, then who states what was counted; each value is counted once, whoever states it. */
export function countSection(
  aspect: OneAspect,
  { count, claims, remark }: AspectCount,
  composer: Composer,
): Section {
  const [one, many] = aspectNouns[aspect];
  const noun = count === 1 ? one : many;
  const number = bold(`${formatCount(count)} ${noun}`, composer.cites.cite(claims));
  const more = remark === undefined ? '' : `, ${remark}`;
  const verb = count === 1 ? 'is' : 'are';
  const text = [number, plain(` of ${titleOf(composer.entity)} ${verb} recorded here${more}.`)];
  return { type: 'text', id: `count-${aspect}`, rank: 0, paragraphs: [text] };
}

/** Counts what the section of an aspect lists; indicators are counted where they are read. */
export function countOf(aspect: Exclude<OneAspect, 'indicators'>, composer: Composer): AspectCount {
  const { entity, knowledge } = composer;
  switch (aspect) {
    case 'malware':
      return countUsed(usedWithin(composer, ['malware']));
    case 'tools':
      return countUsed(usedWithin(composer, ['tool']));
    case 'software':
      return countUsed(usedWithin(composer, ['malware', 'tool']));
    case 'techniques':
      return countTechniques(usedWithin(composer, ['attack-pattern']));
    case 'aliases':
      return countNames(composer);
    case 'campaigns':
      return countCampaigns(composer);
    case 'ids':
      return { count: entity.externalIds.length, claims: nameClaims(entity, knowledge) };
    case 'attribution':
      return countCountries(composer);
    case 'sectors':
      return countGroups(knowledge.claims(entity.id, 'targets-sector'));
    case 'regions':
      return countGroups(
        knowledge.claims(entity.id, 'targets-region').filter((claim) => isWithin(claim, composer)),
      );
    case 'motivation':
      return countGroups(knowledge.claims(entity.id, 'motivation'));
    case 'reports':
      return countGroups(knowledge.claims(entity.id, 'reported-in'));
    case 'references':
      return countGroups(knowledge.claims(entity.id, 'reference'));
    case 'related':
      return countGroups(knowledge.claims(entity.id, 'related-to'));
    case 'platforms':
      return countGroups(knowledge.claims(entity.id, 'platform'));
    case 'vulnerabilities':
      return countGroups(
        knowledge
          .claims(entity.id, 'exploits')
          .filter(({ given }) => given.predicate !== 'exploits' || given.negated !== true),
      );
    default:
      return assertNever(aspect);
  }
}

function countUsed(used: readonly Used[]): AspectCount {
  const through = used.filter(({ via }) => via.length > 0).length;
  const remark = through === 0 ? {} : { remark: throughRemark(through) };
  return { count: used.length, claims: used.flatMap(({ group }) => group.claims), ...remark };
}

function throughRemark(count: number): string {
  return `${formatCount(count)} of them through campaigns`;
}

function countTechniques(used: readonly Used[]): AspectCount {
  const parts = used.filter(({ entity }) => attackIdOf(entity)?.includes('.') === true).length;
  const all = countUsed(used);
  const ofParts = parts === 0 ? [] : [`${counted(parts, 'sub-technique')} among them`];
  const remarks = [...(all.remark === undefined ? [] : [all.remark]), ...ofParts];
  return { ...all, ...(remarks.length === 0 ? {} : { remark: remarks.join(', ') }) };
}

function countNames({ entity }: Composer): AspectCount {
  const names = otherNames(entity);
  const same = names.filter(({ relation }) => relation === 'same-as');
  const loose = names.length - same.length;
  const remark =
    loose === 0
      ? {}
      : {
          remark: `besides ${counted(loose, 'name')} that only ${loose === 1 ? 'overlaps' : 'overlap'} with it`,
        };
  return { count: same.length, claims: same.flatMap(({ claims }) => claims), ...remark };
}

function countCampaigns({ entity, knowledge }: Composer): AspectCount {
  const claims = [
    ...knowledge.claimsAbout(entity.id, 'attributed-to'),
    ...knowledge.claimsAbout(entity.id, 'uses'),
  ].filter(({ subject }) => knowledge.entities.get(subject)?.type === 'campaign');
  return { count: new Set(claims.map(({ subject }) => subject)).size, claims };
}

function countCountries({ entity, knowledge }: Composer): AspectCount {
  const claims = knowledge
    .claims(entity.id, 'attributed-to')
    .filter(({ given }) => given.predicate === 'attributed-to' && given.country !== undefined);
  const codes = claims.map(({ given }) => (given.predicate === 'attributed-to' ? given.country : undefined));
  return { count: new Set(codes).size, claims };
}

function countGroups(claims: readonly Claim[]): AspectCount {
  return { count: groupClaims(claims).length, claims };
}

function isWithin({ given }: Claim, { within }: Composer): boolean {
  if (within?.kind !== 'region' || given.predicate !== 'targets-region') return true;
  return placesIn(within.key).has(given.country ?? regionKey(given.text));
}
