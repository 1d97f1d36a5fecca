import { AppError } from '../support/app-error.ts';
import type { ActionValue } from './card.ts';

/** Longest encoded value. Slack allows a button 2,000, and an overflow option 75. */
export const maxActionValueChars = 1_500;

const verbCodes = { brief: 'b', more: 'm', share: 's', sources: 'o', ask: 'a', form: 'f' } as const;
const verbsByCode: ReadonlyMap<string, ActionValue['verb']> = new Map([
  ['b', 'brief'],
  ['m', 'more'],
  ['s', 'share'],
  ['o', 'sources'],
  ['a', 'ask'],
  ['f', 'form'],
]);
const maxPage = 100_000;

/** True when `encodeActionValue` can write the value within the limit. */
export function canEncodeActionValue(value: ActionValue): boolean {
  return encode(value).length <= maxActionValueChars;
}

/**
 * A button's value as one short string: verb, entity, section, page, question between bars, empty ends left off.
 * Short, so that a value with an entity only fits an option of Slack's overflow menu; `<` is encoded, so that no
 * payload carries a mention even where nobody reads it. Throws `action-value-too-long` beyond
 * `maxActionValueChars`: a cut question would be another question.
 *
 * @example encodeActionValue({ verb: 'more', entity: 'malware--…', section: 'techniques' }) // 'm|malware--…|techniques'
 */
export function encodeActionValue(value: ActionValue): string {
  const text = encode(value);
  if (text.length > maxActionValueChars) {
    throw new AppError(
      'action-value-too-long',
      `a button's value has ${text.length} characters, at most ${maxActionValueChars} are allowed; leave out its question`,
    );
  }
  return text;
}

/** Reads what `encodeActionValue` wrote; undefined for anything else, since it comes back from outside. */
export function decodeActionValue(value: unknown): ActionValue | undefined {
  if (typeof value !== 'string' || value.length > maxActionValueChars) return undefined;
  const parts = value.split('|');
  const verb = verbsByCode.get(parts[0] ?? '');
  if (verb === undefined || parts.length > 5) return undefined;
  const [entity, section, pageText, question] = parts.slice(1).map(unescapePart);
  const page = pageText === undefined || pageText === '' ? undefined : readPage(pageText);
  if (page === 'bad') return undefined;
  return {
    verb,
    ...(entity === undefined || entity === '' ? {} : { entity }),
    ...(question === undefined || question === '' ? {} : { question }),
    ...(section === undefined || section === '' ? {} : { section }),
    ...(page === undefined ? {} : { page }),
  };
}

function encode(value: ActionValue): string {
  const { verb, entity = '', section = '', page, question = '' } = value;
  const parts = [verbCodes[verb], entity, section, page === undefined ? '' : String(page), question];
  return parts
    .map(escapePart)
    .join('|')
    .replace(/(?<!\|)\|+$/, '');
}

function escapePart(part: string): string {
  return part.toWellFormed().replaceAll('%', '%25').replaceAll('|', '%7C').replaceAll('<', '%3C');
}

function unescapePart(part: string): string {
  return part.replaceAll('%3C', '<').replaceAll('%7C', '|').replaceAll('%25', '%');
}

function readPage(text: string): number | 'bad' {
  return /^\d{1,6}$/.test(text) && Number(text) <= maxPage ? Number(text) : 'bad';
}
