import { describe, expect, it } from 'vitest';
import { rarityOf } from '../../src/briefing/rarity.ts';
import { usedBy } from '../../src/briefing/used.ts';
import { ids, sampleKnowledge } from '../helpers/knowledge.ts';

const knowledge = sampleKnowledge('green');

describe('rarityOf', () => {
  it('counts the actors that use something', () => {
    const rarity = rarityOf(knowledge);

    expect(rarity.actors).toBe(2);
    expect([ids.door, ids.peek, ids.campaign].map((id) => rarity.users(id))).toEqual([1, 2, 0]);
  });

  it('weighs what few use above what everyone uses', () => {
    const rarity = rarityOf(knowledge);

    expect(rarity.weight(ids.door)).toBeGreaterThan(rarity.weight(ids.peek));
    expect(rarity.weight(ids.peek)).toBe(0);
  });

  it('is computed once for a knowledge object', () => {
    expect(rarityOf(knowledge)).toBe(rarityOf(knowledge));
  });
});

describe('usedBy', () => {
  it('puts the most telling first', () => {
    const used = usedBy({ id: ids.actor }, knowledge, ['malware', 'tool']);

    expect(used.map(({ entity, users }) => [entity.name, users])).toEqual([
      ['HeronDoor', 1],
      ['NetPeek', 2],
    ]);
  });
});
