import { knownConnections } from '../../briefing/connections-section.ts';
import type { AnswerContext } from '../../briefing/context.ts';
import { parseWindow, type Span } from '../../briefing/diff-time.ts';
import { labelOf } from '../../briefing/labels.ts';
import { timeIn } from '../../briefing/time-in.ts';
import { auditCard } from '../audit-card.ts';
import { placeIdOf } from '../audit-entry.ts';
import type { AuditReader } from '../audit-reader.ts';
import { bareId } from '../audit-told.ts';
import { messageCard, notAllowedCard, usageCard } from '../message-cards.ts';
import { zoneOf } from '../reader-zone.ts';
import { textSection } from '../subscription-cards.ts';
import type { Place } from '../types.ts';
import { type AuditInput, readAudit } from './audit-read.ts';
import { type Command, type CommandContext, defineCommand } from './types.ts';
import { namedReply } from './with-names.ts';

const perPage = 8;

export const auditCommand: Command = defineCommand<AuditInput>({
  name: 'audit',
  summary:
    'Who asked what here, what was shown, who changed what; in a direct message, to those who may see it.',
  usage: 'audit [7d | since DATE [until DATE]] [actor ACTOR] [person ID | me] [place ID | here]',
  examples: ['audit', 'audit 7d', 'audit actor APT39', 'audit here', 'audit since yesterday person me'],
  needs: 'audit',
  parse: readAudit,
  run: async (input, context) => {
    const { auditReader, desk, place, person } = context;
    const answering = await desk.contextAt(place.ceiling);
    const { now, knowledge } = answering;
    // Who did what is nobody else's to read, and a card elsewhere may be shared.
    if (place.kind !== 'direct') {
      return { card: notAllowedCard(askDirectly(input, place), now), audience: 'asker', outcome: 'refused' };
    }
    if (auditReader === undefined) {
      const card = messageCard('Audit', [textSection('what', 'What is asked is not kept here.')], now);
      return { card, audience: 'asker' };
    }
    const filter = readFilter(input, answering, context);
    if (typeof filter === 'string') {
      return { card: usageCard(auditCommand, filter, now), audience: 'asker' };
    }
    const [zone, connections] = await Promise.all([zoneOf(context), desk.connections()]);
    const page = await readPage(auditReader, filter, input.page, place);
    const known = knownConnections(connections, [...knowledge.sources.values()], place.ceiling);
    const sources = new Set(known.map(({ connection }) => connection.name));
    const { card, named } = auditCard({
      page,
      number: input.page,
      reading: { knowledge, ceiling: place.ceiling, person, maySeeSource: (name) => sources.has(name) },
      about: aboutText(filter, zone),
      zone,
      now,
      question: (number) => questionOf(filter, number),
    });
    const ids = filter.entity === undefined ? named : [...named, filter.entity.id];
    const reply = await namedReply(card, ids, context);
    return { ...reply, audience: input.page === 0 ? 'asker' : 'replace' };
  },
});

/** What is asked for, read for who asks and where. */
interface AuditFilter {
  readonly window: Span;
  readonly entity?: { readonly id: string; readonly ids: readonly string[]; readonly label: string };
  readonly person?: string;
  readonly place?: string;
}

function readPage(
  reader: AuditReader,
  { window, entity, person, place }: AuditFilter,
  page: number,
  from: Place,
): ReturnType<AuditReader['read']> {
  return reader.read({
    from,
    since: window.from,
    until: window.to,
    ...(entity === undefined ? {} : { entities: entity.ids }),
    ...(person === undefined ? {} : { person }),
    ...(place === undefined ? {} : { place }),
    page,
    perPage,
  });
}

/** Where to ask instead, with the words for it. */
function askDirectly({ place: wanted }: AuditInput, place: Place): string {
  const words = wanted === 'here' ? `audit place ${bareId(placeIdOf(place))}` : 'audit';
  return `The audit is told in a direct message only: write “${words}” to me there.`;
}

/** The filter, or what is wrong with it. */
function readFilter(
  input: AuditInput,
  answering: AnswerContext,
  context: CommandContext,
): AuditFilter | string {
  const parsed = parseWindow(input.since, input.until, answering.now);
  if (parsed.kind === 'bad') return parsed.problem;
  const entity = input.actor === undefined ? undefined : entityNamed(input.actor, answering);
  if (typeof entity === 'string') return entity;
  const person = input.person === undefined ? undefined : personNamed(input.person, context);
  if (person === null) return personHelp(context.place);
  const place = input.place === 'here' ? placeIdOf(context.place) : input.place?.replace(/^[<#]+|>$/g, '');
  // Whoever turns pages is noted, too: without this very moment the pages stay what they are.
  const window = { ...parsed.window, to: Math.min(parsed.window.to, answering.now.getTime()) };
  return {
    window,
    ...(entity === undefined ? {} : { entity }),
    ...(person === undefined ? {} : { person }),
    ...(place === undefined ? {} : { place }),
  };
}

/** What a name or an id means to the reader, with every id under which it may have been noted; or what is wrong with it. */
function entityNamed(text: string, { knowledge, index }: AnswerContext): AuditFilter['entity'] | string {
  const name = text.slice(0, 200);
  const lookup = index.lookup(name);
  const found =
    knowledge.entity(name) ??
    (lookup.kind === 'found' ? knowledge.entity(lookup.match.entity.id) : undefined);
  if (found !== undefined) {
    return { id: found.id, ids: [found.id, ...found.otherIds], label: labelOf(found) };
  }
  const near = lookup.kind === 'ambiguous' ? lookup.matches.map((one) => one.entity.name).slice(0, 5) : [];
  const hint = near.length === 0 ? 'Give another name, or an id.' : `It may be ${near.join(', ')}.`;
  return `“${name.slice(0, 60)}” names nothing for sure. ${hint}`;
}

const slackPerson = /^(?:[A-Z0-9]+\/)?[UW][A-Z0-9]{1,30}$/;

/** The id of a person as it is kept, from a mention or an id; null for what is neither. */
function personNamed(text: string, { place, person }: CommandContext): string | null {
  if (/^me$/i.test(text)) return person;
  const id = text.replace(/^[<@]+|>$/g, '');
  if (place.platform === 'slack') {
    const upper = id.toUpperCase();
    return slackPerson.test(upper) ? upper : null;
  }
  return /^\S{1,200}$/.test(id) ? id : null;
}

function personHelp({ platform }: Place): string {
  return platform === 'slack'
    ? 'Name the person by a mention in a message to me, or by the id behind “Copy member ID” in their profile.'
    : 'Name the person by a mention, or by the id that stands in the audit.';
}

function aboutText({ window, entity, person, place }: AuditFilter, zone: string): string {
  return [
    `${timeIn(zone, window.from)} to ${timeIn(zone, window.to - 1)}`,
    ...(entity === undefined ? [] : [entity.label]),
    ...(person === undefined ? [] : [`by ${bareId(person)}`]),
    ...(place === undefined ? [] : [`in ${bareId(place)}`]),
  ].join(', ');
}

/** The same with fixed times and ids, so that pages agree whatever is asked meanwhile. */
function questionOf({ window, entity, person, place }: AuditFilter, page: number): string {
  return [
    `audit since ${new Date(window.from).toISOString()} until ${new Date(window.to - 1).toISOString()}`,
    ...(entity === undefined ? [] : [`actor ${entity.id}`]),
    ...(person === undefined ? [] : [`person ${person}`]),
    ...(place === undefined ? [] : [`place ${place}`]),
    ...(page === 0 ? [] : [`page ${page + 1}`]),
  ].join(' ');
}
