import type { EntityType } from '../../domain/entity-type.ts';
import type { RecordClaim, SourceRecord } from '../../domain/record.ts';
import { stixIdFromUuid } from '../../domain/stix-id.ts';
import { assertNever } from '../../support/assert-never.ts';
import { distinctClaims } from '../distinct-claims.ts';
import { looseDate } from '../misp-galaxy/loose-date.ts';
import { recordIdOfName } from '../record-id.ts';
import {
  attackIdsIn,
  countryPart,
  eventClaims,
  firstSeenClaims,
  linkClaims,
  motivationClaims,
  originClaims,
  readNames,
  sectorPart,
  toolPart,
} from './claims.ts';
import type { ActorCard, Card, ToolCard } from './schema.ts';
import { linkedCards, plainCardText } from './text.ts';

/** Turns a card into a record. Total: what has no predicate stays as a tag. */
export function cardToRecord(card: Card): SourceRecord {
  switch (card.kind) {
    case 'actor':
      return actorRecord(card.card);
    case 'tool':
      return toolRecord(card.card);
    default:
      return assertNever(card);
  }
}

function actorRecord(card: ActorCard): SourceRecord {
  const [name, names] = readNames(card.actor, card.names);
  const sectors = sectorPart(card['observed-sectors']);
  const countries = countryPart(card['observed-countries']);
  const tools = toolPart(card.tools);
  const claims = [
    ...names,
    ...originClaims(card.country, card.sponsor),
    ...motivationClaims(card.motivation),
    ...firstSeenClaims(card['first-seen']),
    ...sectors.claims,
    ...countries.claims,
    ...tools.claims,
    ...linkedCards(card.description),
    ...descriptionClaims(card.description),
    ...eventClaims('Operation', card.operations),
    ...eventClaims('Action against it', card['counter-operations']),
    ...linkClaims(card.information),
  ];
  return record('intrusion-set', 'groups', name, card, claims, [
    ...sectors.tags,
    ...countries.tags,
    ...tools.tags,
  ]);
}

function toolRecord(card: ToolCard): SourceRecord {
  const [name, names] = readNames(card.tool, card.names);
  const type: EntityType = /^malware/i.test(card.category) ? 'malware' : 'tool';
  const claims = [
    ...names,
    ...card.type.map((text): RecordClaim => ({ predicate: 'platform', text: text.slice(0, 100) })),
    ...linkedCards(card.description),
    ...descriptionClaims(card.description),
    ...linkClaims(card.information),
    ...linkClaims(card.malpedia, 'Malpedia'),
    ...linkClaims(card['alienvault-otx'], 'AlienVault OTX'),
  ];
  return record(type, 'tools', name, card, claims, []);
}

function record(
  type: EntityType,
  collection: string,
  name: string,
  card: ActorCard | ToolCard,
  claims: readonly RecordClaim[],
  tags: readonly string[],
): SourceRecord {
  const id = card.uuid === undefined ? undefined : stixIdFromUuid(type, card.uuid);
  const letter = collection === 'groups' ? 'G' : 'S';
  const claimedIds = attackIdsIn(card['mitre-attack']).filter((one) => one.startsWith(letter));
  const modified = looseDate(card['last-card-change']);
  return {
    externalId: card.uuid ?? recordIdOfName(name),
    title: name,
    collection,
    entity: {
      type,
      ...(id === undefined ? {} : { id }),
      name,
      externalIds: [],
      ...(claimedIds.length === 0 ? {} : { claimedIds }),
    },
    url: cardUrl(card.uuid),
    ...(modified === undefined ? {} : { modified }),
    claims: distinctClaims([
      ...claims,
      ...linkClaims(card['mitre-attack'], 'ATT&CK'),
      ...linkClaims(card.playbook, 'Playbook'),
    ]),
    ...(tags.length === 0 ? {} : { tags }),
  };
}

/** The card's page; the front page where the card has no uuid to find it by. */
function cardUrl(uuid: string | undefined): string {
  return uuid === undefined
    ? 'https://apt.etda.or.th/'
    : `https://apt.etda.or.th/cgi-bin/showcard.cgi?u=${uuid}`;
}

function descriptionClaims(written: string): readonly RecordClaim[] {
  const text = plainCardText(written);
  return text.length < 20 ? [] : [{ predicate: 'description', text, section: 'overview' }];
}
