import { describe, expect, it } from 'vitest';
import { describeWithCorpus } from '../../helpers/corpus.ts';
import { bundledWorld, worldWithLists } from './actor-world.ts';

/**
 * APT29 is the SVR's: Cozy Bear, The Dukes. UNC2452 (Mandiant), NOBELIUM (Microsoft), Dark Halo (Volexity) and
 * SolarStorm (Unit 42) were names for whoever was behind SolarWinds until it was attributed to APT29 in 2021: ATT&CK
 * revoked its G0118 into G0016, and the galaxy still has an entry for UNC2452.
 */
describe('APT29', () => {
  const world = bundledWorld();

  it('is one with UNC2452, which ATT&CK revoked into it', () => {
    expect(world.actor('G0118')).toBe(world.actor('G0016'));
    expect(world.actor('G0016').name).toBe('APT29');
    expect(world.rules('G0016')).toContain('revoked-by');
    expect(world.parts('G0016')).toEqual([
      'attack-enterprise: APT29',
      'attack-enterprise: UNC2452',
      'misp-galaxy/threat-actor: APT29',
      'misp-galaxy/threat-actor: UNC2452',
    ]);
  });

  it.each([
    'NOBELIUM',
    'Cozy Bear',
    'The Dukes',
    'Midnight Blizzard',
    'Dark Halo',
    'SolarStorm',
    'UNC2452',
    'YTTRIUM',
    'G0118',
  ])('is the only one that is meant by %s, though two entries carry some of these', (name) => {
    expect(world.who(name)).toEqual(['APT29 (G0016)']);
  });

  it('has its names from those who coined them', () => {
    expect(world.coinedBy('G0016', 'NOBELIUM')).toContain('Microsoft');
    expect(world.coinedBy('G0016', 'IRON HEMLOCK')).toContain('Secureworks');
    expect(world.coinedBy('G0016', 'UNC2452')).toContain('Mandiant');
  });

  it('is attributed to Russia', () => {
    expect(world.countries('G0016')).toEqual(['Russia: attack-enterprise, misp-galaxy']);
  });

  it('shares UNC3524 with an entry of its own: ATT&CK gives the name to APT29, the galaxy keeps the two apart', () => {
    expect(world.who('UNC3524')).toEqual(expect.arrayContaining(['UNC3524', 'APT29 (G0016)']));
    expect(world.whyApart('G0016', 'misp:bee8b09c-07e5-4c12-94d6-266ebcb1ec24')).toContain(
      'misp-galaxy/threat-actor has both APT29 and UNC3524',
    );
  });
});

describeWithCorpus('APT29 with the lists of vendors', () => {
  const world = worldWithLists();

  it('is Midnight Blizzard and NOBELIUM of Microsoft', () => {
    expect(world.parts('G0016')).toContain('microsoft-names: Midnight Blizzard');
    expect(world.who('NOBELIUM')).toEqual(['APT29 (G0016)']);
  });
});
