import type { Entity, Knowledge } from '../knowledge/types.ts';
import { allOf, type Condition, type ConditionLeaf, requiredParts } from '../questions/condition.ts';
import { platformLabel } from '../questions/condition-platform.ts';
import type { ListQuestion } from '../questions/types.ts';
import { evaluateList } from './list-evaluate.ts';
import { countedTypes } from './list-words.ts';
import { formatCount } from './text.ts';

/**
 * For conditions on what few records tell (platforms, dates, sponsors): how many that fit otherwise could not be held
 * against it, since nothing of the kind is recorded of them.
 */
export function recordedNotes(question: ListQuestion, knowledge: Knowledge, now: Date): readonly string[] {
  const parts = requiredParts(question.where);
  return parts.flatMap((part): readonly string[] => {
    const leaf = leafOf(part);
    const kind = leaf === undefined ? undefined : sparse[leaf.kind]?.(leaf);
    if (kind === undefined) return [];
    const others = allOf(parts.filter((other) => other !== part));
    const rest = [...evaluateList(question.types, others, knowledge, now).keys()];
    const without = rest.filter((id) => {
      const entity = knowledge.entities.get(id);
      return entity !== undefined && !kind.isRecorded(entity, knowledge);
    });
    const counts =
      without.length === 0
        ? ''
        : ` Of ${countedTypes(rest.length, question.types)} that fit otherwise, ${formatCount(without.length)} have ${kind.nothing} here and are left out.`;
    return kind.how === '' && counts === '' ? [] : [`${kind.how}${counts}`.trim()];
  });
}

interface Sparse {
  /** Which records count. */
  readonly how: string;
  readonly nothing: string;
  readonly isRecorded: (entity: Entity, knowledge: Knowledge) => boolean;
}

function leafOf(part: Condition): ConditionLeaf | undefined {
  return part.kind === 'and' || part.kind === 'or' || part.kind === 'not' || part.kind === 'of-actors'
    ? undefined
    : part;
}

const sparse: Readonly<Partial<Record<ConditionLeaf['kind'], (leaf: ConditionLeaf) => Sparse | undefined>>> =
  {
    platform: (leaf) => ({
      how:
        leaf.kind === 'platform'
          ? `Counted as ${platformLabel(leaf.key)}: what a source lists under that platform.`
          : '',
      nothing: 'no platform recorded',
      isRecorded: ({ id, type }, knowledge) =>
        type === 'intrusion-set' || knowledge.claims(id, 'platform').length > 0,
    }),
    sponsored: (leaf) => (leaf.kind === 'sponsored' && leaf.body !== undefined ? stateBody : stateSponsor),
    dated: (leaf) => (leaf.kind === 'dated' ? datedKinds[leaf.which] : undefined),
  };

const stateSponsor: Sparse = {
  how: 'Counted as state-sponsored: a source names a state or a state body as its sponsor, suspected ones included. Being from a country alone does not count.',
  nothing: 'no sponsor',
  isRecorded: ({ id }, knowledge) =>
    knowledge
      .claims(id, 'attributed-to')
      .some(({ given }) => given.predicate === 'attributed-to' && given.sponsor !== undefined),
};

const stateBody: Sparse = {
  how: 'Counted where a source names the body in its attribution; most attributions name a country only.',
  nothing: 'no attribution at all',
  isRecorded: ({ id }, knowledge) => knowledge.claims(id, 'attributed-to').length > 0,
};

const datedKinds: Readonly<Record<Extract<ConditionLeaf, { kind: 'dated' }>['which'], Sparse>> = {
  'first-seen': {
    how: 'The date meant is the recorded first activity of the thing itself.',
    nothing: 'no such date',
    isRecorded: ({ id }, knowledge) => knowledge.claims(id, 'active-since').length > 0,
  },
  'last-seen': {
    how: 'The date meant is the last that is recorded: of the thing itself, or the end of a campaign attributed to it.',
    nothing: 'no such date',
    isRecorded: ({ id }, knowledge) => isDated(id, knowledge, ['last-seen']),
  },
  seen: {
    how: 'The dates meant are recorded first and last activity, with the time between, that of attributed campaigns, and dates of reports. When a record was edited is no activity.',
    nothing: 'no such date',
    isRecorded: ({ id }, knowledge) =>
      isDated(id, knowledge, ['active-since', 'last-seen']) || knowledge.claims(id, 'reported-in').length > 0,
  },
};

function isDated(
  id: Entity['id'],
  knowledge: Knowledge,
  predicates: readonly ('active-since' | 'last-seen')[],
): boolean {
  const campaigns = knowledge.claimsAbout(id, 'attributed-to').map(({ subject }) => subject);
  return [id, ...campaigns].some((one) =>
    predicates.some((predicate) => knowledge.claims(one, predicate).length > 0),
  );
}
