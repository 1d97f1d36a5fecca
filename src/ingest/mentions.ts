import type { EntityRef, RecordClaim, SourceRecord } from '../domain/record.ts';
import type { SourceInfo } from '../domain/source.ts';
import type { Mention, SpotMentions } from './types.ts';

/**
 * The record without its words to be searched, and with a `reported-in` claim marked as mentioned for each thing that
 * they name and that the record does not name already, by id or by name.
 */
export async function withMentions(
  record: SourceRecord,
  source: SourceInfo,
  spot: SpotMentions | undefined,
): Promise<SourceRecord> {
  const { mentionsIn, ...rest } = record;
  if (mentionsIn === undefined || spot === undefined) return rest;
  const mentions = await spot(mentionsIn, record.marking?.tlp ?? source.defaultMarking);
  const named = namedIn(rest);
  const found = mentions.filter((mention) => !isNamed(mention, named));
  return found.length === 0 ? rest : { ...rest, claims: [...rest.claims, ...found.map(toClaim)] };
}

/** A CVE id is the same everywhere, known here or not: the id that it has here is not. */
function toClaim({ type, id, name, create = false }: Mention): RecordClaim {
  const own = type === 'vulnerability' ? { externalId: name } : { id };
  return {
    predicate: 'reported-in',
    mentioned: true,
    subject: { types: [type], ...own, name, create },
  };
}

/** Ids and names, in lower case, of what the record points to, itself included. */
function namedIn({ entity, claims }: SourceRecord): ReadonlySet<string> {
  const refs: readonly (EntityRef | undefined)[] = claims.flatMap((claim) => [
    claim.subject,
    'target' in claim ? claim.target : undefined,
  ]);
  const named = refs.flatMap((ref) =>
    ref === undefined ? [] : [ref.id, ref.uuid, ...ref.types.map((type) => nameIn(type, ref.name))],
  );
  const own = entity === undefined ? [] : [entity.id, nameIn(entity.type, entity.name)];
  return new Set([...named, ...own].flatMap((text) => (text === undefined ? [] : [text.toLowerCase()])));
}

function isNamed({ type, id, name }: Mention, named: ReadonlySet<string>): boolean {
  const uuid = id.slice(id.indexOf('--') + 2);
  return [id, uuid, nameIn(type, name)].some((text) => text !== undefined && named.has(text.toLowerCase()));
}

function nameIn(type: string, name: string | undefined): string | undefined {
  return name === undefined ? undefined : `${type} ${name.trim()}`;
}
