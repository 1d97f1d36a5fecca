import { countryName } from '../domain/country.ts';
import { nameKey } from '../domain/name-key.ts';
import type { Claim, Entity, Knowledge } from '../knowledge/types.ts';
import { relationLabels } from './labels.ts';

/** One side of a disagreement: what it says, and who says so. */
export interface Side {
  readonly value: string;
  readonly claims: readonly Claim[];
}

/** Two or more values in one predicate that cannot all be meant. */
export interface Disagreement {
  readonly kind: 'attribution' | 'active-since' | 'alias-relation' | 'relation' | 'exploits';
  /** What it is about: "Attribution", or the alias or entity in question. */
  readonly about: string;
  readonly sides: readonly [Side, Side, ...Side[]];
}

/**
 * Where the sources about an entity contradict one another, by fixed rules: attribution to different countries;
 * activity that begins at different dates ("2014" and "2014-11" agree); one alias stated as the same and as
 * less than that; one entity related in two such ways; exploitation both stated and not observed.
 */
export function findDisagreements(entity: Entity, knowledge: Knowledge): readonly Disagreement[] {
  return [
    ...attribution(entity, knowledge),
    ...activeSince(entity, knowledge),
    ...aliasRelations(entity),
    ...relations(entity, knowledge),
    ...exploitation(entity, knowledge),
  ];
}

function disagreement(
  kind: Disagreement['kind'],
  about: string,
  sides: ReadonlyMap<string, readonly Claim[]>,
): readonly Disagreement[] {
  const [first, second, ...others] = [...sides].map(([value, claims]) => ({ value, claims }));
  return first === undefined || second === undefined
    ? []
    : [{ kind, about, sides: [first, second, ...others] }];
}

/** Claims by the value that `valueOf` gives; claims without one stand aside. */
function sidesBy(
  claims: readonly Claim[],
  valueOf: (claim: Claim) => string | undefined,
): Map<string, Claim[]> {
  const sides = new Map<string, Claim[]>();
  for (const claim of claims) {
    const value = valueOf(claim);
    if (value === undefined) continue;
    const side = sides.get(value);
    if (side === undefined) sides.set(value, [claim]);
    else side.push(claim);
  }
  return sides;
}

function attribution(entity: Entity, knowledge: Knowledge): readonly Disagreement[] {
  const sides = sidesBy(knowledge.claims(entity.id, 'attributed-to'), ({ given }) =>
    given.predicate === 'attributed-to' && given.country !== undefined
      ? countryName(given.country)
      : undefined,
  );
  return disagreement('attribution', 'Attribution', sides);
}

function activeSince(entity: Entity, knowledge: Knowledge): readonly Disagreement[] {
  const sides = sidesBy(knowledge.claims(entity.id, 'active-since'), ({ given }) =>
    given.predicate === 'active-since' ? given.text : undefined,
  );
  const dates = [...sides.keys()];
  const contradicts = dates.some((a) => dates.some((b) => !a.startsWith(b) && !b.startsWith(a)));
  return contradicts ? disagreement('active-since', 'Active since', sides) : [];
}

function aliasRelations(entity: Entity): readonly Disagreement[] {
  return entity.names
    .filter((name) => name.kind === 'alias')
    .flatMap((name) => {
      const sides = sidesBy(name.claims, ({ given }) =>
        given.predicate === 'alias' ? relationLabels[given.relation] : undefined,
      );
      return sides.has(relationLabels['same-as']) ? disagreement('alias-relation', name.text, sides) : [];
    });
}

function relations(entity: Entity, knowledge: Knowledge): readonly Disagreement[] {
  const byTarget = sidesBy(
    knowledge.claims(entity.id, 'related-to'),
    (claim) => claim.object ?? nameKey(claim.value),
  );
  return [...byTarget.values()].flatMap((claims) => {
    const sides = sidesBy(claims, ({ given }) =>
      given.predicate === 'related-to' && given.relation in relationLabels
        ? relationLabels[given.relation as keyof typeof relationLabels]
        : undefined,
    );
    const about = claims[0]?.value ?? '';
    return sides.has(relationLabels['same-as']) ? disagreement('relation', about, sides) : [];
  });
}

const notObserved = 'not observed';
const stated = 'stated';

function exploitation(entity: Entity, knowledge: Knowledge): readonly Disagreement[] {
  const claims = knowledge.claims(entity.id, 'exploits');
  const denied = claims.filter(({ given }) => given.predicate === 'exploits' && given.negated === true);
  if (denied.length === 0) return [];
  // A denial without a target speaks of vulnerabilities as such, so every statement of exploitation stands against it.
  const deniesAll = denied.some((claim) => claim.object === undefined);
  const deniedTargets = new Set(denied.map((claim) => claim.object));
  const affirmed = claims.filter(
    (claim) =>
      claim.given.predicate === 'exploits' &&
      claim.given.negated !== true &&
      (deniesAll || deniedTargets.has(claim.object)),
  );
  if (affirmed.length === 0) return [];
  return disagreement(
    'exploits',
    'Exploiting vulnerabilities',
    new Map([
      [stated, affirmed],
      [notObserved, denied],
    ]),
  );
}
