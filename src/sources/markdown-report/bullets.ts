import { readIndicatorType, readSocket, refangWritten, typeOfValue } from './indicator-types.ts';
import { readRow, readTable, type TableColumns } from './table.ts';

/** One `* type: value` bullet of the indicators, its value over as many lines as it has. */
export interface ReportBullet {
  readonly category: string;
  readonly type: string;
  readonly value: string;
  readonly line: number;
}

/** Reads the lines of the indicators one by one. */
export interface BulletReader {
  add(line: string, number: number): void;
  startCategory(category: string): void;
  /** True while a value of running text is open: what looks like a bullet or a table in it is text. */
  isInText(): boolean;
  /** Closes what is open. */
  end(): void;
  all(): readonly ReportBullet[];
  /** The lines that look like indicators and are of no form that is known. */
  unread(): readonly number[];
}

interface OpenBullet {
  readonly category: string;
  readonly type: string;
  readonly lines: string[];
  readonly line: number;
}

/** Types whose values run over lines that may look like anything. */
const textTypes = new Set([
  'text',
  'comment',
  'other',
  'yara',
  'snort',
  'sigma',
  'pattern-in-file',
  'stix2-pattern',
  'attachment',
]);

export function createBulletReader(): BulletReader {
  const bullets: ReportBullet[] = [];
  const unread: number[] = [];
  let category = '';
  let open: OpenBullet | undefined;
  let isFenced = false;
  /** The columns of a table that is being read. */
  let columns: TableColumns | undefined;

  const close = (): void => {
    if (open !== undefined) {
      const value = cleanValue(open);
      if (value !== '' || open.lines.length === 1) bullets.push({ ...open, value });
    }
    open = undefined;
  };
  const isText = (): boolean => open !== undefined && textTypes.has(open.type);
  const addValue = (type: string, value: string, line: number): void => {
    bullets.push({ category, type, value: asWritten(type, value), line });
  };
  /** A value that stands by itself takes the type of an open bullet without a value, else that of its form. */
  const addBare = (text: string, line: number): boolean => {
    const value = text
      .trim()
      .replace(/^`+|(?<!`)`+$/g, '')
      .trim();
    const [first = '', ...behind] = value.split(/(?<!\s)\s+(?:—|–|-|#|\/\/)\s+/);
    const form = typeOfValue(first);
    const isOpenList = open !== undefined && !isText() && open.lines.every((one) => one.trim() === '');
    const type = isOpenList && form !== undefined ? listType(open?.type ?? '', form) : form;
    if (type === undefined) return false;
    if (open !== undefined && !isOpenList) close();
    addValue(type, behind.length === 0 ? first : `${first} — ${behind.join(' ')}`, line);
    return true;
  };
  return {
    add(line, number) {
      const strict = readStrict(line);
      if (strict !== undefined) {
        dropEmptyList();
        close();
        columns = undefined;
        open = { category, type: strict.type, lines: [strict.rest], line: number };
        return;
      }
      if (isText()) {
        open?.lines.push(line);
        return;
      }
      if (/^\s*(?:```|~~~)/.test(line.slice(0, 20))) {
        isFenced = !isFenced;
        return;
      }
      const row = isFenced ? undefined : readRow(line);
      if (row !== undefined) {
        if (open !== undefined && hasValue(open)) close();
        columns = readTable(row, columns, (type, value) => addValue(type, value, number));
        return;
      }
      columns = undefined;
      const item = /^\s*(?:[*+•-]|\d{1,3}[.)])\s+(\S.*|)$/.exec(line.slice(0, 10_000))?.[1];
      const loose = readLoose(item ?? line);
      if (
        loose !== undefined &&
        (item !== undefined || loose.rest === '' || typeOfValue(loose.rest) !== undefined)
      ) {
        dropEmptyList();
        close();
        open = { category, type: loose.type, lines: [loose.rest], line: number };
        return;
      }
      if ((item !== undefined || isFenced || /^\s*`|^\S+$/.test(line)) && addBare(item ?? line, number))
        return;
      if (item === undefined && row === undefined && open !== undefined) open.lines.push(line);
      else if (line.trim() !== '') unread.push(number);
    },
    startCategory(name) {
      dropEmptyList();
      close();
      columns = undefined;
      isFenced = false;
      category = name;
    },
    isInText: isText,
    end() {
      dropEmptyList();
      close();
      category = '';
      columns = undefined;
      isFenced = false;
    },
    all: () => bullets,
    unread: () => unread,
  };

  /** "IP addresses:" with its values on lines of their own has given them already. */
  function dropEmptyList(): void {
    const last = bullets.at(-1)?.line ?? 0;
    if (open !== undefined && !hasValue(open) && last > open.line) open = undefined;
  }
}

function hasValue({ lines }: OpenBullet): boolean {
  return lines.some((line) => line.trim() !== '');
}

/** A list that is said to be of hosts holds hosts; one said to be of hashes holds what each looks like. */
function listType(said: string, form: string): string {
  const isHost = (type: string): boolean => type === 'domain' || type === 'hostname';
  return said === form || (isHost(said) && isHost(form)) || (said.startsWith('ip-') && form === 'ip-dst')
    ? said
    : form;
}

/**
 * "* type: value" as exports write it. MISP's attribute types are lower case ("AS" apart): `* Note: …` inside a prose
 * value begins no bullet.
 */
function readStrict(text: string): { readonly type: string; readonly rest: string } | undefined {
  if (!text.startsWith('* ') && !text.startsWith('- ')) return undefined;
  const colon = text.slice(0, 70).indexOf(':');
  const type = colon < 0 ? '' : text.slice(2, colon).trim();
  const isType = /^(?:[a-z][a-z0-9|_/-]*|AS)$/.test(type);
  const next = text.charAt(colon + 1);
  return isType && (next === '' || next === ' ' || next === '\t')
    ? {
        type: readIndicatorType(type) === 'ip-dst' && type === 'ip' ? 'ip-dst' : type,
        rest: text.slice(colon + 1).trim(),
      }
    : undefined;
}

/** "**SHA-256** – value", "IP address: value", "`domain`: value": a word that is known to mean a type. */
function readLoose(text: string): { readonly type: string; readonly rest: string } | undefined {
  const match =
    /^\s*([*_`]{0,3}[A-Za-z][\w |/()-]{0,40}?[*_`]{0,3})\s*(?:[:：]|\s[-–—](?=\s))[*_`]{0,3}(?:\s+(.*)|)$/s.exec(
      text.slice(0, 10_000),
    );
  const type = readIndicatorType(match?.[1] ?? '') ?? mispType(match?.[1] ?? '');
  return type === undefined ? undefined : { type, rest: (match?.[2] ?? '').trim() };
}

/** A type of MISP with marks around it. */
function mispType(written: string): string | undefined {
  const bare = written.replace(/^[*_`]+|(?<![*_`])[*_`]+$/g, '');
  return bare !== written && /^[a-z][a-z0-9|_/-]{1,40}$/.test(bare) ? bare : undefined;
}

function cleanValue({ type, lines }: OpenBullet): string {
  const value = lines.join('\n').trim();
  if (textTypes.has(type)) return value;
  const ticked = /^`{1,3}([^`]+)`{1,3}( — .*)?$/s.exec(value);
  return asWritten(type, ticked === null ? value : `${ticked[1]?.trim() ?? ''}${ticked[2] ?? ''}`);
}

const addressTypes = /^(?:ip-(?:src|dst)|domain|hostname|url|email)/;

/** An address as it can be looked up, with the comment behind it. */
function asWritten(type: string, value: string): string {
  if (!addressTypes.test(type)) return value;
  const dash = value.indexOf(' — ');
  const own = dash < 0 ? value : value.slice(0, dash);
  const socket = type === 'ip-dst|port' ? readSocket(own) : undefined;
  return `${socket ?? refangWritten(own)}${dash < 0 ? '' : value.slice(dash)}`;
}
