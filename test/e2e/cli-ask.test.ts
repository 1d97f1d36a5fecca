import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { checkSlackPayload } from '../../src/cards/slack/check.ts';
import { checkAdaptiveCard } from '../../src/cards/teams/check.ts';
import { bundledRecords } from '../data/bundled-records.ts';
import { type AskLine, askLines, createTestHome, type TestHome } from '../helpers/threatbrief-process.ts';

let home: TestHome;

beforeAll(() => {
  home = createTestHome();
});
afterAll(() => home.remove());

const tlp = z.enum(['clear', 'green', 'amber', 'amber+strict', 'red']);
const stixId = z.string().regex(/^[a-z-]+--[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/);
const entity = z.strictObject({
  id: stixId,
  type: z.string(),
  name: z.string().min(1),
  aliases: z.array(z.string()),
  externalIds: z.array(z.string()),
  matched: z
    .strictObject({ text: z.string(), name: z.string(), kind: z.enum(['name', 'alias', 'id']) })
    .optional(),
  score: z.number().min(0).max(1),
});
/** The agreed shape of one line: no key less, none more but `publisher` and `quote` of a fact's source, and `evidence`. */
const line = z.strictObject({
  question: z.string(),
  outcome: z.enum(['found', 'ambiguous', 'suggest', 'not-found', 'answer', 'help', 'refused']),
  latencyMs: z.number().min(0),
  answers: z.array(entity),
  suggestions: z.array(entity),
  facts: z.array(
    z.strictObject({
      subject: stixId,
      predicate: z.string(),
      object: z.looseObject({ id: stixId.optional(), name: z.string() }),
      sources: z
        .array(
          z.strictObject({
            source: z.string().min(1),
            reference: z.string().nullable(),
            date: z.string().nullable(),
            tlp,
            confidence: z.number().min(0).max(100).nullable(),
            publisher: z.string().optional(),
            quote: z.string().optional(),
          }),
        )
        .min(1),
    }),
  ),
  withheld: z.strictObject({ count: z.int().min(0), highest: tlp.nullable() }),
  text: z.string().min(1),
  evidence: z
    .string()
    .regex(/^E-[0-9A-Z]{8}$/)
    .optional(),
});

async function askAll(input: string | Uint8Array): Promise<readonly AskLine[]> {
  const ran = await home.run(['ask', '--stdin', '--json'], { input });
  expect(ran).toMatchObject({ exitCode: 0, stderr: '' });
  const lines = askLines(ran.stdout);
  for (const one of lines) expect(line.safeParse(one).error?.issues).toBeUndefined();
  return lines;
}

describe('ask --json', () => {
  it('prints one line of the agreed shape, keys in their order', async () => {
    const startedAt = performance.now();
    const ran = await home.run(['ask', '--json', 'who', 'is', 'chafer']);
    const elapsedMs = performance.now() - startedAt;

    expect(ran).toMatchObject({ exitCode: 0, stderr: '' });
    expect(ran.stdout.endsWith('\n')).toBe(true);
    const [found, ...others] = askLines(ran.stdout);
    expect(others).toEqual([]);
    expect(line.safeParse(found).error?.issues).toBeUndefined();
    expect(Object.keys(found ?? {})).toEqual([
      'question',
      'outcome',
      'latencyMs',
      'answers',
      'suggestions',
      'facts',
      'withheld',
      'text',
      'evidence',
    ]);
    expect(found).toMatchObject({
      question: 'who is chafer',
      outcome: 'found',
      answers: [
        {
          type: 'intrusion-set',
          name: 'APT39',
          externalIds: expect.arrayContaining(['G0087', 'misp:c2c64bd3-a325-446f-91a8-b4c0f173a30b']),
          matched: { text: 'chafer', name: 'Chafer', kind: 'alias' },
        },
      ],
      suggestions: [],
      withheld: { count: 0, highest: null },
    });
    expect(found?.facts).toContainEqual(
      expect.objectContaining({
        subject: found?.answers[0]?.id,
        predicate: 'uses',
        object: expect.objectContaining({ id: expect.stringMatching(/^malware--/), name: 'Remexi' }),
        sources: expect.arrayContaining([
          expect.objectContaining({ source: 'attack-enterprise', tlp: 'clear', confidence: null }),
        ]),
      }),
    );
    expect(found?.text).toContain('APT39');
    // The time of answering, not of loading.
    expect(found?.latencyMs).toBeLessThan(elapsedMs / 3);
  });
});

const outcomes = [
  ['APT39', 'found', 'APT39'],
  ['chafer', 'found', 'APT39'],
  ['remix kiten', 'found', 'APT39'],
  ['G0087', 'found', 'APT39'],
  ['MISP:c2c64bd3-a325-446f-91a8-b4c0f173a30b', 'found', 'APT39'],
  ['what malware does APT39 use', 'answer', 'APT39'],
  ['who uses Mimikatz', 'answer', 'Mimikatz'],
  ['T1566.001', 'found', 'Spearphishing Attachment'],
  ['help', 'help', undefined],
  ['', 'refused', undefined],
  ['qwxv zzkjh', 'not-found', undefined],
] as const;

describe('an outcome', () => {
  let lines: readonly AskLine[];

  beforeAll(async () => {
    lines = await askAll(`${outcomes.map(([question]) => question).join('\n')}\n`);
  });

  it.each(outcomes)('of %j is %s', (question, outcome, first) => {
    const answer = lines.find((one) => one.question === question);

    expect(answer?.outcome).toBe(outcome);
    expect(answer?.answers[0]?.name).toBe(first);
  });
});

describe('ask --stdin --json', () => {
  it('gives a line for each line, in order, whatever stands there', async () => {
    const long = 'who is apt39 and '.repeat(600).slice(0, 10_000);
    const input = Buffer.concat([
      Buffer.from(`APT39\n\n   \r\nchafer\r\n${long}\n${'x'.repeat(10_000)}\n`),
      Buffer.from([0xff, 0xfe, 0x41, 0x50, 0x54, 0xc3, 0x0a]),
      Buffer.from('a\u2028b\rc\u0085d\n\u0000\u001b[31m\u202e\n--json\n-h\n"quoted\n<!channel>\nlast'),
    ]);

    const lines = await askAll(input);

    expect(lines.map(({ question }) => question)).toEqual([
      'APT39',
      '',
      '   ',
      'chafer',
      long,
      'x'.repeat(10_000),
      '\ufffd\ufffdAPT\ufffd',
      'a\u2028b\rc\u0085d',
      '\u0000\u001b[31m\u202e',
      '--json',
      '-h',
      '"quoted',
      '<!channel>',
      'last',
    ]);
    expect(lines.slice(0, 4).map(({ outcome }) => outcome)).toEqual(['found', 'refused', 'refused', 'found']);
    // What a person typed goes into no terminal as it is.
    for (const { text } of lines) expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/);
  });

  it('answers 500 questions in one process, each with what it asks for', async () => {
    const questions = manyQuestions();
    expect(questions).toHaveLength(500);

    const lines = await askAll(questions.map(({ text }) => text).join('\n'));

    expect(lines.map(({ question }) => question)).toEqual(questions.map(({ text }) => text));
    const wrong = lines.filter((one, index) => !isRight(one, questions[index]?.id));
    expect(wrong.map(({ question, outcome, answers }) => [question, outcome, answers[0]?.name])).toEqual([]);
  });

  it('ends quietly when its reader goes away', async () => {
    const main = fileURLToPath(new URL('../../src/main.ts', import.meta.url));
    const child = spawn(process.execPath, [main, 'ask', '--stdin', '--json'], {
      env: { PATH: process.env['PATH'], THREATBRIEF_HOME: `${home.folder}/home`, NODE_NO_WARNINGS: '1' },
    });
    let err = '';
    child.stderr.on('data', (chunk: Buffer) => void (err += chunk.toString('utf8')));
    child.stdin.on('error', () => {});
    child.stdin.end('APT39\n'.repeat(400));

    await new Promise((resolve) => child.stdout.once('data', resolve));
    child.stdout.destroy();
    const exitCode = await new Promise((resolve) => child.once('exit', resolve));

    expect([exitCode, err]).toEqual([0, '']);
  });
});

interface Expected {
  readonly text: string;
  /** The ATT&CK id of the one right answer; absent where there is none. */
  readonly id?: string;
}

/** Names and ids of ATT&CK's groups, and things that are no actor. */
function manyQuestions(): readonly Expected[] {
  const groups = bundledRecords().records.flatMap(({ source, record }) => {
    const id = record.entity?.externalIds[0];
    const isGroup = source === 'attack-enterprise' && record.entity?.type === 'intrusion-set';
    return isGroup && id !== undefined ? [{ id, name: record.title }] : [];
  });
  const nothing = Array.from({ length: 500 }, (_, index) => ({ text: `qzx${index}vkj wjq${index}` }));
  const ids = groups.map(({ id }): Expected => ({ text: id, id }));
  const sentences = groups.map(({ id }): Expected => ({ text: `who is ${id.toLowerCase()}?`, id }));
  return [...ids, ...sentences, ...nothing].slice(0, 500);
}

function isRight({ outcome, answers }: AskLine, id: string | undefined): boolean {
  if (id === undefined) return outcome === 'not-found' || outcome === 'suggest';
  return outcome === 'found' && answers.length === 1 && answers[0]?.externalIds.includes(id) === true;
}

describe('ask --as', () => {
  it('prints a Slack message that Slack would take', async () => {
    const ran = await home.run(['ask', '--as', 'slack', 'APT39']);

    expect(ran).toMatchObject({ exitCode: 0, stderr: '' });
    const payload: unknown = JSON.parse(ran.stdout);
    expect(checkSlackPayload(payload)).toEqual([]);
    expect(ran.stdout).toContain('Remexi');
  });

  it('prints an Adaptive Card that Teams would take', async () => {
    const ran = await home.run(['ask', '--as', 'teams', 'APT39']);

    expect(ran).toMatchObject({ exitCode: 0, stderr: '' });
    const payload: unknown = JSON.parse(ran.stdout);
    expect(checkAdaptiveCard(payload)).toEqual([]);
    expect(ran.stdout).toContain('Remexi');
  });

  it('prints text without escape sequences where the output is no terminal, whatever the environment wants', async () => {
    const ran = await home.run(['ask', 'APT39', '--as', 'text'], {
      env: { FORCE_COLOR: '1', TERM: 'xterm-256color', CLICOLOR_FORCE: '1' },
    });

    expect(ran).toMatchObject({ exitCode: 0, stderr: '' });
    expect(ran.stdout).not.toContain('\u001b');
    expect(ran.stdout.split('\n').every((one) => one.length <= 100)).toBe(true);
  });
});
