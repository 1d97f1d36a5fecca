import type { EntityType } from '../../domain/entity-type.ts';
import type { RecordClaim, RecordEntity, SourceRecord } from '../../domain/record.ts';
import { attributionInProse } from './attribution.ts';
import {
  aliasClaims,
  descriptionClaims,
  motivationClaims,
  nameClaim,
  referenceClaims,
  seenClaims,
  textClaims,
} from './claims.ts';
import { type Context, commonPart } from './context.ts';
import { cveIn } from './reclassify.ts';
import { cleanName, entityIdOf, entityTypeOf, publishedIds, toRef } from './refs.ts';
import type {
  StixActor,
  StixCampaign,
  StixObject,
  StixSoftware,
  StixTechnique,
  StixVulnerability,
} from './schema.ts';
import { plainText } from './text.ts';

/** Intrusion sets and threat actors. What a producer filed under the type but is none keeps its facts. */
export function actorRecord(object: StixActor, context: Context): SourceRecord {
  const references = object.external_references ?? [];
  const aliases = [...(object.aliases ?? []), ...(object.x_mitre_aliases ?? [])];
  return entityRecord(object, object.name, context, [
    ...aliasClaims(object.name, aliases, references),
    ...proseAttribution(object, aliases, context),
    ...motivationClaims(
      object.primary_motivation,
      ...(object.secondary_motivations ?? []),
      ...(object.personal_motivations ?? []),
      ...(object.goals ?? []),
    ),
    ...seenClaims(object.first_seen, object.last_seen, references),
    ...descriptionClaims(object.description, 'overview'),
    ...referenceClaims(references),
  ]);
}

/** ATT&CK has no country field: its descriptions say it, and only theirs are worded alike enough to be read. */
function proseAttribution(
  object: StixActor,
  aliases: readonly string[],
  context: Context,
): readonly RecordClaim[] {
  if (context.survey.attack.domain === undefined || object.type !== 'intrusion-set') return [];
  const found = attributionInProse(plainText(object.description ?? ''), [object.name, ...aliases]);
  if (found === undefined) return [];
  return [{ predicate: 'attributed-to', country: found.country, text: found.text, quote: found.quote }];
}

export function softwareRecord(object: StixSoftware, name: string, context: Context): SourceRecord {
  const references = object.external_references ?? [];
  const aliases = [...(object.aliases ?? []), ...(object.x_mitre_aliases ?? [])];
  const kinds = [...(object.malware_types ?? []), ...(object.tool_types ?? []), ...(object.labels ?? [])];
  return entityRecord(object, name, context, [
    ...aliasClaims(name, aliases, references),
    ...textClaims('platform', [
      ...(object.x_mitre_platforms ?? []),
      ...kinds.filter((kind) => !['malware', 'tool', 'unknown'].includes(kind.toLowerCase())),
    ]),
    ...seenClaims(object.first_seen, undefined, references),
    ...descriptionClaims(object.description, 'overview'),
    ...referenceClaims(references),
  ]);
}

export function techniqueRecord(object: StixTechnique, context: Context): SourceRecord {
  const references = object.external_references ?? [];
  const tactics = (object.kill_chain_phases ?? []).filter((phase) =>
    phase.kill_chain_name.startsWith('mitre-'),
  );
  return entityRecord(object, object.name, context, [
    ...aliasClaims(object.name, object.aliases ?? [], references),
    ...textClaims(
      'tactic',
      tactics.map((phase) => phase.phase_name),
    ),
    ...textClaims('platform', object.x_mitre_platforms ?? []),
    ...descriptionClaims(object.description, 'overview'),
    ...referenceClaims(references),
  ]);
}

export function campaignRecord(object: StixCampaign, context: Context): SourceRecord {
  const references = object.external_references ?? [];
  return entityRecord(object, object.name, context, [
    ...aliasClaims(object.name, object.aliases ?? [], references),
    ...seenClaims(object.first_seen, object.last_seen, references, {
      first: object.x_mitre_first_seen_citation,
      last: object.x_mitre_last_seen_citation,
    }),
    ...motivationClaims(object.objective),
    ...descriptionClaims(object.description, 'overview'),
    ...referenceClaims(references),
  ]);
}

export function vulnerabilityRecord(object: StixVulnerability, context: Context): SourceRecord {
  const references = object.external_references ?? [];
  return entityRecord(object, object.name, context, [
    ...descriptionClaims(object.description, 'overview'),
    ...referenceClaims(references),
  ]);
}

/** The record of an object that describes an entity, with its name as the first claim. */
export function entityRecord(
  object: StixObject,
  name: string,
  context: Context,
  claims: readonly RecordClaim[],
): SourceRecord {
  const title = cleanName(name);
  const type = entityTypeOf(object.id, context.survey);
  if (type === undefined) throw new Error(`no entity type for ${object.id}`);
  const common = commonPart(object, context);
  const entity = entityOf(object, type, type === 'malware' ? title.replace(/\sMalware$/i, '') : title);
  const successor = context.survey.revokedBy.get(common.externalId);
  const revokedBy = successor === undefined ? undefined : toRef(successor, context.survey);
  const tags = object.type === 'malware' || object.type === 'tool' ? [] : (object.labels ?? []);
  return {
    ...common,
    title: entity.name,
    entity,
    // ATT&CK sometimes revokes by the relationship alone.
    ...(revokedBy === undefined ? {} : { revoked: true, revokedBy }),
    claims: [nameClaim(entity.name), ...claims],
    ...(tags.length === 0 ? {} : { tags }),
  };
}

function entityOf(object: StixObject, type: EntityType, name: string): RecordEntity {
  const id = entityIdOf(object.id, type);
  const published = publishedIds(object.external_references ?? []);
  const cve = type === 'vulnerability' ? cveIn(name) : undefined;
  const attackIds = published.filter((text) => attackPrefix[type]?.test(text) ?? true);
  // Several ids of one kind are a list of what the producer compares with, not the object's own.
  const own = attackIds.length > 1 && type === 'intrusion-set' ? [] : published;
  const claimed = published.filter((text) => !own.includes(text));
  const asWritten = object.id.trim().toLowerCase();
  const externalIds = [
    ...own,
    ...(cve === undefined || own.includes(cve) ? [] : [cve]),
    ...(id === asWritten ? [] : [asWritten]),
  ];
  return {
    type,
    ...(id === undefined ? {} : { id }),
    name,
    externalIds,
    ...(claimed.length === 0 ? {} : { claimedIds: claimed }),
  };
}

const attackPrefix: Readonly<Partial<Record<EntityType, RegExp>>> = {
  'intrusion-set': /^G\d/,
  malware: /^S\d/,
  tool: /^S\d/,
  'attack-pattern': /^(?:T\d|CAPEC-)/,
  campaign: /^C\d/,
  vulnerability: /^CVE-/,
};
