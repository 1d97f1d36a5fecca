import type { Action, Item, Span, Text } from '../cards/card.ts';
import { stricter, type Tlp, tlpLabel } from '../domain/tlp.ts';
import type { Entity, Knowledge } from '../knowledge/types.ts';
import { assertNever } from '../support/assert-never.ts';
import { countriesOf } from './actor-card.ts';
import type { CiteBook } from './cites.ts';
import { citeChanges } from './diff.ts';

import { oldReportDay } from './digest-age.ts';
import type { DigestEntry } from './digest-select.ts';
import { isNewThroughout } from './digest-statements.ts';
import { type Statement, sayingsOf } from './digest-topics.ts';
import { askAction } from './entity-actions.ts';
import { labelOf } from './labels.ts';
import { nameClaims } from './names.ts';
import { bold, counted, joinTexts, plain, stated } from './text.ts';

const shownStatements = 3;
const shownSayings = 4;
const shownNames = 4;
const shownMentions = 2;
const shownReasons = 3;
const shownSources = 4;
const statementChars = 120;
const titleChars = 150;

/** An item in one line: what is new, why it stands here, its marking and its sources; with its buttons. */
export function entryItem(entry: DigestEntry, knowledge: Knowledge, cites: CiteBook): Item {
  const marking = entryMarking(entry, knowledge);
  cites.noteMarking(marking);
  const says = sayingOf(entry, knowledge, cites);
  const why = reasonTexts(entry);
  const sources = sourceTexts(entry, knowledge, cites);
  return {
    text: [
      ...says,
      plain(` (${[...(why === '' ? [] : [why]), tlpLabel(marking)].join(' · ')} · `),
      ...joinTexts(sources, ', '),
      plain(')'),
    ],
    action: { type: 'command', label: 'Brief', value: { verb: 'brief', entity: entry.event.entity.id } },
    more: [muteAction(entry)],
  };
}

function muteAction({ event }: DigestEntry): Action {
  return askAction('Mute', `mute item ${event.key}`);
}

/** The first characters of a text in a line, where the length of the whole tells nothing. */
export function clip(text: string, maxChars: number): string {
  if (text.length <= maxChars) return text;
  const cut = text.slice(0, maxChars - 1);
  const space = cut.lastIndexOf(' ');
  return `${(space > maxChars / 2 ? cut.slice(0, space) : cut).replace(/[\uD800-\uDBFF]$/, '').trimEnd()}…`;
}

/** What an entry is called in a line: a report by its title, a thing by its label. */
export function entryName({ event: { entity } }: DigestEntry): string {
  return clip(labelOf(entity), titleChars);
}

/** The strictest marking of all that an item says: its name, its changes, and why it stands here. */
export function entryMarking(
  { event, statements, concerns, reasons }: DigestEntry,
  knowledge: Knowledge,
): Tlp {
  const lowest = lowestNameMarking(event.entity, knowledge);
  const markings = [
    ...statements.flatMap(({ changes }) => changes.map(({ marking }) => marking)),
    ...[...concerns, ...reasons].map(({ marking }) => marking),
  ];
  return markings.reduce<Tlp>(stricter, lowest ?? 'clear');
}

const nameMarkings = new WeakMap<Knowledge, WeakMap<Entity, { readonly lowest: Tlp | undefined }>>();

/** Of the claims that give a thing its name; the same thing stands in many digests. */
function lowestNameMarking(entity: Entity, knowledge: Knowledge): Tlp | undefined {
  const known = nameMarkings.get(knowledge) ?? new WeakMap<Entity, { readonly lowest: Tlp | undefined }>();
  nameMarkings.set(knowledge, known);
  const existing = known.get(entity);
  if (existing !== undefined) return existing.lowest;
  const lowest = nameClaims(entity, knowledge).reduce<Tlp | undefined>(
    (low, { provenance: { marking } }) =>
      low === undefined || stricter(low, marking) === low ? marking : low,
    undefined,
  );
  known.set(entity, { lowest });
  return lowest;
}

function sayingOf(entry: DigestEntry, knowledge: Knowledge, cites: CiteBook): Text {
  const { kind } = entry.event;
  switch (kind) {
    case 'report':
      return reportSaying(entry, knowledge);
    case 'profile':
    case 'vulnerability':
      return profileSaying(entry, knowledge, cites);
    default:
      return assertNever(kind);
  }
}

function reportSaying(entry: DigestEntry, knowledge: Knowledge): Text {
  const { event, statements, isTold } = entry;
  const link = event.entity.records.flatMap((key) => knowledge.record(key)?.url ?? [])[0];
  const title: Span = {
    text: entryName(entry),
    style: 'bold',
    ...(link === undefined ? {} : { link }),
  };
  const isNew = statements.some(({ words }) => words === 'new report');
  const changed = statements.filter(({ role }) => role === 'main' || role === 'minor');
  const others = changed.filter(({ words }) => words !== 'new report').map(({ words }) => words);
  const names = namesText(statements);
  const said = [
    ...(names === '' ? [] : [isNew ? names : `also ${names}`]),
    ...limited(others, shownStatements),
  ];
  const day = isNew && !isTold ? oldReportDay(event, knowledge) : undefined;
  const age = day === undefined ? '' : `, of ${day}`;
  const lead = isTold ? ', since last told' : isNew ? age : ' (changed)';
  return [title, plain(`${lead}${said.length === 0 ? '' : ' — '}`), plain(said.join('; '))].filter(
    ({ text }) => text !== '',
  );
}

/** `APT39, Remexi, +2 more; mentions Foo; 4 techniques`: who and with what; of techniques the number is enough. */
function namesText(statements: readonly Statement[]): string {
  const things = statements.filter(({ role }) => role === 'named' || role === 'mentioned');
  const techniques = things.filter(({ entity }) => entity?.type === 'attack-pattern');
  const isOther = ({ entity }: Statement): boolean => entity?.type !== 'attack-pattern';
  const words = (role: Statement['role']): readonly string[] =>
    things.filter((one) => one.role === role && isOther(one)).map((one) => clip(one.words, 60));
  const named = limited(words('named'), shownNames);
  const mentioned = limited(words('mentioned'), named.length === 0 ? shownNames : shownMentions);
  return [
    ...(named.length === 0 ? [] : [`names ${named.join(', ')}`]),
    ...(mentioned.length === 0 ? [] : [`mentions ${mentioned.join(', ')}`]),
    ...(techniques.length === 0 ? [] : [counted(techniques.length, 'technique')]),
  ].join('; ');
}

function limited(words: readonly string[], max: number): readonly string[] {
  return words.length <= max ? words : [...words.slice(0, max), `+${words.length - max} more`];
}

function profileSaying(entry: DigestEntry, knowledge: Knowledge, cites: CiteBook): Text {
  const { event, statements, isTold } = entry;
  const isSeveral =
    new Set(statements.flatMap(({ changes }) => changes.map(({ source }) => source))).size > 1;
  const parts = sayingsOf(statements).map(({ words, changes }): Text => {
    const numbers = isSeveral ? citeChanges(changes, cites) : [];
    return [stated(`${clip(words, statementChars)}${fromWords(words, entry, knowledge)}`, numbers)];
  });
  const shown = parts.slice(0, shownSayings);
  const more: Text = parts.length > shown.length ? [plain(`+${parts.length - shown.length} more`)] : [];
  return [
    bold(entryName(entry)),
    ...(event.kind === 'vulnerability' ? productText(entry, knowledge) : []),
    plain(isTold ? ', since last told: ' : ': '),
    ...joinTexts([...shown, more], '; '),
  ];
}

/** Where an actor that is new to everybody is from. */
function fromWords(words: string, { event }: DigestEntry, knowledge: Knowledge): string {
  if (words !== 'new profile' || !isNewThroughout(event)) return '';
  const countries = countriesOf(event.entity, knowledge);
  return countries.length === 0 ? '' : `, ${countries.join(' or ')}`;
}

/** What a vulnerability is in, where a source says so: the number alone tells nobody anything. */
function productText({ event }: DigestEntry, knowledge: Knowledge): Text {
  const claim = knowledge
    .claims(event.entity.id, 'detail')
    .find(({ given }) => given.predicate === 'detail' && given.label === 'Affected product');
  return claim?.given.predicate === 'detail' ? [plain(` (${clip(claim.given.text, 60)})`)] : [];
}

/** `watched, region Europe (Germany), +1 more`; a filter that says the same as what concerns us is told once. */
function reasonTexts({ concerns, reasons }: DigestEntry): string {
  const ours = new Set(concerns.map(({ id }) => id));
  const filtered = reasons.filter(({ id }) => !ours.has(id));
  // What kind of thing it is stands in the line already.
  const telling = filtered.filter(({ id }) => !id.startsWith('kind '));
  const texts = [...concerns, ...(concerns.length + telling.length === 0 ? filtered : telling)].map(
    ({ text }) => text,
  );
  return limited([...new Set(texts)], shownReasons).join(', ');
}

function sourceTexts({ statements }: DigestEntry, knowledge: Knowledge, cites: CiteBook): readonly Text[] {
  const changes = statements.flatMap((one) => one.changes);
  const bySource = [...Map.groupBy(changes, ({ source }) => source)];
  const texts = bySource.map(([source, list]): Text => {
    const title = knowledge.sources.get(source)?.title ?? source;
    return [stated(clip(title, 60), citeChanges(list, cites))];
  });
  const shown = texts.slice(0, shownSources);
  return texts.length > shown.length ? [...shown, [plain(`+${texts.length - shown.length} more`)]] : shown;
}
