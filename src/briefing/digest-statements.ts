import { nameKey } from '../domain/name-key.ts';
import type { Entity, Knowledge } from '../knowledge/types.ts';
import type { StoredChange } from '../store/types.ts';
import { assertNever } from '../support/assert-never.ts';
import { changeWords, entityOfChange, firstEntity, idsIn } from './digest-changes.ts';
import type { DigestEvent } from './digest-events.ts';
import { shortHash } from './digest-key.ts';
import { namedIn } from './digest-named.ts';
import { tiesTo } from './digest-ties.ts';
import { type Statement, type Topic, topicOf } from './digest-topics.ts';
import { labelOf, titleOf } from './labels.ts';
import { isMentionOnly } from './mentioned.ts';

const known = new WeakMap<DigestEvent, readonly Statement[]>();

/** What an event says, the same from several sources once; computed once for each event. */
export function statementsOf(event: DigestEvent, knowledge: Knowledge): readonly Statement[] {
  const existing = known.get(event);
  if (existing !== undefined) return existing;
  const all = allStatements(event, knowledge);
  const found = [...new Map(all.map((one) => [one.token, one])).values()];
  known.set(event, found);
  return found;
}

function allStatements(event: DigestEvent, knowledge: Knowledge): readonly Statement[] {
  switch (event.kind) {
    case 'report':
      return reportStatements(event, knowledge);
    case 'vulnerability':
      return vulnerabilityStatements(event, knowledge);
    case 'profile':
      return [...entityStatements(event, knowledge), ...claimStatements(event.changes, knowledge)];
    default:
      return assertNever(event.kind);
  }
}

function token(sign: '+' | '-', text: string): string {
  return `${sign}${shortHash(text, 6)}`;
}

/** Claims that came and went, what one source did and undid within the window left out. */
function claimStatements(changes: readonly StoredChange[], knowledge: Knowledge): readonly Statement[] {
  const groups = new Map<string, { readonly words: string; readonly changes: StoredChange[] }>();
  for (const change of changes) {
    if (change.kind !== 'claim-added' && change.kind !== 'claim-withdrawn') continue;
    const words = changeWords({ ...change, kind: 'claim-added' }, knowledge);
    const key = nameKey(words) || words;
    const group = groups.get(key) ?? { words, changes: [] };
    groups.set(key, group);
    group.changes.push(change);
  }
  return [...groups].flatMap(([key, group]) => netStatements(key, group.words, group.changes, knowledge));
}

/** An attribution as its country has it, since sources word it in many ways. */
function saidWords(topic: Topic, words: string, value: string): string {
  return topic === 'attribution' ? `attributed to ${value}` : words;
}

function netStatements(
  key: string,
  words: string,
  changes: readonly StoredChange[],
  knowledge: Knowledge,
): readonly Statement[] {
  const added: StoredChange[] = [];
  const withdrawn: StoredChange[] = [];
  for (const list of Map.groupBy(changes, ({ source }) => source).values()) {
    const [first, last] = [list[0], list.at(-1)];
    if (first === undefined || last === undefined || first.kind !== last.kind) continue;
    (last.kind === 'claim-added' ? added : withdrawn).push(last);
  }
  const [any] = changes;
  if (any === undefined) return [];
  const { topic, value } = topicOf(any, knowledge);
  const role = topic === 'minor' ? 'minor' : 'main';
  const said: Statement = {
    token: token('+', key),
    words: saidWords(topic, words, value),
    topic,
    value,
    role,
    changes: added,
  };
  const gone: Statement = {
    token: token('-', key),
    words: `no longer: ${words}`,
    topic: topic === 'minor' ? topic : 'gone',
    value: topic === 'minor' ? value : words,
    role,
    changes: withdrawn,
  };
  return [...(added.length === 0 ? [] : [said]), ...(withdrawn.length === 0 ? [] : [gone])];
}

/** That the thing is new, gone, back or revoked. */
function entityStatements(event: DigestEvent, knowledge: Knowledge): readonly Statement[] {
  const own = event.changes.filter(({ kind }) => kind !== 'claim-added' && kind !== 'claim-withdrawn');
  const bySaying = Map.groupBy(own, ({ kind }) => (kind === 'entity-back' ? 'entity-new' : kind));
  return [...bySaying].map(([kind, changes]): Statement => {
    const isFresh = kind === 'entity-new' && isNewThroughout(event);
    const [first] = changes;
    const isBack = changes.every((change) => change.kind === 'entity-back');
    const words =
      kind === 'entity-new' && !isFresh
        ? isBack
          ? 'listed again'
          : 'has another description'
        : first === undefined
          ? ''
          : changeWords(first, knowledge);
    const sign = kind === 'entity-gone' || kind === 'revoked' ? '-' : '+';
    return { token: token(sign, 'profile'), words, topic: 'state', value: words, role: 'main', changes };
  });
}

/** True when nothing was known of the thing before: every record of it is new. */
export function isNewThroughout({ entity, changes }: DigestEvent): boolean {
  const records = changes
    .filter(({ kind }) => kind === 'entity-new')
    .map((change) => `${change.source}\n${change.recordId}`);
  return records.length > 0 && new Set(records).size === entity.records.length;
}

function reportStatements(event: DigestEvent, knowledge: Knowledge): readonly Statement[] {
  const isNew = event.changes.filter(({ kind }) => kind === 'report-new' || kind === 'entity-back');
  const ended = event.changes.filter(({ kind }) => kind === 'entity-gone' || kind === 'revoked');
  const changed = event.changes.filter(({ kind }) => kind === 'report-changed');
  return [
    ...(isNew.length === 0 ? [] : [stateStatement('+', 'new report', isNew)]),
    ...(isNew.length === 0 ? [] : event.members.flatMap((report) => namesOf(report, isNew, knowledge))),
    ...changed.flatMap((change) => changedStatements(change, knowledge)),
    ...ended.map((change): Statement => {
      const words = change.kind === 'revoked' ? 'revoked' : 'no longer there';
      return stateStatement('-', words, [change]);
    }),
  ];
}

function stateStatement(sign: '+' | '-', words: string, changes: readonly StoredChange[]): Statement {
  return { token: token(sign, 'report'), words, topic: 'state', value: words, role: 'main', changes };
}

function namesOf(
  report: Entity,
  changes: readonly StoredChange[],
  knowledge: Knowledge,
): readonly Statement[] {
  const naming = Map.groupBy(knowledge.claimsAbout(report.id, 'reported-in'), ({ subject }) => subject);
  return namedIn(report, knowledge).map((entity) => ({
    token: token('+', `names ${entity.id}`),
    words: labelOf(entity),
    topic: 'other',
    value: labelOf(entity),
    role: isMentionOnly(naming.get(entity.id) ?? []) ? 'mentioned' : 'named',
    changes,
    entity,
  }));
}

const shownNames = 4;

/** What became different in a report: whom it names, its indicators, its title. */
function changedStatements(change: StoredChange, knowledge: Knowledge): readonly Statement[] {
  const { detail } = change;
  const changes = [change];
  const added = namedBy(detail['added'], knowledge);
  const withdrawn = namedBy(detail['withdrawn'], knowledge);
  const found: Statement[] = added.map((entity) => ({
    token: token('+', `names ${entity.id}`),
    words: `also names ${labelOf(entity)}`,
    topic: 'other',
    value: labelOf(entity),
    role: 'main',
    changes,
    entity,
  }));
  if (withdrawn.length > 0) {
    const names = withdrawn.slice(0, shownNames).map(labelOf);
    const more = withdrawn.length > shownNames ? [`${withdrawn.length - shownNames} more`] : [];
    const words = `no longer names ${[...names, ...more].join(', ')}`;
    found.push(other(words, words, changes));
  }
  const { formerIndicators: before, indicators: after, formerTitle } = detail;
  if (typeof before === 'number' && typeof after === 'number') {
    const words =
      before === after ? `${after} indicators, some of them others` : `indicators ${before} → ${after}`;
    found.push(other(words, `${words} ${change.at}`, changes));
  }
  if (typeof formerTitle === 'string') {
    const words = `was called “${formerTitle.slice(0, 120)}”`;
    found.push(other(words, words, changes));
  }
  if (found.length === 0) {
    const text = JSON.stringify([detail['added'], detail['withdrawn']]);
    found.push({ ...other('text changed', text, changes), role: 'minor' });
  }
  return found;
}

function other(words: string, hashed: string, changes: readonly StoredChange[]): Statement {
  return { token: token('+', hashed), words, topic: 'other', value: words, role: 'main', changes };
}

function namedBy(claims: unknown, knowledge: Knowledge): readonly Entity[] {
  if (!Array.isArray(claims)) return [];
  const found = new Set<Entity>();
  for (const claim of claims) {
    if (typeof claim !== 'object' || claim === null || !('predicate' in claim)) continue;
    if (claim.predicate !== 'reported-in' || !('subject' in claim)) continue;
    const entity = firstEntity(idsIn(claim.subject), knowledge);
    if (entity !== undefined) found.add(entity);
  }
  return [...found];
}

function vulnerabilityStatements(event: DigestEvent, knowledge: Knowledge): readonly Statement[] {
  const { entity, changes } = event;
  const isOwn = (change: StoredChange): boolean => entityOfChange(change, knowledge) === entity;
  const exploiting = changes.filter((change) => !isOwn(change));
  const own = changes.filter(isOwn);
  const byActor = Map.groupBy(exploiting, (change) => entityOfChange(change, knowledge));
  const exploited = [...byActor].flatMap(([actor, list]): readonly Statement[] => {
    if (actor === undefined) return [];
    const isLost = list.at(-1)?.kind === 'claim-withdrawn';
    const words = `${isLost ? 'no longer said to be ' : ''}exploited by ${titleOf(actor)}`;
    const sign = isLost ? '-' : '+';
    return [
      {
        token: token(sign, `exploited ${actor.id}`),
        words,
        topic: isLost ? 'other' : 'exploited',
        value: titleOf(actor),
        role: 'main',
        changes: list,
        entity: actor,
      },
    ];
  });
  const { kev, actors } = tiesTo(entity, knowledge);
  const isListed = own.some(({ kind }) => kind === 'entity-new') && kev !== undefined;
  const listed: Statement = {
    token: token('+', 'known exploited'),
    words: `known to be exploited${kev?.since === undefined ? '' : ` since ${kev.since}`} (${kev?.by ?? ''})`,
    topic: 'listed',
    value: '',
    role: 'main',
    changes: own,
  };
  const context = actors
    .filter(({ actor }) => !byActor.has(actor))
    .map(({ actor }): Statement => {
      const words = `exploited by ${titleOf(actor)}`;
      return {
        token: token('+', `exploited ${actor.id}`),
        words,
        topic: 'exploited',
        value: titleOf(actor),
        role: 'context',
        changes,
        entity: actor,
      };
    });
  const rest = isListed ? [] : [...entityStatements({ ...event, changes: own }, knowledge)];
  return [
    ...exploited,
    ...(isListed ? [listed] : []),
    ...context,
    ...rest,
    ...claimStatements(isListed ? [] : own, knowledge),
  ];
}
