import type { Action, Card, Section, Text } from '../cards/card.ts';
import { tlpLevels } from '../domain/tlp.ts';
import type { Knowledge, Withheld } from '../knowledge/types.ts';
import { AppError } from '../support/app-error.ts';
import { type CiteBook, createCiteBook } from './cites.ts';
import { digestEvents } from './digest-events.ts';
import { digestFallback, emptyFallback } from './digest-fallback.ts';
import { digestCeiling } from './digest-filter.ts';
import { shownFilters } from './digest-filter-shown.ts';
import { entryItem } from './digest-lines.ts';
import { rememberedAs } from './digest-memory.ts';
import { linesSection, missedText, restParagraphs, windowText } from './digest-notes.ts';
import { parentLines } from './digest-parent.ts';
import { digestQuestion } from './digest-question.ts';
import { rankEntries } from './digest-rank.ts';
import {
  type DigestEntry,
  type DigestSectionId,
  digestSectionIds,
  type Selection,
  selectEvents,
} from './digest-select.ts';
import { statementsOf } from './digest-statements.ts';
import type { ComposedDigest, DigestMessage, DigestRequest } from './digest-types.ts';
import { partAt, withheldIn } from './digest-withheld.ts';
import { askAction } from './entity-actions.ts';
import { finishCard, nothingWithheld } from './finish-card.ts';
import { plain } from './text.ts';

/** Most items of a section in one message, whatever happened, and of all of them: as many as Teams takes. */
const messageLimit = 8;
const messageLimits: Readonly<Record<DigestSectionId, number>> = {
  concerns: 6,
  reports: 4,
  profiles: 4,
  vulnerabilities: 3,
};
/** Most items of a section in a message of its own below a parent. */
const replyLimit = 10;
/** Up to this many items need no thread. */
const smallDigest = 4;

const headings: Readonly<Record<DigestSectionId, string>> = {
  concerns: 'Concerns us',
  reports: 'New and changed reports',
  profiles: 'Changed profiles',
  vulnerabilities: 'Exploited vulnerabilities',
};

/** The sections of a digest with their items, the foremost first. */
export interface Ranked {
  readonly id: DigestSectionId;
  readonly heading: string;
  readonly entries: readonly DigestEntry[];
}

/**
 * What a subscription is told of a window: what concerns us, new reports, changed profiles, exploited vulnerabilities,
 * and the rest counted; each event once, whatever many sources tell it, and nothing that was told already. The same
 * request gives the same messages.
 */
export function composeDigestMessages(request: DigestRequest): ComposedDigest {
  const { knowledge } = request;
  const ceiling = digestCeiling(request.ceiling, request.filters);
  if (tlpLevels.indexOf(knowledge.ceiling) > tlpLevels.indexOf(ceiling)) {
    throw new AppError('digest-ceiling', 'a digest is composed from more than its readers may know', {
      exitCode: 3,
    });
  }
  const { allowed, hidden } = partAt(request.changes, ceiling);
  const selection = selectEvents(allowed, request, knowledge);
  const sections = rankSections(selection, request);
  const withheld = withheldIn(hidden, request);
  const isNothing =
    sections.length === 0 &&
    selection.rest.length === 0 &&
    selection.others.length === 0 &&
    selection.newSources.length === 0;
  if (isNothing) {
    // That digests went missing is to be said, whatever else is not.
    return {
      isEmpty: request.missed.length === 0,
      messages: [emptyMessage(selection, withheld, request)],
      items: [],
    };
  }
  const limited = limitSections(sections, request);
  const messages =
    limited.isThread && request.whole !== true
      ? threadOf(limited.sections, selection, withheld, request)
      : [singleOf(limited.sections, selection, withheld, request)];
  // What is only counted was not told: another source's word on it is news.
  const items = limited.sections.flatMap(({ shown }) =>
    shown.map(({ event, before }) => ({
      key: event.key,
      hash: rememberedAs(statementsOf(event, knowledge), before),
    })),
  );
  return { isEmpty: false, messages, items };
}

/** The keys of every item that a window can hold, by which is looked up what was posted of them before. */
export function digestItemKeys(
  request: Pick<DigestRequest, 'changes' | 'knowledge' | 'ceiling' | 'filters'>,
): readonly string[] {
  const { allowed } = partAt(request.changes, digestCeiling(request.ceiling, request.filters));
  const { events } = digestEvents(allowed, request.knowledge);
  return [...new Set(events.flatMap(({ keys }) => keys))];
}

function rankSections({ entries }: Selection, { kind, knowledge }: DigestRequest): readonly Ranked[] {
  const bySection = Map.groupBy(entries, ({ section }) => section);
  return digestSectionIds.flatMap((id): readonly Ranked[] => {
    const mine = bySection.get(id) ?? [];
    if (mine.length === 0) return [];
    const heading = id === 'concerns' && kind === 'watch' ? 'Watched' : headings[id];
    return [{ id, heading, entries: rankEntries(mine, knowledge) }];
  });
}

interface Shown extends Ranked {
  readonly shown: readonly DigestEntry[];
}

function limitSections(
  sections: readonly Ranked[],
  { shape, whole }: DigestRequest,
): { readonly sections: readonly Shown[]; readonly isThread: boolean } {
  const count = sections.reduce((sum, { entries }) => sum + entries.length, 0);
  const isThread = shape === 'thread' && count > smallDigest;
  const limits = whole === true || isThread ? undefined : shareOut(sections);
  const most = whole === true ? count : replyLimit;
  return {
    isThread,
    sections: sections.map((section, at) => ({
      ...section,
      shown: section.entries.slice(0, limits?.[at] ?? most),
    })),
  };
}

/** How many items each section gets of one message: two for each, then the foremost sections as many as they take. */
function shareOut(sections: readonly Ranked[]): readonly number[] {
  const wanted = sections.map(({ id, entries }) => Math.min(entries.length, messageLimits[id]));
  const given = wanted.map((most) => Math.min(most, 2));
  let left = messageLimit - given.reduce((sum, count) => sum + count, 0);
  return given.map((count, at) => {
    const more = Math.min(left, (wanted[at] ?? 0) - count);
    left -= more;
    return count + more;
  });
}

function listSection({ id, heading, entries, shown }: Shown, knowledge: Knowledge, cites: CiteBook): Section {
  return {
    type: 'list',
    id,
    heading,
    rank: id === 'concerns' ? 1 : 2,
    items: shown.map((entry) => entryItem(entry, knowledge, cites)),
    ...(shown.length < entries.length ? { total: entries.length } : {}),
  };
}

function missedSection(request: DigestRequest): Section | undefined {
  const missed = missedText(request);
  return missed === undefined ? undefined : linesSection('missed', [[plain(missed)]], 0);
}

function titleOf({ kind }: DigestRequest): string {
  return kind === 'watch' ? 'What you watch has changed' : 'Digest';
}

function subtitle(request: DigestRequest): Text {
  const text = windowText(request);
  return [plain(`${text.charAt(0).toUpperCase()}${text.slice(1)}`)];
}

/** The first names the question that pages of the card are composed from. */
function digestActions(request: DigestRequest): readonly Action[] {
  const question = digestQuestion(request);
  return [
    ...(question === undefined
      ? []
      : [{ type: 'command', label: 'Show All', value: { verb: 'more', question } } as const]),
    ...(request.subscription === undefined ? [] : [askAction('Manage', 'list')]),
  ];
}

function singleOf(
  sections: readonly Shown[],
  selection: Selection,
  withheld: Withheld,
  request: DigestRequest,
): DigestMessage {
  const { knowledge, now } = request;
  const cites = createCiteBook(knowledge);
  const lists = sections.map((section) => listSection(section, knowledge, cites));
  noteMarkings(selection, request, cites);
  const card = finishCard(
    {
      title: titleOf(request),
      subtitle: subtitle(request),
      sections: [
        missedSection(request),
        ...lists,
        linesSection('rest', restParagraphs(selection, knowledge), 0),
      ],
      actions: digestActions(request),
      withheld,
      notice: digestFallback(sections, request),
    },
    knowledge,
    now,
    cites,
  );
  return { role: 'single', card };
}

/** A parent that counts and names what comes first, and below it a message for each section. */
function threadOf(
  sections: readonly Shown[],
  selection: Selection,
  withheld: Withheld,
  request: DigestRequest,
): readonly DigestMessage[] {
  const { knowledge, now } = request;
  const cites = createCiteBook(knowledge);
  const lines = parentLines(sections, knowledge, cites);
  noteMarkings(selection, request, cites);
  const parent = finishCard(
    {
      title: titleOf(request),
      subtitle: subtitle(request),
      sections: [
        missedSection(request),
        { type: 'list', id: 'counts', rank: 1, items: lines },
        linesSection('rest', restParagraphs(selection, knowledge), 0),
      ],
      actions: digestActions(request),
      withheld,
      notice: digestFallback(sections, request),
    },
    knowledge,
    now,
    cites,
  );
  const replies = sections.map((section): DigestMessage => {
    const own = createCiteBook(knowledge);
    const list = listSection(section, knowledge, own);
    const { heading: _, ...bare } = list;
    const card = finishCard(
      {
        title: `${section.heading}: ${section.entries.length}`,
        sections: [bare],
        actions: digestActions(request).slice(0, 1),
        withheld: nothingWithheld,
        notice: digestFallback([section], request),
      },
      knowledge,
      now,
      own,
    );
    return { role: 'reply', card };
  });
  return [{ role: 'parent', card: parent }, ...replies];
}

/** What is only counted shapes the card's marking all the same, and so do the names in its filters. */
function noteMarkings(
  { newSources, rest, others }: Selection,
  { filters, knowledge }: DigestRequest,
  cites: CiteBook,
): void {
  cites.noteMarking(shownFilters(filters, knowledge).marking);
  for (const { marking } of [...newSources, ...others, ...rest.flatMap(({ changes }) => changes)])
    cites.noteMarking(marking);
}

/** One line, and what was left out and missed. */
function emptyMessage(selection: Selection, withheld: Withheld, request: DigestRequest): DigestMessage {
  const { knowledge, now, kind } = request;
  const what = kind === 'watch' ? 'Nothing that you watch has changed' : 'Nothing new';
  const muted = selection.muted === 0 ? [] : [`${selection.muted} muted.`];
  const missed = missedText(request);
  const cites = createCiteBook(knowledge);
  noteMarkings(selection, request, cites);
  const words = [`${what} ${windowText(request)}.`, ...muted, ...(missed === undefined ? [] : [missed])].join(
    ' ',
  );
  const card: Card = finishCard(
    {
      title: kind === 'watch' ? 'Watched' : 'Digest',
      sections: [linesSection('nothing', [[plain(words)]], 0)],
      withheld,
      notice: emptyFallback(request),
    },
    knowledge,
    now,
    cites,
  );
  return { role: 'single', card };
}
