import { parseTime } from '../../briefing/diff-time.ts';
import type { Parsed } from './types.ts';

/** What is asked of the audit, as it was written. */
export interface AuditInput {
  readonly since: string;
  readonly until?: string;
  readonly actor?: string;
  readonly person?: string;
  /** An id, or `here`. */
  readonly place?: string;
  /** From 0. */
  readonly page: number;
}

export const defaultSince = '24h';
/** So far back is paged; what is older is asked for by its time. */
export const maxPages = 100;
/** Whether a text is a time does not depend on when it is read. */
const anyDay = new Date('2026-01-01T00:00:00Z');
const maxChars = 500;

const keys = ['since', 'until', 'actor', 'person', 'place', 'page'] as const;
type Key = (typeof keys)[number];

/** Reads what stands behind `audit`: a time, and then names of what is meant, each with its value, in any order. */
export function readAudit(rest: string): Parsed<AuditInput> {
  const text = rest.replace(/\s+/g, ' ').trim();
  if (text.length > maxChars) return { kind: 'question' };
  const parts = text.split(new RegExp(`(?:^| )(${keys.join('|')}|here)(?= |$)`, 'i'));
  const first = (parts[0] ?? '').trim().replace(/^(?:for |of |the )+/i, '');
  // "audit trail of APT39" asks something else.
  if (first !== '' && parseTime(first, anyDay).kind === 'bad') return { kind: 'question' };
  const values = new Map<Key, string>();
  let since = first;
  for (let at = 1; at < parts.length; at += 2) {
    const [word = '', value = ''] = [parts[at]?.toLowerCase(), parts[at + 1]?.trim()];
    const key = word === 'here' ? 'place' : keys.find((one) => one === word);
    if (key === undefined) continue;
    if (values.has(key) || (key === 'since' && since !== '')) return bad(`“${key}” was given twice.`);
    if (word !== 'here' && value === '') return bad(`Say what follows “${key}”.`);
    if (word === 'here' && value !== '') return bad(`“${value.slice(0, 40)}” is not understood here.`);
    values.set(key, word === 'here' ? 'here' : value);
    if (key === 'since') since = value;
  }
  const page = values.get('page') ?? '1';
  if (!/^\d{1,3}$/.test(page) || Number(page) < 1 || Number(page) > maxPages) {
    return bad(`Pages are 1 to ${maxPages}; ask for what is older by its time.`);
  }
  const [until, actor, person, place] = [
    values.get('until'),
    values.get('actor'),
    values.get('person'),
    values.get('place'),
  ];
  return {
    kind: 'ok',
    input: {
      since: since === '' ? defaultSince : since,
      page: Number(page) - 1,
      ...(until === undefined ? {} : { until }),
      ...(actor === undefined ? {} : { actor }),
      ...(person === undefined ? {} : { person }),
      ...(place === undefined ? {} : { place }),
    },
  };
}

function bad(problem: string): Parsed<AuditInput> {
  return { kind: 'usage', problem };
}
