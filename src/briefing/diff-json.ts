import type { EntityType } from '../domain/entity-type.ts';
import type { Tlp } from '../domain/tlp.ts';
import type { Withheld } from '../knowledge/types.ts';
import { toAnswerEntity } from './answer-entity.ts';
import type { EntityDiff } from './diff.ts';
import type { DiffGroup } from './diff-lines.ts';
import type { OverallDiff } from './diff-overview.ts';
import type { StatedGroup } from './diff-stated.ts';
import type { Span } from './diff-time.ts';
import { detailText } from './digest-changes.ts';
import { toFactSource } from './facts.ts';
import type { AnswerEntity, FactSource } from './types.ts';

/** What `diff --json` prints: every list whole, whatever the card shortens. */
export type DiffJson = EntityDiffJson | OverallDiffJson;

interface CommonJson {
  /** ISO 8601, UTC: `since <= t < until`. */
  readonly since: string;
  readonly until: string;
  /** `complete`: imports are recorded for the whole window. `firstImports`: of the sources for which they are not. */
  readonly history: { readonly complete: boolean; readonly firstImports: Readonly<Record<string, string>> };
  readonly withheld: Withheld;
}

export interface EntityDiffJson extends CommonJson {
  readonly actor: AnswerEntity;
  /** By day of import and source. */
  readonly learned: readonly {
    readonly date: string;
    readonly source: string;
    readonly changes: readonly ChangeJson[];
  }[];
  /** By day of the publisher's statement and source; only of sources whose imports do not reach back. */
  readonly stated: readonly {
    readonly date: string;
    readonly source: string;
    readonly statements: readonly {
      readonly text: string;
      readonly predicate: string;
      readonly sources: readonly FactSource[];
    }[];
  }[];
}

export interface ChangeJson {
  readonly text: string;
  /** `claim-added`, `claim-withdrawn`, `entity-new`, `revoked`, `report-new` and so on. */
  readonly kind: string;
  readonly predicate: string | null;
  readonly value: string | null;
  readonly reference: string | null;
  readonly tlp: Tlp;
  /** Keys of the records that changed, in their source. */
  readonly records: readonly string[];
}

export interface OverallDiffJson extends CommonJson {
  readonly actor: null;
  readonly sources: readonly {
    readonly source: string;
    readonly title: string;
    readonly dates: readonly string[];
    readonly changes: number;
    readonly byKind: Readonly<Record<string, number>>;
    readonly newEntities: Readonly<Partial<Record<EntityType, number>>>;
    readonly entities: readonly {
      readonly id: string;
      readonly type: EntityType;
      readonly name: string;
      readonly changes: number;
    }[];
    readonly gone: readonly string[];
  }[];
}

export function diffToJson(diff: EntityDiff): EntityDiffJson {
  return {
    actor: toAnswerEntity(diff.entity),
    ...common(diff.window, diff.unrecorded, diff.withheld),
    learned: diff.learned.map(({ day, source, lines }) => ({
      date: day,
      source,
      changes: lines.map(changeJson),
    })),
    stated: diff.stated.map(({ day, source, lines }) => ({
      date: day,
      source,
      statements: lines.map(({ words, claims }) => statementJson(words, claims)),
    })),
    withheld: diff.withheld,
  };
}

export function overallToJson(diff: OverallDiff): OverallDiffJson {
  return {
    actor: null,
    ...common(diff.window, diff.unrecorded, diff.withheld),
    sources: diff.sources.map(({ source, title, days, changes, kinds, newEntities, entities, gone }) => ({
      source,
      title,
      dates: days,
      changes: changes.length,
      byKind: kinds,
      newEntities,
      entities: entities.map(({ entity, changes: list }) => ({
        id: entity.id,
        type: entity.type,
        name: entity.name,
        changes: list.length,
      })),
      gone,
    })),
    withheld: diff.withheld,
  };
}

function common({ from, to }: Span, unrecorded: ReadonlyMap<string, number>, withheld: Withheld): CommonJson {
  return {
    since: new Date(from).toISOString(),
    until: new Date(to).toISOString(),
    history: {
      complete: unrecorded.size === 0,
      firstImports: Object.fromEntries(
        [...unrecorded].map(([source, at]) => [source, new Date(at).toISOString()]),
      ),
    },
    withheld,
  };
}

function changeJson({ words, changes, marking, reference }: DiffGroup['lines'][number]): ChangeJson {
  const [first] = changes;
  return {
    text: words,
    kind: first?.kind ?? '',
    predicate: first === undefined ? null : (detailText(first, 'predicate') ?? null),
    value: first === undefined ? null : (detailText(first, 'value') ?? null),
    reference: reference ?? null,
    tlp: marking,
    records: [...new Set(changes.map(({ recordId }) => recordId))],
  };
}

function statementJson(
  text: string,
  claims: StatedGroup['lines'][number]['claims'],
): EntityDiffJson['stated'][number]['statements'][number] {
  const sources = new Map<string, FactSource>();
  for (const { provenance } of claims) {
    const source = toFactSource(provenance);
    sources.set(JSON.stringify(source), source);
  }
  return { text, predicate: claims[0]?.predicate ?? '', sources: [...sources.values()] };
}
