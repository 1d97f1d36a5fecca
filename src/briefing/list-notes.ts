import type { Knowledge } from '../knowledge/types.ts';
import { type ConditionLeaf, leavesOf } from '../questions/condition.ts';
import { countriesIn, placeName } from '../questions/condition-region.ts';
import type { ListQuestion } from '../questions/types.ts';
import { sinceDay } from './list-dates.ts';
import type { Evidence } from './list-evaluate.ts';
import { valuesOf } from './list-index.ts';
import type { ListedEntity } from './list-rank.ts';
import { recordedNotes } from './list-recorded.ts';
import { formatCount } from './text.ts';

/** Above this a list says that it is broad. */
const broad = 100;
const maxPlaces = 30;
/** Conditions that a reader could take for one statement. */
const statements: readonly ConditionLeaf['kind'][] = [
  'country',
  'origin-region',
  'sector',
  'region',
  'uses',
  'software',
];

/** What a reader must know of how a list was made: spellings, what counted, what does not follow from it. */
export function listNotes(
  question: ListQuestion,
  lines: readonly ListedEntity[],
  knowledge: Knowledge,
  now: Date,
): readonly string[] {
  const leaves = leavesOf(question.where);
  const kinds = new Set(leaves.map(({ leaf }) => leaf.kind));
  const said = statements.filter((kind) => kinds.has(kind));
  const below = lines.filter(({ disputes, isWeak }) => disputes.length > 0 || isWeak).length;
  return [
    ...question.notes.map((note) => `${note}.`),
    ...(lines.length > broad
      ? [`That is broad: ${formatCount(lines.length)} fit. Add a sector, a region, a technique or a time.`]
      : []),
    ...placeNotes(
      leaves.map(({ leaf }) => leaf),
      lines,
    ),
    ...(hasParts(
      leaves.map(({ leaf }) => leaf),
      lines,
    )
      ? ['The use of a sub-technique counts for its technique.']
      : []),
    ...sinceNotes(
      leaves.map(({ leaf }) => leaf),
      now,
    ),
    ...recordedNotes(question, knowledge, now),
    ...(said.length > 1 && lines.length > 0
      ? ['Each condition is held against the records by itself: no source need say all of it together.']
      : []),
    ...(leaves.some(({ isNegated, leaf }) => isNegated && leaf.kind !== 'source')
      ? ['“Not” means that no source here says so.']
      : []),
    ...(below > 0
      ? [
          `${formatCount(below)} of them ${below === 1 ? 'stands' : 'stand'} last: sources disagree there, or only name them.`,
        ]
      : []),
  ];
}

/** Which countries and parts of a region counted. */
function placeNotes(leaves: readonly ConditionLeaf[], lines: readonly ListedEntity[]): readonly string[] {
  const regions = new Map(
    leaves.flatMap((leaf) =>
      (leaf.kind === 'region' || leaf.kind === 'origin-region') && countriesIn(leaf.key).size > 0
        ? [[`${leaf.kind} ${leaf.key}`, leaf] as const]
        : [],
    ),
  );
  return [...regions.values()].flatMap((leaf) => {
    const names = new Set(
      lines.flatMap(({ evidence }) => leafClaims(evidence, leaf)).map((place) => placeName(place)),
    );
    if (names.size === 0) return [];
    const sorted = [...names].sort((a, b) => a.localeCompare(b, 'en'));
    const rest = sorted.length - maxPlaces;
    const more = rest > 0 ? ` and ${rest} more` : '';
    return [`Counted as ${placeName(leaf.key)}: ${sorted.slice(0, maxPlaces).join(', ')}${more}.`];
  });
}

function leafClaims(evidence: readonly Evidence[], leaf: ConditionLeaf): readonly string[] {
  return evidence.flatMap((one): readonly string[] => {
    if (one.kind === 'actors') return one.users.flatMap((user) => leafClaims(user.evidence, leaf));
    return one.leaf.kind === leaf.kind && JSON.stringify(one.leaf) === JSON.stringify(leaf)
      ? one.claims.flatMap(valuesOf)
      : [];
  });
}

/** True where something was counted for its whole. */
function hasParts(leaves: readonly ConditionLeaf[], lines: readonly ListedEntity[]): boolean {
  const asked = new Set(leaves.flatMap((leaf) => (leaf.kind === 'uses' ? [leaf.id] : [])));
  const isPart = (evidence: Evidence): boolean =>
    evidence.kind === 'actors'
      ? evidence.users.some((user) => user.evidence.some(isPart))
      : evidence.leaf.kind === 'uses' &&
        evidence.claims.some(({ object }) => object !== undefined && !asked.has(object));
  return lines.some(({ evidence }) => evidence.some(isPart));
}

function sinceNotes(leaves: readonly ConditionLeaf[], now: Date): readonly string[] {
  const [since] = leaves.flatMap((leaf) => (leaf.kind === 'since' ? [leaf.date] : []));
  if (since === undefined) return [];
  return [
    `Counted as activity since ${sinceDay(since, now)}: recorded first and last activity, dates of attributed campaigns, and dates of reports. When a record was edited is no activity.`,
  ];
}
