import { nameKey, parseAttackId } from '../domain/name-key.ts';
import type { StixId } from '../domain/stix-id.ts';
import type { Claim, Entity, EntityName, JoinRefusal, Knowledge } from '../knowledge/types.ts';
import { type ClaimGroup, groupClaims } from './facts.ts';
import { nameClaims } from './names.ts';

/** A name that both of two entities carry, with what each side's sources say of it. */
export interface SharedName {
  readonly left: EntityName;
  readonly right: EntityName;
}

/** Two entities that one list of one source has as two. */
export interface ListedApart {
  /** The source, and its list where it has several. */
  readonly source: string;
  readonly collection?: string;
  /** The claims by which that list names the one and the other. */
  readonly claims: readonly Claim[];
}

/** What is recorded about two entities together. */
export interface Pair {
  readonly left: Entity;
  readonly right: Entity;
  /** What sources say of the one about the other, in either direction. */
  readonly relations: readonly ClaimGroup[];
  readonly sharedNames: readonly SharedName[];
  /** Joins that were proposed and refused, from either side, each once. */
  readonly refusals: readonly JoinRefusal[];
  /** True where an operator keeps the two apart. */
  readonly isDecided: boolean;
  readonly listedApart: readonly ListedApart[];
}

export function pairOf(left: Entity, right: Entity, knowledge: Knowledge): Pair {
  return {
    left,
    right,
    relations: relationsOf(left, right, knowledge),
    sharedNames: sharedNamesOf(left, right),
    refusals: refusalsOf(left, right),
    isDecided: isKeptApart(left, right.id) || isKeptApart(right, left.id),
    listedApart: listedApart(left, right, knowledge),
  };
}

/** True for two of one type, of which one may ask whether they are one. */
export function isAlike({ left, right }: Pair): boolean {
  const kind = ({ type }: Entity): string => (type === 'tool' ? 'malware' : type);
  return kind(left) === kind(right);
}

/** True where somebody says something of the two together. */
export function isSaidTogether({ isDecided, relations, sharedNames }: Pair): boolean {
  return isDecided || relations.length > 0 || sharedNames.length > 0;
}

/** Every two of several, in order. */
export function pairsOf(entities: readonly Entity[], knowledge: Knowledge): readonly Pair[] {
  return entities.flatMap((left, at) =>
    entities.slice(at + 1).map((right) => pairOf(left, right, knowledge)),
  );
}

/** Relations that sources state; what only our own joining weighed stands among the refusals. */
function relationsOf(left: Entity, right: Entity, knowledge: Knowledge): readonly ClaimGroup[] {
  const from = (one: Entity, other: Entity): readonly Claim[] =>
    knowledge.claims(one.id).filter((claim) => claim.object === other.id && claim.standing !== 'derived');
  return groupClaims([...from(left, right), ...from(right, left)]);
}

function sharedNamesOf(left: Entity, right: Entity): readonly SharedName[] {
  const theirs = new Map<string, EntityName>();
  for (const name of right.names) {
    const key = nameKey(name.text);
    if (!theirs.has(key)) theirs.set(key, name);
  }
  const seen = new Set<string>();
  return left.names.flatMap((name): readonly SharedName[] => {
    const key = nameKey(name.text);
    const same = theirs.get(key);
    if (same === undefined || seen.has(key) || parseAttackId(name.text) !== undefined) return [];
    seen.add(key);
    return [{ left: name, right: same }];
  });
}

function refusalsOf(left: Entity, right: Entity): readonly JoinRefusal[] {
  const all = [
    ...(left.refusals ?? []).filter(({ other }) => other === right.id),
    ...(right.refusals ?? []).filter(({ other }) => other === left.id),
  ].filter(({ rule }) => rule !== 'operator');
  const seen = new Set<string>();
  return all.filter(({ rule, detail }) => {
    const key = `${rule}\n${detail}`;
    const isNew = !seen.has(key);
    seen.add(key);
    return isNew;
  });
}

function isKeptApart({ decisions }: Entity, other: StixId): boolean {
  return (
    decisions?.some((decision) => decision.kind === 'different' && decision.others.includes(other)) === true
  );
}

/** Lists that have an entry of their own for each of the two. */
function listedApart(left: Entity, right: Entity, knowledge: Knowledge): readonly ListedApart[] {
  const ours = namesByList(left, knowledge);
  const theirs = namesByList(right, knowledge);
  return [...ours].flatMap(([list, claims]): readonly ListedApart[] => {
    const other = theirs.get(list);
    if (other === undefined) return [];
    const [source = '', collection = ''] = list.split('\n');
    return [{ source, ...(collection === '' ? {} : { collection }), claims: [...claims, ...other] }];
  });
}

function namesByList(entity: Entity, knowledge: Knowledge): ReadonlyMap<string, readonly Claim[]> {
  const lists = new Map<string, Claim[]>();
  const own = new Set(entity.records.map((key) => `${key.source}\n${key.externalId}`));
  for (const claim of [...nameClaims(entity, knowledge), ...ownNames(entity)]) {
    const { source, record, collection } = claim.provenance;
    if (!own.has(`${source}\n${record}`) || claim.given.predicate !== 'name') continue;
    const list = `${source}\n${collection ?? ''}`;
    const known = lists.get(list);
    if (known === undefined) lists.set(list, [claim]);
    else if (!known.includes(claim)) known.push(claim);
  }
  return lists;
}

function ownNames({ names }: Entity): readonly Claim[] {
  return names.flatMap(({ claims }) => claims);
}
