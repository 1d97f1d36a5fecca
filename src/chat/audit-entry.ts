import { createHmac, randomBytes } from 'node:crypto';
import { evidenceAlphabet, evidenceLength } from '../briefing/evidence-types.ts';
import { strictest, type Tlp, tlpLevels } from '../domain/tlp.ts';
import type { EvidenceKey, StoredActivity } from '../store/answer-types.ts';
import { createRedactor } from '../support/secrets.ts';
import type { AuditQuestionRule, NotedRequest, NotedResult } from './audit-types.ts';
import { personOf } from './destination.ts';
import type { Place } from './types.ts';

/** Of a question; a pasted text is as long as a report. */
const maxQuestionChars = 500;
/** In which secrets are looked for: with the longest that may begin within what is kept. */
const maxReadChars = 8_000;
/** Of an answer's things; the rest is counted. */
const maxEntities = 50;
const maxIdChars = 300;

const redact = createRedactor([]);

/** A question as it is kept: without what has the shape of a secret. */
export function keptQuestion(
  question: string | undefined,
  rule: AuditQuestionRule,
  key: string,
): string | null {
  if (question === undefined || rule === 'none') return null;
  // Keyed where there is a key, since a short question is soon guessed.
  if (rule === 'hash') {
    const text = question.slice(0, maxQuestionChars).toWellFormed().trim();
    return text === '' ? null : `sha256:${createHmac('sha256', key).update(text).digest('hex').slice(0, 32)}`;
  }
  // Secrets are hidden before the text is cut, so that no half of one is left over.
  const text = redact(question.slice(0, maxReadChars)).slice(0, maxQuestionChars).toWellFormed().trim();
  return text === '' ? null : text;
}

/** The place without the thread, so that what happens in one channel is found together. */
export function placeIdOf({ platform, id }: Pick<Place, 'platform' | 'id'>): string {
  return platform === 'slack' ? id.split('/').slice(0, 2).join('/') : id;
}

/** Where evidence is found. The page of this machine and its command line know one another's. */
export function evidenceKeyOf(place: Place, id: string): EvidenceKey {
  const { platform, workspace } = personOf(place, '');
  return { platform: platform === 'cli' ? 'playground' : platform, workspace, id };
}

/** What is stored of one thing that someone did. */
export function toActivity(
  request: NotedRequest,
  result: NotedResult,
  kept: { readonly id: string; readonly question: string | null; readonly evidence: string | undefined },
): StoredActivity {
  const { place, at } = request;
  const { card, answer } = result;
  const ids = answer?.answers.map(({ id }) => id) ?? result.entities ?? withoutAbsent(request.entity);
  const markings = markingsOf(result);
  return {
    id: kept.id,
    at: at.getTime(),
    person: { ...personOf(place, request.person.slice(0, maxIdChars)) },
    place: placeIdOf(place).slice(0, maxIdChars),
    placeKind: place.kind,
    thread: place.thread?.slice(0, maxIdChars) ?? null,
    action: request.action,
    question: kept.question,
    outcome: result.outcome ?? answer?.outcome ?? 'shown',
    audience: result.audience ?? 'asker',
    ceiling: result.ceiling ?? place.ceiling,
    marking: strictest(markings) ?? 'clear',
    markings,
    withheldCount: card?.withheld.count ?? 0,
    withheldHighest: card?.withheld.highest ?? null,
    // Whatever a button carried comes back from outside.
    entities: ids.slice(0, maxEntities).filter((id) => /^[\w.:-]{1,200}$/.test(id)),
    entityCount: ids.length,
    evidence: kept.evidence ?? null,
  };
}

function withoutAbsent(entity: string | undefined): readonly string[] {
  return entity === undefined ? [] : [entity];
}

function markingsOf({ card }: NotedResult): readonly Tlp[] {
  if (card === undefined) return [];
  const found = new Set([card.marking, ...card.sources.map(({ marking }) => marking)]);
  return tlpLevels.filter((level) => found.has(level));
}

/** Ascending with the time. */
export function activityId(at: Date, bytes: Uint8Array): string {
  const time = Math.max(0, at.getTime()).toString(36).padStart(9, '0');
  return `${time}${letters(bytes, 11)}`;
}

/** 40 random bits: nobody finds another's by trying. */
export function evidenceId(bytes: Uint8Array): string {
  return `E-${letters(bytes, evidenceLength)}`;
}

export function systemRandom(count: number): Uint8Array {
  return randomBytes(count);
}

function letters(bytes: Uint8Array, count: number): string {
  return Array.from(bytes.subarray(0, count), (byte) => evidenceAlphabet[byte % 32]).join('');
}
