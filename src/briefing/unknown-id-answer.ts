import type { Item, Section, Text } from '../cards/card.ts';
import { clearText } from '../cards/clear-text.ts';
import { parseCveId } from '../domain/name-key.ts';
import type { Knowledge } from '../knowledge/types.ts';
import type { UnknownIdQuestion } from '../questions/types.ts';
import type { AnswerContext } from './context.ts';
import { emptyAnswer } from './empty-answer.ts';
import { askAction } from './entity-actions.ts';
import { finishCard } from './finish-card.ts';
import { bold, dayOf, joinTexts, plain } from './text.ts';
import type { Answer } from './types.ts';

interface Giver {
  /** Begins the name of a source that gives such facts. */
  readonly source: string;
  readonly preset: string;
  readonly gives: string;
}

/** Which sources give facts on vulnerabilities, and under which name they are connected. */
const cveGivers: readonly Giver[] = [
  {
    source: 'cisa-kev',
    preset: 'kev',
    gives: 'vulnerabilities that are known to be exploited, since when they are listed',
  },
  {
    source: 'attack-enterprise',
    preset: 'attack-enterprise',
    gives: 'which actors, campaigns and software exploit a vulnerability',
  },
  { source: 'misp-galaxy', preset: 'misp-galaxy', gives: 'vulnerabilities that actors are said to exploit' },
  {
    source: 'circl-osint',
    preset: 'circl-osint',
    gives: 'events of other organisations with the vulnerabilities that they name',
  },
];
const attackGivers: readonly Giver[] = [
  {
    source: 'attack-enterprise',
    preset: 'attack-enterprise',
    gives: 'groups, software, techniques and campaigns of Enterprise',
  },
  { source: 'attack-ics', preset: 'attack-ics', gives: 'those of industrial control systems' },
  { source: 'attack-mobile', preset: 'attack-mobile', gives: 'those of mobile devices' },
];

/** That no source knows an id, which sources give such facts, and which of them are loaded, as of when. */
export function answerUnknownId({ ids }: UnknownIdQuestion, text: string, context: AnswerContext): Answer {
  const { knowledge, now } = context;
  const isCve = ids.every((id) => parseCveId(id) !== undefined);
  const listed = listedOr(ids);
  const kinds = ids.map(kindNotKept);
  const notKept = ids.flatMap((id, at): readonly Text[] => {
    const kind = kinds[at];
    return kind === undefined
      ? []
      : [[bold(id), plain(` is an id of the kind that ATT&CK gives to ${kind}. These are not kept here.`)]];
  });
  if (notKept.length === ids.length) return notKeptAnswer(listed, notKept, text, context);
  const unknown = ids.filter((_, at) => kinds[at] === undefined);
  const what: Text = [
    plain(`No source that is loaded here knows `),
    bold(listedOr(unknown)),
    plain('. It is no judgement: a source that does may not be connected, or be older than the id.'),
  ];
  const givers = isCve
    ? cveGivers
    : ids.some((id) => parseCveId(id) !== undefined)
      ? [...cveGivers, ...attackGivers]
      : attackGivers;
  const list: Section = {
    type: 'list',
    id: 'givers',
    heading: isCve ? 'Where facts on vulnerabilities come from' : 'Where facts on such ids come from',
    rank: 1,
    items: [
      ...givers.map((giver) => giverItem(giver, knowledge)),
      {
        text: [
          bold('Reports of vendors'),
          plain(' — what you import by threatbrief ingest: documents, bundles, events'),
        ],
      },
    ],
  };
  return emptyAnswer(
    text,
    'not-found',
    finishCard(
      {
        title: `${listed}: not known here`,
        sections: [{ type: 'text', id: 'nothing', rank: 0, paragraphs: [what, ...notKept] }, list],
        actions: [askAction('What is Loaded', 'sources')],
        notice: clearText`The id is not known here.`,
      },
      knowledge,
      now,
    ),
  );
}

function listedOr(ids: readonly string[]): string {
  return ids.length === 1 ? (ids[0] ?? '') : `${ids.slice(0, -1).join(', ')} or ${ids.at(-1) ?? ''}`;
}

/** Kinds of things that ATT&CK numbers and that are no entities here, by the letters of their ids. */
const keptElsewhere: ReadonlyMap<string, string> = new Map([
  ['M', 'mitigations'],
  ['DS', 'data sources'],
  ['DC', 'data components'],
  ['DET', 'detection strategies'],
  ['AN', 'analytics'],
  ['TA', 'tactics, by which techniques are grouped'],
]);

/** What the id stands for, in words, where that is kept nowhere here; undefined for all others. */
function kindNotKept(id: string): string | undefined {
  return keptElsewhere.get(/^[A-Z]+/.exec(id)?.[0] ?? '');
}

/** Says what kind of thing the ids are: no other source would change that. */
function notKeptAnswer(
  listed: string,
  paragraphs: readonly Text[],
  text: string,
  { knowledge, now }: AnswerContext,
): Answer {
  const kept = 'Kept are groups (G…), software (S…), techniques (T…), campaigns (C…) and CVE ids.';
  return emptyAnswer(
    text,
    'not-found',
    finishCard(
      {
        title: `${listed}: not kept here`,
        sections: [{ type: 'text', id: 'nothing', rank: 0, paragraphs: [...paragraphs, [plain(kept)]] }],
        actions: [askAction('What is Loaded', 'sources')],
        notice: clearText`Ids of this kind are not kept here.`,
      },
      knowledge,
      now,
    ),
  );
}

function giverItem({ source, preset, gives }: Giver, knowledge: Knowledge): Item {
  const known = knowledge.sources.get(source);
  const title = known?.title ?? source;
  const state: readonly string[] =
    known === undefined
      ? ['not loaded']
      : [
          `loaded${known.version === undefined ? '' : `, release ${known.version}`}`,
          `imported ${dayOf(known.importedAt)}`,
        ];
  const add = `threatbrief sources add ${preset}`;
  return {
    text: [
      bold(title),
      plain(` — ${gives}; `),
      ...joinTexts(state.map((one) => [plain(one)])),
      plain(known === undefined ? '; connect it: ' : '; keep it current: '),
      { text: add, style: 'code' },
    ],
  };
}
