import { describe, expect, it } from 'vitest';
import { describeWithCorpus } from '../../helpers/corpus.ts';
import { bundledWorld, worldWithLists } from './actor-world.ts';

/**
 * "Winnti" is a malware (Kaspersky, 2013), the group first seen with it, and an umbrella over several Chinese groups
 * that share it. ATT&CK keeps Winnti Group (G0044), APT41 (G0096), Axiom (G0001) and APT17 (G0025) apart; the galaxy's
 * APT41 carries Winnti and the ids of both, its APT17 carries Axiom. None of the four is another.
 */
describe('Winnti Group and APT41', () => {
  const world = bundledWorld();

  it('are two, and Axiom and APT17 two more', () => {
    expect(new Set(['G0044', 'G0096', 'G0001', 'G0025'].map(world.actor)).size).toBe(4);
    expect(world.whyApart('G0096', 'G0044')).toContain('ATT&CK keeps G0044 and G0096 apart');
    expect(world.whyApart('G0025', 'G0001')).toContain('ATT&CK keeps G0001 and G0025 apart');
  });

  it('take the records that are theirs: the galaxy’s APT41 claims two ids and has the name of one', () => {
    expect(world.parts('G0044')).toEqual(['attack-enterprise: Winnti Group']);
    expect(world.parts('G0096')).toEqual(['attack-enterprise: APT41', 'misp-galaxy/threat-actor: APT41']);
    expect(world.whyApart('G0096', 'G0044')).toContain('G0044 (Winnti Group) among the names of APT41');
  });

  it('are both meant by Winnti and by Blackfly', () => {
    expect(world.who('Winnti')).toEqual(expect.arrayContaining(['Winnti Group (G0044)', 'APT41 (G0096)']));
    expect(world.who('Blackfly')).toEqual(expect.arrayContaining(['Winnti Group (G0044)', 'APT41 (G0096)']));
  });

  it.each(['BARIUM', 'Wicked Panda', 'Brass Typhoon', 'Double Dragon', 'Earth Baku', 'BRONZE ATLAS'])(
    'know %s for APT41 alone',
    (name) => {
      expect(world.who(name)).toEqual(['APT41 (G0096)']);
    },
  );

  it('know Axiom for a name of two others: ATT&CK’s group and the galaxy’s APT17', () => {
    expect(world.who('Axiom')).toEqual(['Axiom (G0001)', 'APT17 (G0025)']);
  });

  it('have their names from those who coined them, and come from China', () => {
    expect(world.coinedBy('G0096', 'Wicked Panda')).toContain('CrowdStrike');
    expect(world.coinedBy('G0096', 'Earth Baku')).toContain('Trend Micro');
    expect(world.countries('G0096')).toEqual(['China: attack-enterprise, misp-galaxy']);
    expect(world.countries('G0044')).toEqual(['China: attack-enterprise']);
  });
});

describeWithCorpus('Winnti Group and APT41 with the lists of vendors', () => {
  const world = worldWithLists();

  it('keep Leopard Typhoon, which Microsoft lists beside Brass Typhoon, apart from both', () => {
    expect(world.parts('G0096')).toContain('microsoft-names: Brass Typhoon');
    expect(world.parts('G0096')).not.toContain('microsoft-names: Leopard Typhoon');
    expect(world.parts('G0044')).not.toContain('microsoft-names: Leopard Typhoon');
    expect(world.who('Winnti').length).toBeGreaterThanOrEqual(2);
  });
});
