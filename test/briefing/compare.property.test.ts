import * as fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { kinds } from '../../src/briefing/compare-kinds.ts';
import { compareIn, jaccard } from '../../src/briefing/compare-overlap.ts';
import { rankActors, type Wanted } from '../../src/briefing/match-techniques-rank.ts';
import { rarityOf } from '../../src/briefing/rarity.ts';
import type { StixId } from '../../src/domain/stix-id.ts';
import type { Entity, Knowledge } from '../../src/knowledge/types.ts';
import { bundledKnowledgeBase } from '../data/bundled-records.ts';

let knowledge: Knowledge;
let actors: readonly Entity[];
let techniques: readonly Entity[];
let software: readonly Entity[];
/** What each actor uses, read claim by claim. */
let uses: ReadonlyMap<string, ReadonlySet<string>>;

beforeAll(() => {
  knowledge = bundledKnowledgeBase().at('green');
  const all = [...knowledge.entities.values()];
  actors = all.filter(({ type }) => type === 'intrusion-set');
  techniques = all.filter(({ type }) => type === 'attack-pattern');
  uses = new Map(
    actors.map(({ id }) => {
      const campaigns = all.filter(
        (one) =>
          one.type === 'campaign' &&
          knowledge.claims(one.id, 'attributed-to').some(({ object }) => object === id),
      );
      const subjects = [id, ...campaigns.map((one) => one.id)];
      const claims = subjects.flatMap((subject) => knowledge.claims(subject, 'uses'));
      return [id, new Set(claims.map(({ object }) => object ?? ''))];
    }),
  );
  const used = new Set([...uses.values()].flatMap((one) => [...one]));
  software = all.filter(({ id, type }) => (type === 'malware' || type === 'tool') && used.has(id));
});

function doesUse(actor: Entity, thing: Pick<Entity, 'id'>): boolean {
  return uses.get(actor.id)?.has(thing.id) === true;
}

const position = fc.nat(1_000_000);

function pick<Value>(from: readonly Value[], at: number): Value {
  const value = from[at % from.length];
  if (value === undefined) throw new Error('nothing to pick from');
  return value;
}

describe('what is shared', () => {
  it('is what a count of all techniques and software gives, for any two to five actors', () => {
    const users = actors.filter((actor) => rarityOf(knowledge).usedBy(actor.id, 'techniques').size > 0);
    fc.assert(
      fc.property(
        fc.uniqueArray(position, { minLength: 2, maxLength: 5, selector: (at) => at % users.length }),
        (chosen) => {
          const compared = chosen.map((at) => pick(users, at));
          for (const [id, things] of [
            ['techniques', techniques],
            ['software', software],
          ] as const) {
            const kind = kinds.find((one) => one.id === id);
            if (kind === undefined) throw new Error(id);
            const counts = things.map((thing) => compared.filter((actor) => doesUse(actor, thing)).length);
            const any = counts.filter((count) => count > 0).length;
            const all = counts.filter((count) => count === compared.length).length;
            const found = compareIn(kind, compared, knowledge);

            expect(found?.overlap ?? { shared: 0, all: 0 }).toEqual({ shared: all, all: any });
            expect(jaccard(found?.overlap ?? { shared: 0, all: 0 })).toBe(any === 0 ? 0 : all / any);
            expect(found?.shared.length ?? 0).toBe(counts.filter((count) => count > 1).length);
            expect(found?.alone.reduce((sum, list) => sum + list.length, 0) ?? 0).toBe(
              counts.filter((count) => count === 1).length,
            );
          }
        },
      ),
      { numRuns: 40 },
    );
  });
});

describe('rarity', () => {
  it('is the number of actors of whom a claim says so', () => {
    const rarity = rarityOf(knowledge);
    fc.assert(
      fc.property(position, fc.boolean(), (at, isTechnique) => {
        const thing = pick(isTechnique ? techniques : software, at);

        expect(rarity.users(thing.id)).toBe(actors.filter((actor) => doesUse(actor, thing)).length);
      }),
      { numRuns: 100 },
    );
    expect(rarity.actorsWith('techniques')).toBe(
      actors.filter((actor) => techniques.some((technique) => doesUse(actor, technique))).length,
    );
    expect(rarity.actorsWith('software')).toBe(
      actors.filter((actor) => software.some((one) => doesUse(actor, one))).length,
    );
  });
});

function attackId({ externalIds }: Entity): string {
  return externalIds.find((id) => /^T\d{4}(?:\.\d{3})?$/.test(id)) ?? '';
}

/** The entry itself and, of a technique, its sub-techniques: using any of them counts. */
function countingFor(entity: Entity): readonly Entity[] {
  const id = attackId(entity);
  const parts = id === '' ? [] : techniques.filter((one) => attackId(one).startsWith(`${id}.`));
  return [entity, ...parts];
}

/** The rule as the card states it, actor by actor, from the claims alone. */
function slowScore(actor: Entity, list: readonly Wanted[]): number {
  let mine = 0;
  let whole = 0;
  for (const { entities, kind } of list) {
    const [entity] = entities;
    if (entity === undefined) continue;
    const things = new Set<string>((kind === 'techniques' ? techniques : software).map(({ id }) => id));
    const having = actors.filter(({ id }) =>
      [...(uses.get(id) ?? [])].some((used) => things.has(used)),
    ).length;
    const does = (one: Entity, of: readonly Entity[]): boolean => of.some((thing) => doesUse(one, thing));
    const weight = (of: readonly Entity[]): number =>
      Math.log((having + 1) / (actors.filter((one) => does(one, of)).length + 1));
    const own = countingFor(entity);
    const parentId = attackId(entity).split('.')[0];
    const parent = kind === 'techniques' ? techniques.find((one) => attackId(one) === parentId) : undefined;
    const isPart = parent !== undefined && parent !== entity;
    if (!actors.some((one) => does(one, own) || (isPart && doesUse(one, parent)))) continue;
    whole += weight(own);
    if (does(actor, own)) mine += weight(own);
    else if (isPart && doesUse(actor, parent)) mine += weight(countingFor(parent)) / 2;
  }
  return whole === 0 ? 0 : mine / whole;
}

describe('rankActors', () => {
  it('gives each actor what the rule gives, and no actor without', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(position, { minLength: 1, maxLength: 4, selector: (at) => at % techniques.length }),
        fc.array(position, { maxLength: 1 }),
        fc.array(position, { minLength: 2, maxLength: 2 }),
        (chosen, tools, probes) => {
          const list: readonly Wanted[] = [
            ...chosen.map((at) => ({
              text: '',
              kind: 'techniques' as const,
              entities: [pick(techniques, at)],
            })),
            ...tools.map((at) => ({ text: '', kind: 'software' as const, entities: [pick(software, at)] })),
          ];
          const ranked = rankActors(list, knowledge);
          const scores = new Map<StixId, number>(ranked.map(({ actor, score }) => [actor.id, score]));

          const first = ranked.slice(0, 1).map(({ actor }) => actor);
          for (const actor of [...first, ...probes.map((at) => pick(actors, at))]) {
            expect(scores.get(actor.id) ?? 0).toBeCloseTo(slowScore(actor, list), 9);
          }
          const order = ranked.map(({ score }) => score);
          for (let at = 1; at < order.length; at += 1) {
            expect(order[at] ?? 0).toBeLessThanOrEqual((order[at - 1] ?? 0) + 1e-9);
          }
        },
      ),
      { numRuns: 8 },
    );
  });

  it('finds an actor by any five or more rare things of its own', () => {
    const rarity = rarityOf(knowledge);
    const known = actors.filter((actor) => rarity.usedBy(actor.id, 'techniques').size >= 8);
    for (const actor of known) {
      const used = [...rarity.usedBy(actor.id, 'techniques')].sort(
        (a, b) => rarity.users(a) - rarity.users(b),
      );
      const list = used.slice(0, 8).flatMap((id): readonly Wanted[] => {
        const entity = knowledge.entities.get(id);
        return entity === undefined ? [] : [{ text: '', kind: 'techniques', entities: [entity] }];
      });
      const [best] = rankActors(list, knowledge);
      const own = rankActors(list, knowledge).find((one) => one.actor.id === actor.id);

      expect(own?.score).toBeCloseTo(1, 9);
      expect(best?.score).toBeCloseTo(1, 9);
    }
  });
});
