import type { Stats } from '../../src/briefing/stats.ts';
import type { Answer } from '../../src/briefing/types.ts';
import type { Card } from '../../src/cards/card.ts';
import type { DiffResult } from '../../src/chat/desk-diff.ts';
import { runCli } from '../../src/cli/program.ts';
import type { CardForm, ExitCode, IngestRequest, Runtime } from '../../src/cli/runtime.ts';
import type { Tlp } from '../../src/domain/tlp.ts';
import { sampleCard } from '../helpers/sample-card.ts';

/** What a command line did, seen from outside. */
export interface Ran {
  readonly exitCode: ExitCode;
  readonly out: string;
  readonly err: string;
  /** What it asked of the rest of the program, in order: `open green`, `ask APT39 green`, `close`. */
  readonly calls: readonly string[];
}

export type RuntimeChanges = Partial<Runtime> & {
  readonly stdin?: readonly (string | Uint8Array)[];
  readonly verbose?: boolean;
};

/** An answer with the sample card; the question is its name. */
export function fakeAnswer(question: string): Answer {
  // A question that says so is answered with lists that hold fewer than there are.
  const sections = question.includes('shortened') ? sampleCard.sections : [];
  return {
    question,
    outcome: 'not-found',
    answers: [],
    suggestions: [],
    facts: [],
    withheld: { count: 0, highest: null },
    card: { ...sampleCard, sections, title: `Card of ${question}` },
  };
}

/** A diff with the sample card; a name that says "nobody" leads nowhere, a date "never" is none. */
function fakeDiff(name: string, since: string): DiffResult {
  if (since === 'never') return { kind: 'problem', problem: '“never” is no date' };
  if (name === 'nobody') return { kind: 'answer', answer: fakeAnswer(name) };
  const json = {
    actor: null,
    since,
    until: since,
    history: { complete: true, firstImports: {} },
    sources: [],
    withheld: { count: 0, highest: null },
  };
  return { kind: 'diff', card: { ...sampleCard, title: `Changes of ${name}` }, json };
}

const fakeStats: Stats = {
  ceiling: 'green',
  entities: { total: 3, malware: 3 },
  mentionedOnly: 1,
  records: 12_345,
  sources: [{ source: 'one', title: 'One', version: '1.0', records: 12_345, marking: 'clear' }],
  claims: { total: 7, name: 7 },
  claimsByMarking: { clear: 7 },
  joins: { total: 0 },
  refusals: { total: 0 },
  overlaps: 0,
  disagreements: { total: 0, entities: 0 },
  sharedNames: { total: 1, names: [{ name: 'Shared', owners: ['A', 'B'] }] },
  unresolved: {
    texts: 1,
    pointers: 2,
    byUuid: { texts: 0, pointers: 0 },
    top: [{ text: 'Lost Bird', count: 2 }],
  },
  ambiguous: [],
  spotted: 0,
  decisions: { followed: 0, problems: 0, joins: 0, partings: 0 },
};

/** Runs one command line over a program that only notes what it is asked for. */
export async function run(args: readonly string[], changes: RuntimeChanges = {}): Promise<Ran> {
  const { stdin = [], verbose = false, ...parts } = changes;
  const calls: string[] = [];
  const written = { out: '', err: '' };
  const runtime: Runtime = {
    ...fakeParts(calls),
    ...parts,
    terminal: {
      stdin: chunks(stdin),
      out: (text) => void (written.out += text),
      err: (text) => void (written.err += text),
      width: 100,
      colour: false,
      verbose,
    },
  };
  return { exitCode: await runCli(args, '9.8.7', runtime), ...written, calls };
}

async function* chunks(parts: readonly (string | Uint8Array)[]): AsyncGenerator<string | Uint8Array> {
  yield* parts;
}

function fakeParts(calls: string[]): Omit<Runtime, 'terminal'> {
  return {
    clock: { now: () => new Date('2026-01-20T03:00:00Z') },
    openDesk: async (ceiling: Tlp) => {
      calls.push(`open ${ceiling}`);
      return {
        ask: async (text, at, { whole }) => {
          calls.push(`ask ${text} ${at}${whole ? ' whole' : ''}`);
          return fakeAnswer(text);
        },
        why: async (text, at) => {
          calls.push(`why ${text} ${at}`);
          return fakeAnswer(`why ${text}`);
        },
        digest: async ({ days, filters, ceiling: at }) => {
          calls.push(`digest ${days} [${filters}] ${at}`);
          return sampleCard;
        },
        diff: async ({ name, since, until, ceiling: at, whole }) => {
          calls.push(`diff [${name}] ${since} ${until ?? '-'} ${at}${whole ? ' whole' : ''}`);
          return fakeDiff(name, since);
        },
        stats: async (at) => {
          calls.push(`stats ${at}`);
          return fakeStats;
        },
        export: async (text, form, at) => {
          calls.push(`export ${text} ${form} ${at}`);
          if (text === 'nobody') return { kind: 'unclear', answer: fakeAnswer(text) };
          return { kind: 'exported', text: `${form} of ${text}\n`, notes: ['2 items withheld'] };
        },
        close: async () => void calls.push('close'),
      };
    },
    ingest: async (places: readonly string[], request: IngestRequest) => {
      calls.push(`ingest ${places.join(' ')} ${JSON.stringify(request)}`);
      return { summary: { files: places.length }, text: 'one line', exitCode: 0 };
    },
    openSources: async () => {
      throw new Error('no test of this file opens sources');
    },
    openSubscriptions: async () => {
      throw new Error('no test of this file opens subscriptions');
    },
    moveStore: async () => {
      calls.push('move');
      return {
        from: 'home/threatbrief.db',
        place: 'PostgreSQL at db/threatbrief',
        rows: { subscription: 1_200, watch: 3 },
      };
    },
    resealSecrets: async () => {
      calls.push('reseal');
      return { resealed: 3, current: 2, unreadable: 0 };
    },
    openDeliveries: async () => {
      throw new Error('no test of this file opens deliveries');
    },
    openAudit: async () => {
      throw new Error('no test of this file opens the audit');
    },
    startServer: async () => {
      calls.push('start');
      return { address: 'http://127.0.0.1:3978', ended: Promise.resolve() };
    },
    checks: async () => [
      { name: 'runtime', state: 'ok', detail: 'Node' },
      { name: 'Slack', state: 'note', detail: 'not connected' },
    ],
    slackManifest: async (options) => ({ made: options }),
    writeTeamsPackage: async ({ url, appId, out }) => {
      calls.push(`package ${url} ${appId ?? '-'}`);
      return out;
    },
    saveFile: async (path, text) => void calls.push(`save ${path} ${text.trim()}`),
    renderCard: async (card: Card, form: CardForm | 'plain') => `${form}: ${card.title}`,
  };
}
