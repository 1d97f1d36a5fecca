import type { Item, Text } from '../cards/card.ts';
import { countryName } from '../domain/country.ts';
import type { Claim, Knowledge } from '../knowledge/types.ts';
import type { ConditionLeaf } from '../questions/condition.ts';
import { platformLabel } from '../questions/condition-platform.ts';
import { placeName } from '../questions/condition-region.ts';
import { softwareKind } from '../questions/condition-software.ts';
import { tacticLabel } from '../questions/condition-tactic.ts';
import type { CiteBook } from './cites.ts';
import { type ClaimGroup, groupClaims } from './facts.ts';
import { labelById, labelOf } from './labels.ts';
import type { Evidence, User } from './list-evaluate.ts';
import type { ListedEntity } from './list-rank.ts';
import { nameClaims } from './names.ts';
import { bold, dayOf, formatCount, joinTexts, plain, shorten, stated } from './text.ts';
import { onlyThrough, throughWords } from './uses-of.ts';

interface Pen {
  readonly knowledge: Knowledge;
  readonly cites: CiteBook;
}

const maxValues = 3;
const maxUsers = 4;

/** One line of a list: the name, and why it is listed, each reason with its sources. */
export function listItem(line: ListedEntity, pen: Pen): Item {
  const { entity, evidence, disputes, isWeak } = line;
  const { knowledge, cites } = pen;
  const reasons = evidence.map((one) => evidenceText(one, entity, pen)).filter((text) => text.length > 0);
  const doubts: readonly Text[] = [
    ...disputes.map(
      ({ about, sides }): Text => [
        plain('sources disagree on '),
        stated(about.toLowerCase(), cites.cite(sides.flatMap(({ claims }) => claims))),
      ],
    ),
    ...(isWeak ? [[plain('named, but not described as such')]] : []),
  ];
  return {
    text: joinTexts(
      [
        [bold(labelOf(entity), cites.cite(nameClaims(entity, knowledge)))],
        joinTexts([...reasons, ...doubts], '; '),
      ],
      ' — ',
    ),
    action: {
      type: 'command',
      label: shorten(labelOf(entity), 60),
      value: { verb: 'brief', entity: entity.id },
    },
  };
}

function evidenceText(evidence: Evidence, line: ListedEntity['entity'], pen: Pen): Text {
  if (evidence.kind === 'actors') return usersText(evidence.users, pen);
  const { leaf, claims } = evidence;
  const values = leafValues(leaf, claims, line, pen);
  if (values.length === 0) return [];
  const isOwn = throughThings.has(leaf.kind) && claims.every(({ predicate }) => predicate !== 'uses');
  const shown = values.slice(0, maxValues);
  const rest = values.length - shown.length;
  return [
    plain(isOwn ? ownLead(leaf) : lead(leaf)),
    ...joinTexts(shown),
    ...(rest === 0 ? [] : [plain(` and ${rest} more`)]),
  ];
}

/** What is said of the thing itself, and not of those who use it. */
function ownLead({ kind }: ConditionLeaf): string {
  if (kind === 'platform') return 'runs on ';
  return kind === 'tactic' ? 'tactic: ' : 'listed as ';
}

/** Conditions that hold of software and techniques themselves, or of those who use such. */
const throughThings: ReadonlySet<string> = new Set(['software', 'tactic', 'platform']);

function lead({ kind }: ConditionLeaf): string {
  switch (kind) {
    case 'country':
    case 'origin-region':
      return 'from ';
    case 'sector':
    case 'region':
      return 'targets ';
    case 'uses':
    case 'software':
    case 'tactic':
    case 'platform':
      return 'uses ';
    case 'motivation':
      return 'motive: ';
    case 'since':
    case 'dated':
      return 'dated ';
    case 'sponsored':
      return 'sponsor: ';
    case 'entity':
      return '';
    case 'name':
      return 'called ';
    case 'source':
      return 'described by ';
    default:
      return kind satisfies never;
  }
}

/** Each recorded value once, with everyone who states it. */
function leafValues(
  leaf: ConditionLeaf,
  claims: readonly Claim[],
  line: ListedEntity['entity'],
  { knowledge, cites }: Pen,
): readonly Text[] {
  if (leaf.kind === 'source') {
    const [first] = claims;
    return first === undefined
      ? []
      : [[stated(first.provenance.publisher ?? sourceTitle(first, knowledge), cites.cite([first]))]];
  }
  // The name stands before it.
  if (leaf.kind === 'entity') {
    cites.note(claims);
    return [];
  }
  if (throughThings.has(leaf.kind)) return thingValues(leaf, claims, line, { knowledge, cites });
  if (leaf.kind === 'uses') return useValues(claims, line, { knowledge, cites });
  if (leaf.kind === 'since' || leaf.kind === 'dated') return dateValues(line, claims, { knowledge, cites });
  // One country with two sponsors is one value here.
  const values = new Map<string, Claim[]>();
  for (const group of groupClaims(claims)) {
    const words = valueWords(group, knowledge, leaf.kind === 'sponsored');
    values.set(words, [...(values.get(words) ?? []), ...group.claims]);
  }
  return [...values].map(([words, stating]) => [stated(words, cites.cite(stating))]);
}

function sourceTitle({ provenance }: Claim, knowledge: Knowledge): string {
  return knowledge.sources.get(provenance.source)?.title ?? provenance.source;
}

/** Dates, newest first; those of a campaign with who says whose it is. */
function dateValues(
  line: ListedEntity['entity'],
  claims: readonly Claim[],
  { knowledge, cites }: Pen,
): readonly Text[] {
  const ties = claims.filter(({ predicate }) => predicate === 'attributed-to');
  const dates = claims.filter(({ predicate }) => predicate !== 'attributed-to');
  return [...Map.groupBy(dates, ({ subject, predicate }) => `${subject} ${isSpan(predicate)}`).values()]
    .map((group) => {
      const subject = group[0]?.subject;
      const own = ties.filter((tie) => tie.subject === subject);
      const campaign = subject === line.id ? undefined : subject;
      return { words: dateWords(group, campaign, knowledge), claims: [...group, ...own] };
    })
    .sort((a, b) => (a.words < b.words ? 1 : a.words > b.words ? -1 : 0))
    .map(({ words, claims: stating }) => [stated(words, cites.cite(stating))]);
}

function isSpan(predicate: Claim['predicate']): boolean {
  return predicate === 'active-since' || predicate === 'last-seen';
}

/** "2022-02-01 to 2022-03-01 (C0018)", or each date by itself. */
function dateWords(
  claims: readonly Claim[],
  campaign: Claim['subject'] | undefined,
  knowledge: Knowledge,
): string {
  const daysOf = (predicate: Claim['predicate']): readonly string[] => [
    ...new Set(claims.filter((claim) => claim.predicate === predicate).map(({ value }) => dayOf(value))),
  ];
  const [first, last] = [daysOf('active-since'), daysOf('last-seen')];
  const whose = campaign === undefined ? '' : ` (${labelById(knowledge, campaign, 'a campaign')})`;
  if (first.length === 1 && last.length === 1)
    return `${first[0]}${first[0] === last[0] ? '' : ` to ${last[0]}`}${whose}`;
  return groupClaims(claims)
    .map((group) => valueWords(group, knowledge))
    .sort()
    .reverse()
    .join(', ')
    .concat(first.length + last.length === 0 ? '' : whose);
}

/** What is used, with who says so and who says that it is of the kind; of the thing itself what it is. */
function thingValues(
  leaf: ConditionLeaf,
  claims: readonly Claim[],
  line: ListedEntity['entity'],
  { knowledge, cites }: Pen,
): readonly Text[] {
  const uses = claims.filter(({ predicate }) => predicate === 'uses');
  if (uses.length === 0) return claims.length === 0 ? [] : [[stated(ownWords(leaf), cites.cite(claims))]];
  return useValues(claims, line, { knowledge, cites });
}

/** What is used, once each; what is stated only of a campaign with the campaign, and with who attributes it. */
function useValues(
  claims: readonly Claim[],
  line: ListedEntity['entity'],
  { knowledge, cites }: Pen,
): readonly Text[] {
  const uses = claims.filter(({ predicate }) => predicate === 'uses' || predicate === 'exploits');
  return [...Map.groupBy(uses, ({ object, value }) => object ?? value).values()].map((stating) => {
    const [group] = groupClaims(stating);
    const subjects = new Set(stating.map(({ subject }) => subject));
    const others = claims.filter(({ predicate, subject }) =>
      predicate === 'attributed-to'
        ? subjects.has(subject)
        : predicate !== 'uses' && predicate !== 'exploits' && subject === group?.object,
    );
    const words = labelById(knowledge, group?.object, group?.value ?? '');
    const through = throughWords(onlyThrough(line.id, stating, knowledge));
    return [stated(words, cites.cite([...stating, ...others])), ...(through === '' ? [] : [plain(through)])];
  });
}

function ownWords(leaf: ConditionLeaf): string {
  if (leaf.kind === 'tactic') return tacticLabel(leaf.key);
  if (leaf.kind === 'platform') return platformLabel(leaf.key);
  const kind = leaf.kind === 'software' ? softwareKind(leaf.key) : undefined;
  if (kind === undefined) return '';
  return kind.one === kind.many ? kind.one : `a ${kind.one}`;
}

function valueWords(group: ClaimGroup, knowledge: Knowledge, sponsor = false): string {
  const [{ given, provenance }] = group.claims;
  if (given.predicate === 'attributed-to' && sponsor) {
    return shorten(given.sponsor ?? given.text, 120);
  }
  if (given.predicate === 'attributed-to') {
    return given.country === undefined
      ? labelById(knowledge, group.subject, group.value)
      : countryName(given.country);
  }
  if (given.predicate === 'targets-region') {
    return given.country === undefined ? given.text : placeName(given.country);
  }
  if (given.predicate === 'uses' || given.predicate === 'exploits') {
    return labelById(knowledge, group.object, group.value);
  }
  if (given.predicate === 'active-since' || given.predicate === 'last-seen') {
    const word = given.predicate === 'active-since' ? 'first seen' : 'last seen';
    return `${dayOf(given.text)} ${word}`;
  }
  if (given.predicate === 'reported-in') {
    return `${dayOf(provenance.date ?? '')} ${labelById(knowledge, group.object, group.value)}`.trim();
  }
  return shorten(group.value, 120);
}

/** "used by APT39, OilRig and 3 more": with who says that they use it and why they fit. */
function usersText(users: readonly User[], { knowledge, cites }: Pen): Text {
  const sorted = [...users].sort(
    (a, b) => b.claims.length - a.claims.length || (a.actor.name < b.actor.name ? -1 : 1),
  );
  const shown = sorted.slice(0, maxUsers);
  const rest = sorted.length - shown.length;
  const [first] = sorted;
  const word = first?.claims[0]?.predicate === 'attributed-to' ? 'of ' : 'used by ';
  const count = rest === 0 || word === 'of ' ? '' : `${formatCount(sorted.length)} actors: `;
  return [
    plain(`${word}${count}`),
    ...joinTexts(
      shown.map(({ actor, claims, evidence }): Text => {
        const reasons = evidence.flatMap((one) => (one.kind === 'leaf' ? one.claims : []));
        const through = throughWords(onlyThrough(actor.id, claims, knowledge));
        return [
          stated(labelOf(knowledge.entities.get(actor.id) ?? actor), cites.cite([...claims, ...reasons])),
          ...(through === '' ? [] : [plain(through)]),
        ];
      }),
    ),
    ...(rest === 0 ? [] : [plain(` and ${rest} more`)]),
  ];
}
