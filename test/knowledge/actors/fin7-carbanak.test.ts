import { describe, expect, it } from 'vitest';
import { findDisagreements } from '../../../src/briefing/disagreements.ts';
import { describeWithCorpus } from '../../helpers/corpus.ts';
import { bundledWorld, worldWithLists } from './actor-world.ts';

/**
 * Carbanak is a malware and the gang (Anunak) that robbed banks with it; FIN7 used the same malware against shops and
 * restaurants. The galaxy has one entry for both, with both ids; ATT&CK keeps two groups, so there are two, and
 * "Carbanak" is a choice. Cobalt Group is a third one.
 */
describe('FIN7 and Carbanak', () => {
  const world = bundledWorld();

  it('are two, and Cobalt Group is a third', () => {
    expect(new Set(['G0046', 'G0008', 'G0080'].map(world.actor)).size).toBe(3);
    expect(world.whyApart('G0046', 'G0008')).toContain('ATT&CK keeps G0008 and G0046 apart');
    expect(world.carries('G0080', 'Carbanak')).toBe(false);
  });

  it('take the records that are theirs', () => {
    expect(world.parts('G0008')).toEqual(['attack-enterprise: Carbanak']);
    expect(world.parts('G0046')).toContain('misp-galaxy/threat-actor: FIN7');
  });

  it('and the malware are meant by Carbanak', () => {
    expect(world.who('Carbanak')).toEqual(['Carbanak (G0008)', 'FIN7 (G0046)', 'Carbanak (S0030)']);
  });

  it.each([
    ['Anunak', 'Carbanak (G0008)'],
    ['Carbon Spider', 'FIN7 (G0046)'],
    ['Sangria Tempest', 'FIN7 (G0046)'],
    ['GOLD NIAGARA', 'FIN7 (G0046)'],
    ['ELBRUS', 'FIN7 (G0046)'],
    ['Cobalt Spider', 'Cobalt Group (G0080)'],
  ])('know %s for %s alone', (name, expected) => {
    expect(world.who(name)).toEqual([expected]);
  });

  it('have their names from those who coined them', () => {
    expect(world.coinedBy('G0046', 'Carbon Spider')).toContain('CrowdStrike');
    expect(world.coinedBy('G0046', 'GOLD NIAGARA')).toContain('Secureworks');
  });

  it('show that their sources dispute the name', () => {
    const disputed = findDisagreements(world.actor('G0046'), world.knowledge);

    expect(disputed.map(({ kind, about }) => [kind, about])).toEqual([['name-owner', 'Carbanak']]);
  });
});

describeWithCorpus('FIN7 with the lists of vendors', () => {
  const world = worldWithLists();

  it('is attributed to Russia by the galaxy and to Ukraine by Microsoft, which is a disagreement', () => {
    const [attribution] = findDisagreements(world.actor('G0046'), world.knowledge);

    expect(world.parts('G0046')).toContain('microsoft-names: Sangria Tempest');
    expect(attribution?.kind).toBe('attribution');
    expect(attribution?.sides.map(({ value }) => value).toSorted()).toEqual(['Russia', 'Ukraine']);
  });
});
