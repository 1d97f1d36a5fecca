import type { EntityType } from '../../domain/entity-type.ts';
import { parseAttackId } from '../../domain/name-key.ts';
import type { EntityRef, RecordClaim, RecordEntity, SourceRecord } from '../../domain/record.ts';
import { stixIdFromUuid } from '../../domain/stix-id.ts';
import { parseWebAddress } from '../../domain/web-address.ts';
import { assertNever } from '../../support/assert-never.ts';
import { distinctClaims } from '../distinct-claims.ts';
import { exploitedCves, exploitsClaim } from '../exploited-cves.ts';
import { isAttackGalaxy, typesToResolve } from '../galaxy-kinds.ts';
import { isJsonObject, ownValue, textsOf } from '../json-document.ts';
import { plainText } from '../stix/text.ts';
import { galaxyRef, parseGalaxyValue } from '../tags.ts';
import { readAttribution } from './attribution.ts';
import { looseDate } from './loose-date.ts';
import { type ReadAlias, readNames } from './names.ts';
import { readRelation } from './relations.ts';
import { type Cluster, type Meta, relationSchema } from './schema.ts';
import { readTargets } from './targets.ts';

export interface ClusterResult {
  readonly record: SourceRecord;
  /** What could not be read of it, each with the path inside the entry. */
  readonly notices: readonly { readonly path: string; readonly text: string }[];
}

const maxDescriptionChars = 20_000;
const attackPage = /^https:\/\/attack\.mitre\.org\/[a-z-]+((?:\/[A-Z0-9]+){1,2})\/?$/;

/** Turns one galaxy entry into a record. Total: what is odd in it becomes a notice. */
export function clusterToRecord(cluster: Cluster, galaxy: string, galaxyType: EntityType): ClusterResult {
  const meta = cluster.meta ?? {};
  const uuid = cluster.uuid.toLowerCase();
  const type = entityTypeOf(galaxyType, meta);
  const main = mainName(cluster.value, galaxy, type);
  const isActor = type === 'intrusion-set' || type === 'campaign';
  const names = readNames(main.name, main.aliases, meta, isActor);
  const id = stixIdFromUuid(type, uuid);
  const ownIds = ownExternalIds(galaxy, main.externalId, meta);
  const entity: RecordEntity = {
    type,
    ...(id === undefined ? {} : { id }),
    name: main.name,
    externalIds: [...ownIds, `misp:${uuid}`],
    ...(names.claimedIds.length === 0 ? {} : { claimedIds: names.claimedIds }),
  };
  const isMicrosoft = galaxy === 'microsoft-activity-group';
  const attribution = readAttribution(meta, { isMicrosoft });
  const targets = readTargets(meta, {
    sectorIsTarget: !isMicrosoft && ownValue(meta, 'microsoft-origin-threat') === undefined,
  });
  const self: EntityRef = {
    types: typesToResolve(type),
    uuid,
    ...(id === undefined ? {} : { id }),
    create: false,
  };
  const relations = readRelations(cluster, type, self);
  const url = recordUrl(galaxy, cluster.value, meta, ownIds);
  const tags = [...attribution.tags, ...targets.tags];
  const record: SourceRecord = {
    externalId: uuid,
    title: main.name,
    collection: galaxy,
    entity,
    ...(url === undefined ? {} : { url }),
    ...(cluster.revoked === true ? { revoked: true } : {}),
    ...(relations.revokedBy === undefined ? {} : { revokedBy: relations.revokedBy }),
    claims: distinctClaims([
      ...names.claims,
      ...attribution.claims,
      ...targets.claims,
      ...descriptionClaims(cluster.description),
      ...(isActor && !isAttackGalaxy(galaxy) ? exploitClaims(cluster.description) : []),
      ...dateClaims(meta),
      ...techniqueClaims(meta),
      ...platformClaims(meta),
      ...relations.claims,
      ...referenceClaims(meta),
    ]),
    ...(tags.length === 0 ? {} : { tags }),
  };
  return { record, notices: relations.notices };
}

/** "APT39 - G0087" of ATT&CK's galaxies, "海莲花 - APT-C-00" of 360.net's, else the value itself. */
function mainName(
  value: string,
  galaxy: string,
  type: EntityType,
): { name: string; externalId?: string; aliases: readonly ReadAlias[] } {
  if (isAttackGalaxy(galaxy)) {
    const { name = value, externalId } = parseGalaxyValue(value, type);
    return { name, ...(externalId === undefined ? {} : { externalId }), aliases: [] };
  }
  // Microsoft's own list: who coined its names stands in no entry.
  if (galaxy === 'microsoft-activity-group') {
    return { name: value, aliases: [{ text: value, relation: 'same-as', coinedBy: 'Microsoft' }] };
  }
  const code = galaxy === '360net-threat-actor' ? /^(.{1,100}) - (APT-C-\d{1,4})$/.exec(value) : null;
  if (code?.[1] !== undefined && code[2] !== undefined) {
    // A Latin name is what others know the actor by; three letters ("CIA", "CNC") are no name of an actor.
    const isName = /^[A-Za-z][A-Za-z ]{3,}$/.test(code[1]);
    const [name, other] = isName ? [code[1], code[2]] : [code[2], code[1]];
    const coined = { relation: 'same-as', coinedBy: 'Qihoo 360' } as const;
    return { name, aliases: [...(isName ? [] : [{ text: name, ...coined }]), { text: other, ...coined }] };
  }
  // Malpedia and others add the platform: "Mirai (ELF)".
  const platform =
    /^(.{1,200}?) \((?:ELF|Windows|Android|OS X|iOS|Linux|FreeBSD|PHP|JavaScript|Python|Java|Jar)\)$/.exec(
      value,
    );
  const aliases: readonly ReadAlias[] =
    platform?.[1] === undefined ? [] : [{ text: platform[1], relation: 'same-as' }];
  return { name: value, aliases };
}

/** An entry that is only an operation or a campaign is a campaign; a "tool" whose kind is malware is malware. */
function entityTypeOf(type: EntityType, meta: Meta): EntityType {
  if (type === 'intrusion-set') {
    const classes = textsOf(ownValue(meta, 'threat-actor-classification'));
    const isCampaign = classes.length > 0 && classes.every((text) => /^(?:operation|campaign)$/i.test(text));
    return isCampaign ? 'campaign' : type;
  }
  const isMalware =
    /backdoor|\brat\b|trojan|spyware|dropper|rootkit|banking|banker|worm|\bminer|loader|\bpws\b|ransom/i;
  return type === 'tool' && textsOf(ownValue(meta, 'type')).some((text) => isMalware.test(text))
    ? 'malware'
    : type;
}

function ownExternalIds(galaxy: string, fromValue: string | undefined, meta: Meta): readonly string[] {
  if (!isAttackGalaxy(galaxy)) return [];
  const written = textsOf(ownValue(meta, 'external_id')).flatMap((text) => parseAttackId(text) ?? []);
  return [...new Set([...written, ...(fromValue === undefined ? [] : [fromValue])])];
}

/**
 * The object's own page: the reference of ATT&CK's galaxies that leads to its id on ATT&CK's site, Malpedia's first
 * reference, else the galaxy's page of the type.
 */
function recordUrl(galaxy: string, value: string, meta: Meta, ownIds: readonly string[]): string | undefined {
  const refs = textsOf(ownValue(meta, 'refs'));
  if (isAttackGalaxy(galaxy)) {
    const paths = new Set(ownIds.map((id) => `/${id.replace('.', '/')}`));
    for (const text of refs) {
      const url = parseWebAddress(text);
      const page = url === undefined ? null : attackPage.exec(url);
      if (url !== undefined && page?.[1] !== undefined && paths.has(page[1])) return url;
    }
  }
  const own = galaxy === 'malpedia' && refs[0] !== undefined ? parseWebAddress(refs[0]) : undefined;
  if (own !== undefined) return own;
  if (!/^[a-z0-9-]+$/.test(galaxy)) return undefined;
  const anchor = value
    .toLowerCase()
    .replace(/[^a-z0-9\s_-]/g, '')
    .trim()
    .replace(/[\s-]+/g, '-');
  return `https://www.misp-galaxy.org/${galaxy}/${anchor === '' ? '' : `#${anchor}`}`;
}

/** The vulnerabilities that an actor's description says it exploited; ATT&CK itself tells them better than its mirror. */
function exploitClaims(description: string | undefined): readonly RecordClaim[] {
  const text = plainText(description?.slice(0, maxDescriptionChars) ?? '');
  return exploitedCves(text).map(({ id, quote }) => ({ ...exploitsClaim(id), quote }));
}

function descriptionClaims(description: string | undefined): readonly RecordClaim[] {
  const text = plainText(description?.slice(0, maxDescriptionChars) ?? '');
  // "Malware" and the like describe nothing.
  return text.length < 20 ? [] : [{ predicate: 'description', text, section: 'overview' }];
}

function dateClaims(meta: Meta): readonly RecordClaim[] {
  for (const key of ['since', 'date']) {
    const [text] = textsOf(ownValue(meta, key));
    const date = text === undefined ? undefined : looseDate(text);
    if (date !== undefined) return [{ predicate: 'active-since', text: date }];
  }
  return [];
}

/** Ransomware entries list techniques by name and id: "OS Credential Dumping - T1003". */
function techniqueClaims(meta: Meta): readonly RecordClaim[] {
  return ['TTP', 'ttp']
    .flatMap((key) => textsOf(ownValue(meta, key)))
    .map((text) => galaxyRef('attack-pattern', 'mitre-attack-pattern', text))
    .filter((target) => target.externalId !== undefined)
    .map((target) => ({ predicate: 'uses', target }));
}

function platformClaims(meta: Meta): readonly RecordClaim[] {
  const tactics = textsOf(ownValue(meta, 'kill_chain')).map((text) => text.slice(text.indexOf(':') + 1));
  return [
    ...tactics.map((text): RecordClaim => ({ predicate: 'tactic', text })),
    ...textsOf(ownValue(meta, 'mitre_platforms')).map(
      (text): RecordClaim => ({ predicate: 'platform', text }),
    ),
  ];
}

function referenceClaims(meta: Meta): readonly RecordClaim[] {
  return ['refs', 'references', 'sources', 'official-refs']
    .flatMap((key) => textsOf(ownValue(meta, key)))
    .flatMap((text): RecordClaim[] => {
      const url = parseWebAddress(text);
      return url === undefined ? [] : [{ predicate: 'reference', url }];
    });
}

function readRelations(
  cluster: Cluster,
  type: EntityType,
  self: EntityRef,
): { claims: readonly RecordClaim[]; revokedBy?: EntityRef; notices: ClusterResult['notices'] } {
  const claims: RecordClaim[] = [];
  const notices: { path: string; text: string }[] = [];
  let revokedBy: EntityRef | undefined;
  for (const [index, item] of (cluster.related ?? []).entries()) {
    const path = `related[${index}]`;
    const parsed = relationSchema.safeParse(item);
    if (!parsed.success || !isJsonObject(item)) {
      notices.push({ path, text: 'a relation without a valid dest-uuid and type is left out' });
      continue;
    }
    const read = readRelation(parsed.data, type, self);
    switch (read.kind) {
      case 'claim':
        claims.push(read.claim);
        break;
      case 'revoked-by':
        revokedBy ??= read.ref;
        break;
      case 'unknown':
        notices.push({ path, text: `a relation is left out: ${read.reason}` });
        break;
      default:
        assertNever(read);
    }
  }
  return { claims, ...(revokedBy === undefined ? {} : { revokedBy }), notices };
}
