import { parseAttackId } from '../domain/name-key.ts';
import { strictest } from '../domain/tlp.ts';
import type { Claim, Entity, Knowledge } from '../knowledge/types.ts';
import { assertNever } from '../support/assert-never.ts';
import {
  type ReferenceOut,
  referencesOf,
  type StixBook,
  type StixOut,
  timesOf,
  timestamp,
} from './stix-book.ts';

/**
 * Puts an entity into the bundle and gives back its id; undefined for kinds that no object of STIX can stand for without
 * more than its name (indicators). `whole`: with all that is stated about it; otherwise its names and ids.
 */
export function putEntity(
  entity: Entity,
  book: StixBook,
  options: { readonly whole: boolean; readonly subject?: string; readonly fallback?: readonly Claim[] },
): string | undefined {
  if (entity.type === 'indicator') return undefined;
  if (book.has(entity.id)) return entity.id;
  const { knowledge } = book;
  const claims = knowledge.claims(entity.id);
  const shaping = options.whole ? claims.filter(isShaping) : namingClaims(claims);
  const said = shaping.length > 0 ? shaping : (options.fallback ?? []);
  const decided = (entity.decisions ?? []).flatMap(({ marking }) => marking ?? []);
  const marking = strictest([...said.map(({ provenance }) => provenance.marking), ...decided]);
  return book.put({
    type: entity.type,
    spec_version: '2.1',
    id: entity.id,
    ...timesOf(said, knowledge),
    name: entity.name.toWellFormed(),
    ...typeProperties(entity, claims, knowledge, options),
    ...(entity.deprecated ? { revoked: true } : {}),
    external_references: entityReferences(entity, said, knowledge),
    object_marking_refs: book.marking(marking ?? knowledge.ceiling),
  });
}

/** What an object's own properties are made of; everything else becomes relationships, notes and reports. */
function isShaping({ predicate, given }: Claim): boolean {
  return (
    ['name', 'description', 'motivation', 'tactic', 'active-since', 'last-seen', 'reference'].includes(
      predicate,
    ) ||
    (given.predicate === 'alias' && given.relation === 'same-as')
  );
}

/** The widest claims to its name: enough to name it, and no stricter than need be. */
function namingClaims(claims: readonly Claim[]): readonly Claim[] {
  return claims.filter(({ predicate }) => predicate === 'name').slice(0, 1);
}

interface TypeOptions {
  readonly whole: boolean;
  readonly subject?: string;
}

function typeProperties(
  entity: Entity,
  claims: readonly Claim[],
  knowledge: Knowledge,
  { whole, subject }: TypeOptions,
): Omit<StixOut, 'type' | 'id'> {
  const known = whole ? claims : [];
  const described = describe(known);
  switch (entity.type) {
    case 'intrusion-set':
      return { ...described, ...aliases(entity, known), ...seen(known), ...motivations(known) };
    case 'malware':
      return { is_family: true, ...described, ...aliases(entity, known), ...seen(known) };
    case 'tool':
      return { ...described, ...aliases(entity, known) };
    case 'attack-pattern':
      return { ...described, ...aliases(entity, known), ...phases(known) };
    case 'campaign':
      return { ...described, ...aliases(entity, known), ...seen(known) };
    case 'vulnerability':
      return described;
    case 'report': {
      const refs = subject === undefined ? [] : [subject];
      return { ...described, published: publishedAt(entity, claims, knowledge), object_refs: refs };
    }
    case 'indicator':
      return {};
    default:
      return assertNever(entity.type);
  }
}

/** The date of the report's own record, else the earliest at which something of it was stated. */
function publishedAt(entity: Entity, claims: readonly Claim[], knowledge: Knowledge): string {
  const [record] = entity.records.flatMap((key) => knowledge.record(key) ?? []);
  return timestamp(record?.date) ?? timesOf(claims, knowledge).created;
}

function describe(claims: readonly Claim[]): { readonly description?: string } {
  const given = claims.find(
    ({ given: one }) => one.predicate === 'description' && one.section === 'overview',
  );
  const any = given ?? claims.find(({ predicate }) => predicate === 'description');
  return any === undefined ? {} : { description: any.value.toWellFormed() };
}

function aliases(entity: Entity, claims: readonly Claim[]): { readonly aliases?: readonly string[] } {
  if (claims.length === 0) return {};
  const names = entity.names
    .filter(({ kind, relation, text }) => kind === 'alias' && relation === 'same-as' && text !== entity.name)
    .map(({ text }) => text.toWellFormed());
  return names.length === 0 ? {} : { aliases: [...new Set(names)] };
}

/** Days only: of a year alone no point in time is stated, and a note says it as it was said. */
function seen(claims: readonly Claim[]): { readonly first_seen?: string; readonly last_seen?: string } {
  const dayIn = (predicate: string): string[] =>
    claims
      .filter((claim) => claim.predicate === predicate && isDay(claim.value))
      .flatMap(({ value }) => timestamp(value) ?? [])
      .sort();
  const first = dayIn('active-since')[0];
  const last = dayIn('last-seen').at(-1);
  return {
    ...(first === undefined ? {} : { first_seen: first }),
    ...(last === undefined || (first !== undefined && last < first) ? {} : { last_seen: last }),
  };
}

export function isDay(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}/.test(text);
}

function motivations(claims: readonly Claim[]): Readonly<Record<string, unknown>> {
  const words = claims
    .filter(({ predicate }) => predicate === 'motivation')
    .map(({ value }) => value.toWellFormed().trim().toLowerCase().replace(/\s+/g, '-'))
    .filter((word) => word !== '');
  const [primary, ...others] = [...new Set(words)];
  if (primary === undefined) return {};
  return { primary_motivation: primary, ...(others.length === 0 ? {} : { secondary_motivations: others }) };
}

function phases(claims: readonly Claim[]): Readonly<Record<string, unknown>> {
  const names = new Set(claims.filter(({ predicate }) => predicate === 'tactic').map(({ value }) => value));
  if (names.size === 0) return {};
  return {
    kill_chain_phases: [...names].map((phase_name) => ({ kill_chain_name: 'mitre-attack', phase_name })),
  };
}

function entityReferences(
  entity: Entity,
  claims: readonly Claim[],
  knowledge: Knowledge,
): readonly ReferenceOut[] {
  const ids = entity.externalIds.map(idReference);
  const read = claims.flatMap(({ given }): ReferenceOut[] =>
    given.predicate === 'reference'
      ? [
          {
            source_name: (given.title ?? 'reference').toWellFormed(),
            url: given.url.toWellFormed(),
          },
        ]
      : [],
  );
  return distinct([...ids, ...referencesOf(claims, knowledge), ...read]);
}

function idReference(id: string): ReferenceOut {
  if (id.startsWith('misp:')) return { source_name: 'misp', external_id: id.slice(5) };
  if (/^CVE-/i.test(id)) return { source_name: 'cve', external_id: id };
  return { source_name: parseAttackId(id) === undefined ? 'external' : 'mitre-attack', external_id: id };
}

function distinct(references: readonly ReferenceOut[]): readonly ReferenceOut[] {
  return [...new Map(references.map((one) => [JSON.stringify(one), one])).values()];
}
