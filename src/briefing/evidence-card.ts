import type { Action, Item, Section, Text } from '../cards/card.ts';
import type { Predicate } from '../domain/record.ts';
import { predicates } from '../domain/record.ts';
import { isAllowed, stricter, strictest, tlpLabel } from '../domain/tlp.ts';
import type { Knowledge, Withheld } from '../knowledge/types.ts';
import { toAnswerEntity } from './answer-entity.ts';
import { take } from './composer.ts';
import { askAction, questionActions } from './entity-actions.ts';
import {
  compareEvidence,
  type EvidenceReport,
  type EvidenceToday,
  type FactThen,
} from './evidence-compare.ts';
import { createEvidenceNotes, type EvidenceNotes, keptNotes } from './evidence-notes.ts';
import type { KeptEvidence } from './evidence-types.ts';
import { finishCard, nothingWithheld } from './finish-card.ts';
import { bold, counted, joinTexts, plain, shorten, stated } from './text.ts';
import type { Answer, Fact } from './types.ts';

const shownGone = 12;
const shownFacts = 8;
const maxNameChars = 200;

/** What an answer rested on when it was given, and what became of that. */
export function evidenceAnswer(
  evidence: KeptEvidence,
  today: EvidenceToday,
  { now, whole }: { readonly now: Date; readonly whole: boolean },
): Answer {
  const { id, answer } = evidence;
  const { knowledge } = today;
  const report = compareEvidence(answer, today);
  const notes = createEvidenceNotes(knowledge);
  const listed = factSections(report, notes, knowledge, whole);
  const kept = keptNotes(answer.notes, today.ceiling);
  const withheld = addHidden(report.withheld, kept.hidden);
  const question = `why ${id}`;
  const card = finishCard(
    {
      title: `Evidence ${id}`,
      subtitle: [plain(`Answered ${minute(evidence.at)} UTC, for up to ${tlpLabel(evidence.ceiling)}`)],
      sections: [
        whatSection(evidence, report, today),
        sinceSection(evidence, report),
        goneSection(report, notes, knowledge, whole),
        ...listed,
      ],
      actions: [...entityActionsOf(report, evidence), ...questionActions(question)],
      withheld,
      fallbackText: `What the answer ${id} rested on.`,
    },
    knowledge,
    now,
  );
  return {
    question,
    outcome: 'answer',
    answers: report.entities.flatMap(({ entity }) => (entity === undefined ? [] : [toAnswerEntity(entity)])),
    suggestions: [],
    facts: report.facts.map(toFact),
    withheld,
    card: {
      ...card,
      marking: strictest([notes.marking(), ...kept.shown.map(({ marking }) => marking)]) ?? 'clear',
      sources: [...notes.notes(), ...kept.shown],
    },
  };
}

/** No evidence of that id is known in the workspace. */
export function noEvidenceAnswer(id: string, knowledge: Knowledge, now: Date, keptDays: number): Answer {
  const text = `No answer ${id} is kept here. Evidence is kept for ${counted(keptDays, 'day')}, and only in the workspace in which it was shown.`;
  return {
    question: `why ${id}`,
    outcome: 'not-found',
    answers: [],
    suggestions: [],
    facts: [],
    withheld: nothingWithheld,
    card: finishCard(
      {
        title: 'No such evidence',
        sections: [{ type: 'text', id: 'nothing', rank: 0, paragraphs: [[plain(text)]] }],
        fallbackText: 'There is no such evidence here.',
      },
      knowledge,
      now,
    ),
  };
}

function addHidden(withheld: Withheld, hidden: readonly Withheld['highest'][]): Withheld {
  const markings = hidden.filter((marking) => marking !== null);
  if (markings.length === 0) return withheld;
  const all = withheld.highest === null ? markings : [...markings, withheld.highest];
  return { count: withheld.count + markings.length, highest: strictest(all) ?? null };
}

/** What was asked, where the reader may know that: its words may name what is marked higher by now. */
function whatSection(
  { question, answer, ceiling }: KeptEvidence,
  { entities, isWhole }: EvidenceReport,
  today: EvidenceToday,
): Section {
  const mayTell = isWhole && isAllowed(ceiling, today.ceiling) && entities.length === answer.entities.length;
  const asked: Text =
    question === null
      ? [plain('What was asked is not kept.')]
      : mayTell
        ? [bold('Asked: '), plain(shorten(question, 300))]
        : [plain('What was asked is not told here: it may name what is marked higher.')];
  const shown = entities.slice(0, 5).map(({ name }): Text => [plain(shorten(name, maxNameChars))]);
  const more = answer.entityCount - shown.length;
  const on: Text = shown.length === 0 ? [] : [plain(', on '), ...joinTexts(shown)];
  const rested =
    answer.factCount > 0
      ? `It rested on ${counted(answer.factCount, 'statement')}`
      : `It rested on ${counted(answer.notes.length, 'source')}`;
  const cut =
    answer.facts.length < answer.factCount ? ` The first ${answer.facts.length} of them are kept.` : '';
  const rest = more > 0 && shown.length > 0 ? ` and ${more} more` : '';
  return {
    type: 'text',
    id: 'what',
    rank: 0,
    paragraphs: [asked, [plain(rested), ...on, plain(`${rest}.${cut}`)]],
  };
}

function sinceSection({ answer }: KeptEvidence, { facts }: EvidenceReport): Section | undefined {
  if (answer.factCount === 0) return undefined;
  const gone = facts.filter(({ isGone }) => isGone).length;
  const sources = facts.flatMap((fact) => fact.sources);
  const dropped = facts
    .filter(({ isGone }) => !isGone)
    .flatMap((fact) => fact.sources)
    .filter(({ now }) => now === undefined).length;
  const raised = sources.filter(({ source, now }) => now !== undefined && now !== source.tlp).length;
  const parts = [
    gone === 0
      ? `All ${counted(facts.length, 'statement')} that may be told here still stand.`
      : `${counted(facts.length - gone, 'statement')} of ${facts.length} still stand; ${gone} ${gone === 1 ? 'is' : 'are'} made no more.`,
    dropped === 0 ? '' : `${counted(dropped, 'source')} fewer for statements that still stand.`,
    raised === 0 ? '' : `${counted(raised, 'marking')} changed.`,
  ].filter((part) => part !== '');
  return {
    type: 'text',
    id: 'since',
    heading: 'Since then',
    rank: 0,
    paragraphs: [[plain(parts.join(' '))]],
  };
}

function goneSection(
  { facts }: EvidenceReport,
  notes: EvidenceNotes,
  knowledge: Knowledge,
  whole: boolean,
): Section | undefined {
  const gone = facts.filter(({ isGone }) => isGone);
  if (gone.length === 0) return undefined;
  const { shown, total } = take({ whole }, gone, shownGone);
  const items = shown.map((fact) => factItem(fact, notes, knowledge, true));
  return { type: 'list', id: 'gone', heading: 'Made no more', rank: 1, items, ...total };
}

const headings: Readonly<Record<Predicate, string>> = {
  name: 'Names',
  alias: 'Other names',
  'attributed-to': 'Attributed to',
  'targets-sector': 'Target sectors',
  'targets-region': 'Target regions',
  motivation: 'Motivation',
  'active-since': 'Active since',
  'last-seen': 'Last seen',
  uses: 'Uses',
  exploits: 'Exploits',
  description: 'Descriptions',
  reference: 'References',
  'reported-in': 'Reported in',
  'related-to': 'Related to',
  tactic: 'Tactics',
  platform: 'Platforms',
  detail: 'Details',
};

function factSections(
  { facts, entities }: EvidenceReport,
  notes: EvidenceNotes,
  knowledge: Knowledge,
  whole: boolean,
): readonly Section[] {
  const main = entities[0]?.entity?.id;
  return predicates.flatMap((predicate): Section[] => {
    const own = facts.filter(({ fact, isGone }) => fact.predicate === predicate && !isGone);
    if (own.length === 0) return [];
    const { shown, total } = take({ whole }, own, shownFacts);
    const items = shown.map((fact) => factItem(fact, notes, knowledge, fact.fact.subject !== main));
    return [
      { type: 'list', id: `then-of-${predicate}`, heading: headings[predicate], rank: 3, items, ...total },
    ];
  });
}

/** What was said, by whom, with its marking where that is more than CLEAR, and how it changed. */
function factItem(
  { fact, name, sources }: FactThen,
  notes: EvidenceNotes,
  knowledge: Knowledge,
  withSubject: boolean,
): Item {
  const subject = knowledge.entity(fact.subject)?.name;
  const about = withSubject && subject !== undefined ? `${shorten(subject, maxNameChars)}: ` : '';
  const [first] = sources;
  const reference = sources.length === 1 ? (first?.source.reference ?? undefined) : undefined;
  const then = strictest(sources.map(({ source }) => source.tlp)) ?? 'clear';
  const now = sources.reduce((level, { marking }) => stricter(level, marking), then);
  const marks = [
    now === 'clear' ? undefined : tlpLabel(now),
    now === then ? undefined : `${tlpLabel(then)} then`,
  ].filter((mark) => mark !== undefined);
  const relation = fact.object.parts?.['relation'];
  const details = [relation === 'same-as' ? undefined : relation, ...marks].filter(
    (part) => part !== undefined,
  );
  return {
    text: [
      plain(about),
      stated(shorten(name, maxNameChars), notes.cite(sources), reference),
      plain(details.length === 0 ? '' : ` (${details.join(', ')})`),
    ].filter(({ text }) => text !== ''),
  };
}

function entityActionsOf({ entities }: EvidenceReport, { at }: KeptEvidence): readonly Action[] {
  const entity = entities[0]?.entity;
  if (entity === undefined) return [];
  const brief: Action = {
    type: 'command',
    label: 'Briefing Now',
    value: { verb: 'brief', entity: entity.id },
  };
  return [brief, askAction('What Changed Since', `diff ${entity.id} since ${at.toISOString()}`)];
}

function toFact({ fact, name, sources }: FactThen): Fact {
  const { id, parts } = fact.object;
  return {
    subject: fact.subject,
    predicate: fact.predicate,
    object: { ...parts, ...(id === undefined ? {} : { id }), name },
    sources: sources.map(({ source, marking }) => ({ ...source, tlp: marking })),
  };
}

/** `2026-11-23 02:04` */
function minute(at: Date): string {
  return at.toISOString().slice(0, 16).replace('T', ' ');
}
