import { measure } from '../measure.ts';
import { asObject } from '../shape.ts';

/** Takes one problem: where it is, and what it is. */
export type Report = (path: string, problem: string) => void;

export interface TextRule {
  readonly max: number;
  /** The only type of text object allowed; both when absent. */
  readonly type?: 'plain_text';
  /** For a bare string that Slack reads as mrkdwn. */
  readonly isMrkdwn?: boolean;
}

/** A text object, or a bare string: there, not blank, not too long. */
export function checkText(value: unknown, path: string, rule: TextRule, report: Report): void {
  if (typeof value === 'string') {
    checkWords(value, path, rule.max, report);
    if (rule.isMrkdwn === true) checkMrkdwn(value, path, report);
    return;
  }
  const object = asObject(value);
  if (object === undefined) return report(path, 'text is missing');
  if (object.type !== 'plain_text' && object.type !== 'mrkdwn') return report(path, 'is no text object');
  if (rule.type === 'plain_text' && object.type !== 'plain_text') report(path, 'must be plain_text');
  checkWords(object.text, path, rule.max, report);
}

/** A string that is there, not blank, and at most `max` long, emoji counted in bytes. */
export function checkWords(value: unknown, path: string, max: number, report: Report): void {
  if (typeof value !== 'string' || value.trim() === '') return report(path, 'text is missing or blank');
  const length = measure(value);
  if (length > max) report(path, `${length} characters, at most ${max}`);
}

/** Mrkdwn in which nothing mentions anyone, and every `<…>` is a date or a link to http, https or mailto. */
export function checkMrkdwn(value: unknown, path: string, report: Report): void {
  if (typeof value !== 'string') return;
  const withoutKnown = value
    .replace(/<!date\^\d+\^[^<>|^]*(?:\^https?:\/\/[^<>|]+)?\|[^<>|]*>/g, '')
    .replace(/<(?:https?:\/\/|mailto:)[^<>|]+(?:\|[^<>|]*)?>/g, '');
  if (/<[!@#]/.test(withoutKnown)) report(path, 'mentions someone');
  else if (/[<>]/.test(withoutKnown)) report(path, 'has an unescaped < or >');
  if (/&(?!amp;|lt;|gt;)/.test(withoutKnown)) report(path, 'has an unescaped &');
}

/** A link to http or https, within Slack's length. */
export function checkUrl(value: unknown, path: string, max: number, report: Report): void {
  if (typeof value !== 'string' || !/^https?:\/\/[a-z0-9]/i.test(value))
    return report(path, 'is not http or https');
  if (value.length > max) report(path, `${value.length} characters, at most ${max}`);
}
