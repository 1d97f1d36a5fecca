import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { nameKey, parseAttackId } from '../../../src/domain/name-key.ts';
import type { EntityType } from '../../../src/domain/entity-type.ts';
import type { StixId } from '../../../src/domain/stix-id.ts';
import type { SearchEntity } from '../../../src/search/types.ts';
import { corpusPath } from '../../helpers/corpus.ts';

interface Draft {
  readonly id: string;
  readonly type: EntityType;
  readonly name: string;
  readonly aliases: Set<string>;
  readonly externalIds: Set<string>;
  readonly otherIds: Set<string>;
}

interface AttackObject {
  readonly id: string;
  readonly type: string;
  readonly name?: string;
  readonly aliases?: readonly string[];
  readonly x_mitre_aliases?: readonly string[];
  readonly revoked?: boolean;
  readonly external_references?: readonly { readonly source_name: string; readonly external_id?: string }[];
}

interface Cluster {
  readonly uuid: string;
  readonly value: string;
  readonly meta?: { readonly synonyms?: readonly string[] };
}

const softwareGalaxies = [
  'malpedia.json.gz',
  'tool.json',
  'ransomware.json.gz',
  'rat.json',
  'backdoor.json',
  'stealer.json',
  'botnet.json',
  'banker.json',
] as const;

const attackTypes: ReadonlySet<string> = new Set(['intrusion-set', 'malware', 'tool', 'attack-pattern', 'campaign']);

/** The corpus as search entities, joined by ATT&CK id and by equal main name: what the index is measured on. */
export function corpusEntities(): readonly SearchEntity[] {
  const drafts: Draft[] = [];
  const byKey = new Map<string, Draft>();
  addAttack(drafts, byKey);
  for (const cluster of clusters('threat-actor.json')) addCluster(drafts, byKey, cluster, 'intrusion-set');
  for (const file of softwareGalaxies) {
    for (const cluster of clusters(file)) addCluster(drafts, byKey, cluster, 'malware');
  }
  return drafts.map((draft) => ({
    id: draft.id as StixId,
    type: draft.type,
    name: draft.name,
    aliases: [...draft.aliases].filter((alias) => alias !== draft.name),
    externalIds: [...draft.externalIds],
    otherIds: [...draft.otherIds] as StixId[],
  }));
}

function readJson(...parts: readonly string[]): unknown {
  const bytes = readFileSync(corpusPath(...parts));
  return JSON.parse((parts.at(-1)?.endsWith('.gz') === true ? gunzipSync(bytes) : bytes).toString('utf8'));
}

function clusters(file: string): readonly Cluster[] {
  return (readJson('misp-galaxy', 'clusters', file) as { readonly values: readonly Cluster[] }).values;
}

function addAttack(drafts: Draft[], byKey: Map<string, Draft>): void {
  const bundle = readJson('mitre-attack', 'enterprise-attack-18.1.stix20.assembled.json.gz') as {
    readonly objects: readonly AttackObject[];
  };
  for (const object of bundle.objects) {
    if (!attackTypes.has(object.type) || object.revoked === true || object.name === undefined) continue;
    const externalId = object.external_references?.find((reference) => reference.source_name.startsWith('mitre'))?.external_id;
    const draft: Draft = {
      id: object.id,
      type: object.type as EntityType,
      name: object.name,
      aliases: new Set([...(object.aliases ?? []), ...(object.x_mitre_aliases ?? [])]),
      externalIds: new Set(externalId === undefined ? [] : [externalId]),
      otherIds: new Set(),
    };
    drafts.push(draft);
    if (externalId !== undefined) byKey.set(externalId, draft);
    byKey.set(`${draft.type === 'tool' ? 'malware' : draft.type} ${nameKey(draft.name)}`, draft);
  }
}

function addCluster(drafts: Draft[], byKey: Map<string, Draft>, cluster: Cluster, type: EntityType): void {
  const synonyms = cluster.meta?.synonyms ?? [];
  const names = synonyms.map((name) => name.trim()).filter((name) => parseAttackId(name) === undefined);
  const known = byKey.get(`${type} ${nameKey(cluster.value)}`) ?? byAttackId(byKey, synonyms, type);
  const draft: Draft = known ?? {
    id: `${type}--${cluster.uuid}`,
    type,
    name: cluster.value,
    aliases: new Set(),
    externalIds: new Set(),
    otherIds: new Set(),
  };
  if (known === undefined) drafts.push(draft);
  else if (nameKey(known.name) !== nameKey(cluster.value)) draft.aliases.add(cluster.value);
  for (const name of names) draft.aliases.add(name);
  draft.externalIds.add(`misp:${cluster.uuid}`);
  byKey.set(`${type} ${nameKey(cluster.value)}`, draft);
}

function byAttackId(byKey: Map<string, Draft>, synonyms: readonly string[], type: EntityType): Draft | undefined {
  if (type !== 'intrusion-set') return undefined;
  const ids = synonyms.flatMap((name) => parseAttackId(name) ?? []);
  return ids.length === 1 ? byKey.get(ids[0] ?? '') : undefined;
}
