import {
  type Document,
  isMap,
  isNode,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  parseDocument,
  visit,
  type YAMLMap,
} from 'yaml';
import type { z } from 'zod';
import type { IdentityDecisions, IdentityGroup } from '../knowledge/identity.ts';
import { AppError } from '../support/app-error.ts';
import { fileKeys, groupKeys, type IdentityGroupFile, readGroup } from './schema.ts';

/** Larger files are refused before they are read: no list of decisions needs more. */
export const maxIdentityBytes = 1_000_000;

/** An identity file cannot be used. The message has a line for each problem, with the remedy. Exit code 2. */
export class IdentityFileError extends AppError {
  readonly problems: readonly string[];

  constructor(problems: readonly string[], options: { readonly cause?: unknown } = {}) {
    super('identity-file', problems.join('\n'), {
      facts: { problems: problems.length },
      exitCode: 2,
      ...options,
    });
    this.name = 'IdentityFileError';
    this.problems = problems;
  }
}

/**
 * Reads the decisions of an identity file. `file` is how problems and cards call it. An empty file decides nothing.
 * Throws `IdentityFileError` with every problem at once.
 *
 * @example
 * parseIdentity('same:\n  - [G0087, Chafer]\n', 'identity.yaml').same[0]
 * // { members: ['G0087', 'Chafer'], place: 'identity.yaml line 2' }
 */
export function parseIdentity(text: string, file: string): IdentityDecisions {
  const lines = new LineCounter();
  const document = readYaml(text.replace(/^\uFEFF/, ''), lines, file);
  const place: PlaceOf = (node) =>
    node?.range === undefined || node.range === null
      ? file
      : `${file} line ${lines.linePos(node.range[0]).line}`;
  const aliased = findAlias(document);
  if (aliased !== undefined) {
    throw new IdentityFileError([
      `${place(aliased)}: YAML anchors and aliases (&, *) are not read; write the members out`,
    ]);
  }
  const { contents } = document;
  if (contents === null || isEmpty(contents)) return { same: [], different: [] };
  if (!isMap(contents)) {
    throw new IdentityFileError([
      `${place(contents)}: the file must have the keys same and different, each with a list of groups`,
    ]);
  }
  return readFile(contents, place);
}

/** Every scalar stays text, so that an actor named "Null", "360" or "1e3" keeps its name. */
function readYaml(text: string, lineCounter: LineCounter, file: string): Document {
  let document: Document;
  if (isTooDeep(text)) {
    throw new IdentityFileError([`${file}: it is nested far too deep; write "same:" and lists below it`]);
  }
  try {
    document = parseDocument(text, {
      lineCounter,
      schema: 'failsafe',
      uniqueKeys: false,
      prettyErrors: false,
      logLevel: 'silent',
    });
  } catch (error) {
    // Thousands of brackets inside one another overflow the parser's stack.
    throw new IdentityFileError([`${file}: it cannot be read as YAML; correct its structure`], {
      cause: error,
    });
  }
  const { errors } = document;
  if (errors.length === 0) return document;
  throw new IdentityFileError(
    errors.slice(0, maxProblems).map(({ message, pos }) => {
      const [first = message] = message.split('\n');
      const said = first.replace(/ at line \d[^]*/, '').slice(0, 200);
      return `${file} line ${lineCounter.linePos(pos[0]).line}: ${said}; correct the YAML`;
    }),
  );
}

const maxProblems = 20;
const maxGroups = 5_000;
const maxDepth = 32;

/** The parser calls itself for each level: brackets inside brackets, "- - -" on one line, and deep indentation. */
function isTooDeep(text: string): boolean {
  let depth = 0;
  for (const character of text) {
    if (character === '[' || character === '{') depth += 1;
    else if (character === ']' || character === '}') depth -= 1;
    if (depth > maxDepth) return true;
  }
  return /^[ \t]{200}/m.test(text) || /(?:[-?:][ \t]+){32}/.test(text);
}

function findAlias(document: Document): Node | undefined {
  let found: Node | undefined;
  visit(document, {
    Alias: (_, node) => {
      found = node;
      return visit.BREAK;
    },
  });
  return found;
}

function isEmpty(node: unknown): boolean {
  return isScalar(node) && (node.value === null || node.value === '');
}

type PlaceOf = (node: Node | null | undefined) => string;

function readFile(contents: YAMLMap, place: PlaceOf): IdentityDecisions {
  const problems: string[] = [];
  const read: Record<(typeof fileKeys)[number], readonly IdentityGroup[]> = { same: [], different: [] };
  const seen = new Set<string>();
  for (const { key, value } of contents.items) {
    const name = isScalar(key) ? String(key.value) : '';
    const known = fileKeys.find((one) => one === name);
    const at = place(isNode(key) ? key : undefined);
    if (known === undefined) {
      problems.push(`${at}: unknown key ${JSON.stringify(name.slice(0, 80))}; known: ${fileKeys.join(', ')}`);
    } else if (seen.has(known)) {
      problems.push(`${at}: ${known} stands here a second time; put its groups under the first`);
    } else read[known] = readGroups(known, isNode(value) ? value : null, at, place, problems);
    seen.add(name);
  }
  if (problems.length > 0) throw new IdentityFileError(problems.slice(0, maxProblems));
  return read;
}

function readGroups(
  key: string,
  value: Node | null,
  at: string,
  place: PlaceOf,
  problems: string[],
): readonly IdentityGroup[] {
  if (value === null || isEmpty(value)) return [];
  if (!isSeq(value)) {
    problems.push(`${at}: ${key} must be a list of groups; write "- [G0087, misp:UUID]" below it`);
    return [];
  }
  if (value.items.length > maxGroups) {
    problems.push(`${at}: ${key} has ${value.items.length} groups; at most ${maxGroups} are read`);
    return [];
  }
  return value.items.flatMap((item): readonly IdentityGroup[] => {
    const node = isNode(item) ? item : undefined;
    const where = place(node);
    const twice = isMap(node) ? repeatedKey(node) : undefined;
    if (twice !== undefined) {
      problems.push(`${where}: ${key} has ${JSON.stringify(twice)} twice in one group; keep one of them`);
      return [];
    }
    const result = readGroup(node?.toJSON());
    if (result.success) return [toGroup(result.data, where)];
    problems.push(...result.error.issues.map((issue) => `${where}: ${issueText(key, issue)}`));
    return [];
  });
}

function repeatedKey(map: YAMLMap): string | undefined {
  const seen = new Set<string>();
  for (const { key } of map.items) {
    const name = isScalar(key) ? String(key.value).slice(0, 80) : '';
    if (seen.has(name)) return name;
    seen.add(name);
  }
  return undefined;
}

function toGroup({ members, reason, by, date, tlp }: IdentityGroupFile, place: string): IdentityGroup {
  return {
    members,
    ...(reason === undefined ? {} : { reason }),
    ...(by === undefined ? {} : { by }),
    ...(date === undefined ? {} : { date }),
    ...(tlp === undefined ? {} : { marking: tlp }),
    place,
  };
}

function issueText(key: string, issue: z.core.$ZodIssue): string {
  const path = [key, ...issue.path.map((part) => (typeof part === 'number' ? part + 1 : String(part)))].join(
    '.',
  );
  if (issue.code === 'unrecognized_keys') {
    return `${path} has the unknown key ${issue.keys.map((one) => JSON.stringify(one)).join(', ')}; known: ${groupKeys.join(', ')}`;
  }
  if (issue.code === 'invalid_type' && issue.expected === 'object') {
    return `${path} must be a list of ids or names, or have the key members with one`;
  }
  return `${path} ${issue.message}`;
}
