import { bareHeaderLines } from '../../src/server/headers.ts';

/** An answer as it came over the wire, or as the app made it. */
export interface WebAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: string;
}

/** What a page may set more narrowly for itself. */
const ownWords: ReadonlySet<string> = new Set([
  'content-security-policy',
  'referrer-policy',
  'cache-control',
]);

const protective: readonly (readonly [name: string, value: string])[] = bareHeaderLines
  .trim()
  .split('\r\n')
  .map((line) => {
    const colon = line.indexOf(': ');
    return [line.slice(0, colon).toLowerCase(), line.slice(colon + 2)];
  });

/** What no answer may be, whatever was asked: a failure, one without protective headers, one that tells of code. */
export function answerProblems(
  { status, headers, body }: WebAnswer,
  agreed: readonly number[] = [],
): readonly string[] {
  const about = `${status} ${body.slice(0, 80)}`;
  const policy = headers.get('content-security-policy') ?? '';
  return [
    ...(status >= 500 && !agreed.includes(status) ? [`answered with ${about}`] : []),
    ...protective.flatMap(([name, value]) => {
      const given = headers.get(name);
      const holds = ownWords.has(name) ? given !== null : given === value;
      return holds ? [] : [`${about}: the header ${name} is ${given}`];
    }),
    ...(/default-src 'none'/.test(policy) && /frame-ancestors 'none'/.test(policy)
      ? []
      : [`${about}: the policy is ${policy}`]),
    ...(/unsafe|\*|data:/.test(policy) ? [`${about}: the policy allows too much`] : []),
    ...(headers.has('server') || headers.has('x-powered-by') ? [`${about}: it names its software`] : []),
    ...(/\n\s+at \S.*:\d+:\d+|node_modules|\bfile:\/\/\//.test(body)
      ? [`${about}: a stack in the body`]
      : []),
  ];
}

/** The answers of one connection, one after the other; interim ones left out. */
export function readAnswers(bytes: Uint8Array): readonly WebAnswer[] {
  const answers: WebAnswer[] = [];
  let rest = Buffer.from(bytes).toString('latin1');
  while (rest !== '') {
    const end = rest.indexOf('\r\n\r\n');
    const [first = '', ...lines] = rest.slice(0, end < 0 ? undefined : end).split('\r\n');
    const status = Number(/^HTTP\/1\.[01] (\d{3})\b/.exec(first)?.[1]);
    if (!(status > 0)) throw new Error(`no answer of HTTP: ${JSON.stringify(rest.slice(0, 200))}`);
    const headers = new Headers(
      lines.map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1).trim()]),
    );
    const [body, after] = readBody(end < 0 ? '' : rest.slice(end + 4), headers);
    if (status >= 200) answers.push({ status, headers, body });
    rest = after;
  }
  return answers;
}

/** The body as its headers bound it, and what follows. */
function readBody(rest: string, headers: Headers): readonly [body: string, after: string] {
  const length = headers.get('content-length');
  const chars = length === null ? Number.NaN : Number(length);
  // Nothing follows it there: an answer to HEAD tells a length, and has no body.
  if (Number.isNaN(chars) || rest.startsWith('HTTP/1.1 ')) {
    const next = rest.search(/(?:^|\r\n\r\n)HTTP\/1\.1 \d{3} /);
    if (next < 0) return [rest, ''];
    const at = rest.startsWith('HTTP') ? 0 : next + 4;
    return [rest.slice(0, at), rest.slice(at)];
  }
  return [rest.slice(0, chars), rest.slice(chars)];
}
