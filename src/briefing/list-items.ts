import type { Item, Text } from '../cards/card.ts';
import { countryName } from '../domain/country.ts';
import type { Claim, Knowledge } from '../knowledge/types.ts';
import type { ConditionLeaf } from '../questions/condition.ts';
import { placeName } from '../questions/condition-region.ts';
import type { CiteBook } from './cites.ts';
import { type ClaimGroup, groupClaims } from './facts.ts';
import { labelById, labelOf } from './labels.ts';
import type { Evidence, User } from './list-evaluate.ts';
import type { ListedEntity } from './list-rank.ts';
import { nameClaims } from './names.ts';
import { bold, dayOf, joinTexts, plain, shorten, stated } from './text.ts';

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
  const reasons = evidence.map((one) => evidenceText(one, pen)).filter((text) => text.length > 0);
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

function evidenceText(evidence: Evidence, pen: Pen): Text {
  if (evidence.kind === 'actors') return usersText(evidence.users, pen);
  const { leaf, claims } = evidence;
  const values = leafValues(leaf, claims, pen);
  if (values.length === 0) return [];
  const shown = values.slice(0, maxValues);
  const rest = values.length - shown.length;
  return [plain(lead(leaf)), ...joinTexts(shown), ...(rest === 0 ? [] : [plain(` and ${rest} more`)])];
}

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
      return 'uses ';
    case 'motivation':
      return 'motive: ';
    case 'since':
      return 'dated ';
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
  { knowledge, cites }: Pen,
): readonly Text[] {
  if (leaf.kind === 'source') {
    const [first] = claims;
    return first === undefined
      ? []
      : [[stated(first.provenance.publisher ?? sourceTitle(first, knowledge), cites.cite([first]))]];
  }
  if (leaf.kind === 'software') return softwareValues(claims, { knowledge, cites });
  if (leaf.kind === 'since') return dateValues(claims, { knowledge, cites });
  // One country with two sponsors is one value here.
  const values = new Map<string, Claim[]>();
  for (const group of groupClaims(claims)) {
    const words = valueWords(group, knowledge);
    values.set(words, [...(values.get(words) ?? []), ...group.claims]);
  }
  return [...values].map(([words, stating]) => [stated(words, cites.cite(stating))]);
}

function sourceTitle({ provenance }: Claim, knowledge: Knowledge): string {
  return knowledge.sources.get(provenance.source)?.title ?? provenance.source;
}

/** Dates, newest first; those of a campaign with who says whose it is. */
function dateValues(claims: readonly Claim[], { knowledge, cites }: Pen): readonly Text[] {
  const ties = claims.filter(({ predicate }) => predicate === 'attributed-to');
  return groupClaims(claims.filter(({ predicate }) => predicate !== 'attributed-to'))
    .map((group) => ({ group, words: valueWords(group, knowledge) }))
    .sort((a, b) => (a.words < b.words ? 1 : a.words > b.words ? -1 : 0))
    .map(({ group, words }) => {
      const own = ties.filter(({ subject }) => subject === group.subject);
      return [stated(words, cites.cite([...group.claims, ...own]))];
    });
}

/** Software with who says that it is used and who lists it under its kind. */
function softwareValues(claims: readonly Claim[], { knowledge, cites }: Pen): readonly Text[] {
  const uses = groupClaims(claims.filter(({ predicate }) => predicate === 'uses'));
  if (uses.length === 0) {
    // A software in the list itself says no more than that.
    const [first] = claims;
    return first === undefined
      ? []
      : [[stated(`listed as ${first.provenance.collection ?? ''}`, cites.cite(claims))]];
  }
  return uses.map((group) => {
    const entries = claims.filter(
      ({ predicate, subject }) => predicate !== 'uses' && subject === group.object,
    );
    return [
      stated(labelById(knowledge, group.object, group.value), cites.cite([...group.claims, ...entries])),
    ];
  });
}

function valueWords(group: ClaimGroup, knowledge: Knowledge): string {
  const [{ given, provenance }] = group.claims;
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
    const subject = knowledge.entities.get(group.subject);
    return `${dayOf(given.text)} ${word}${subject?.type === 'campaign' ? ` (${subject.name})` : ''}`;
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
  return [
    plain(word),
    ...joinTexts(
      shown.map(({ actor, claims, evidence }): Text => {
        const reasons = evidence.flatMap((one) => (one.kind === 'leaf' ? one.claims : []));
        return [
          stated(labelOf(knowledge.entities.get(actor.id) ?? actor), cites.cite([...claims, ...reasons])),
        ];
      }),
    ),
    ...(rest === 0 ? [] : [plain(` and ${rest} more`)]),
  ];
}
