import { type CiteBook, createCiteBook } from '../briefing/cites.ts';
import { attributionName, groupClaims } from '../briefing/facts.ts';
import { labelById } from '../briefing/labels.ts';
import { entityTypeLabels } from '../domain/entity-type.ts';
import { defang } from '../domain/indicator.ts';
import { type Predicate, predicates } from '../domain/record.ts';
import { strictest, tlpLabel } from '../domain/tlp.ts';
import type { Claim, Knowledge } from '../knowledge/types.ts';
import { assertNever } from '../support/assert-never.ts';
import type { Exported } from './collect.ts';
import { markdownLink, markdownText, yamlText } from './markdown-text.ts';

const headings: Readonly<Record<Predicate, string>> = {
  name: 'Names',
  alias: 'Other names',
  'attributed-to': 'Attributed to',
  'targets-sector': 'Sectors hit',
  'targets-region': 'Countries and regions hit',
  motivation: 'Motives',
  'active-since': 'First seen',
  'last-seen': 'Last seen',
  uses: 'Uses',
  exploits: 'Exploits',
  description: 'Descriptions',
  reference: 'Documents',
  'reported-in': 'Reports',
  'related-to': 'Related',
  tactic: 'Phases',
  platform: 'Platforms',
  detail: 'Details',
};

/**
 * A document of everything exported: front matter, a profile with the labels that our own importer reads, and every
 * statement with the numbers of its sources, which stand at the end.
 */
export function toMarkdown(exported: Exported): string {
  const { entity, knowledge, claims, claimsAbout, indicators } = exported;
  const cites = createCiteBook(knowledge, entity);
  const statements = [
    ...predicates.flatMap((predicate) => statementTable(predicate, claims, cites, knowledge)),
    ...aboutTable(claimsAbout, cites, knowledge),
    ...indicatorTable(exported, cites),
  ];
  const marking = strictest([cites.marking(), ...indicators.map((one) => one.marking)]) ?? 'clear';
  const lines = [
    '---',
    `title: ${yamlText(entity.name)}`,
    `tlp: ${JSON.stringify(marking)}`,
    '---',
    '',
    `# ${markdownText(entity.name)}`,
    '',
    ...profileLines(exported),
    `## Evidence on this ${entityTypeLabels[entity.type].one.toLowerCase()}`,
    '',
    ...statements,
    '## Where it is from',
    '',
    ...sourceLines(cites),
  ];
  return `${lines.join('\n')}\n`;
}

/** The labels that a profile has; each once, and none without a value. */
function profileLines({ entity, claims, knowledge }: Exported): readonly string[] {
  const values = (wanted: Predicate): readonly string[] =>
    groupClaims(claims.filter(({ predicate }) => predicate === wanted)).map((group) =>
      group.predicate === 'attributed-to' ? attributionOf(group.claims[0]) : group.value,
    );
  const used = (types: readonly string[]): readonly string[] =>
    groupClaims(claims.filter(({ predicate }) => predicate === 'uses'))
      .filter(({ object }) => types.includes(knowledge.entities.get(object ?? entity.id)?.type ?? ''))
      .map(({ object, value }) => labelById(knowledge, object, value));
  const names = entity.names.filter(({ kind, relation }) => kind === 'alias' && relation === 'same-as');
  const overview = claims.find(({ given }) => given.predicate === 'description')?.value;
  return [
    ...labelled(
      'AKA',
      names.map(({ text }) => text),
    ),
    ...labelled('Suspected attribution', values('attributed-to')),
    ...labelled('Target sectors', values('targets-sector')),
    ...(overview === undefined ? [] : [`Overview: ${markdownText(overview)}`, '']),
    ...labelled('Associated malware', used(['malware', 'tool'])),
    ...labelled('Attack vectors', used(['attack-pattern'])),
  ];
}

function labelled(label: string, values: readonly string[]): readonly string[] {
  const distinct = [...new Set(values.map(markdownText))].filter((value) => value !== '');
  return distinct.length === 0 ? [] : [`${label}:`, ...distinct.map((value) => `- ${value}`), ''];
}

function attributionOf({ given, value }: Claim): string {
  return given.predicate === 'attributed-to' ? attributionName(given) : value;
}

function statementTable(
  predicate: Predicate,
  claims: readonly Claim[],
  cites: CiteBook,
  knowledge: Knowledge,
): readonly string[] {
  const groups = groupClaims(claims.filter((claim) => claim.predicate === predicate));
  return table(
    headings[predicate],
    groups.map(({ claims: same, object, value }) => [
      withQualifier(same[0], labelById(knowledge, object, value)),
      cites.cite(same),
      linkOf(same[0]),
    ]),
  );
}

/** The document that a reference names. */
function linkOf({ given }: Claim): string | undefined {
  return given.predicate === 'reference' ? markdownLink(given.url) : undefined;
}

/** What a value alone would say wrongly. */
function withQualifier({ given }: Claim, text: string): string {
  switch (given.predicate) {
    case 'alias':
      return given.relation === 'same-as' ? text : `${text} (${given.relation})`;
    case 'attributed-to':
      return given.target === undefined ? attributionName(given) : text;
    case 'exploits':
      return given.negated === true ? `not: ${text}` : text;
    case 'related-to':
      return `${given.relation}: ${text}`;
    case 'detail':
      return `${given.label}: ${given.on === undefined ? '' : `${given.on}, `}${text}`;
    case 'reported-in':
      return given.mentioned === true ? `${text} (named in its words)` : text;
    case 'name':
    case 'targets-sector':
    case 'targets-region':
    case 'motivation':
    case 'active-since':
    case 'last-seen':
    case 'uses':
    case 'description':
    case 'reference':
    case 'tactic':
    case 'platform':
      return text;
    default:
      return assertNever(given);
  }
}

function aboutTable(claims: readonly Claim[], cites: CiteBook, knowledge: Knowledge): readonly string[] {
  const rows = groupClaims(claims).map(
    ({ subject, predicate, claims: same }): Row => [
      `${labelById(knowledge, subject, subject)}: ${headings[predicate].toLowerCase()}`,
      cites.cite(same),
    ],
  );
  return table('Named by others', rows);
}

function indicatorTable({ indicators }: Exported, cites: CiteBook): readonly string[] {
  const rows = indicators.map(({ indicator, record, marking }): Row => {
    const number = cites.citeProvenance({
      source: record.source,
      record: record.externalId,
      marking,
      confidence: null,
      ...(indicator.date === undefined ? {} : { date: indicator.date }),
    });
    return [`${indicator.type}: ${defang(indicator.value)}`, [number]];
  });
  return table('Indicators', rows);
}

type Row = readonly [text: string, cites: readonly number[], link?: string | undefined];

/** Three columns: a row of two could be read as a label with its value. */
function table(heading: string, rows: readonly Row[]): readonly string[] {
  if (rows.length === 0) return [];
  return [
    `| ${heading} | said by | document |`,
    '|---|---|---|',
    ...rows.map(([text, cites, link = '']) => {
      const numbers = cites.map((one) => `\\[${one}\\]`).join(' ');
      return `| ${markdownText(text)} | ${numbers} | ${link} |`;
    }),
    '',
  ];
}

function sourceLines(cites: CiteBook): readonly string[] {
  return cites.notes().map(({ number, title, url, date, marking, confidence }) => {
    const parts = [
      markdownText(title),
      date,
      tlpLabel(marking),
      confidence === null ? undefined : `confidence ${confidence}`,
      markdownLink(url),
    ];
    return `${number}. ${parts.filter((part) => part !== undefined).join(', ')}`;
  });
}
