import { describe, expect, it } from 'vitest';
import { describeWithCorpus } from '../../helpers/corpus.ts';
import { bundledWorld, worldWithLists } from './actor-world.ts';

/**
 * Charming Kitten (ATT&CK's G0058) was revoked into Magic Hound (G0059), which is APT35 and Phosphorus as well; TA453
 * and Mint Sandstorm are later names. Rocket Kitten is no name of it: ATT&CK gives it to Ajax Security Team (G0130), as
 * it does Flying Kitten. APT42 (G1044) has the same masters and is another.
 */
describe('Charming Kitten and APT35', () => {
  const world = bundledWorld();

  it('are one, with Magic Hound’s name and id', () => {
    expect(world.actor('G0058')).toBe(world.actor('G0059'));
    expect(world.parts('G0059')).toEqual([
      'attack-enterprise: Charming Kitten',
      'attack-enterprise: Magic Hound',
      'misp-galaxy/threat-actor: APT35',
      'misp-galaxy/threat-actor: Charming Kitten',
      'misp-galaxy/threat-actor: TA453',
    ]);
  });

  it.each([
    'Charming Kitten',
    'APT35',
    'Phosphorus',
    'TA453',
    'Mint Sandstorm',
    'Newscaster',
    'CharmingCypress',
    'magic hound',
  ])('are the only ones meant by %s, though several entries carry it', (name) => {
    expect(world.who(name)).toEqual(['Magic Hound (G0059)']);
  });

  it('are not Rocket Kitten, nor Flying Kitten', () => {
    expect(world.who('Rocket Kitten')).toEqual(['Ajax Security Team (G0130)']);
    expect(world.who('Flying Kitten')).toEqual(['Ajax Security Team (G0130)']);
    expect(world.carries('G0059', 'Rocket Kitten')).toBe(false);
    expect(world.whyApart('G0059', 'G0130')).toContain('keeps APT35 and Flying Kitten apart');
  });

  it('are not APT42, OilRig or Cleaver, which the galaxy calls similar', () => {
    for (const other of ['G1044', 'G0049', 'G0003']) {
      expect(world.whyApart('G0059', other)).toMatch(/similar .*ATT&CK keeps/);
    }
  });

  it('have their names from those who coined them, and come from Iran', () => {
    expect(world.coinedBy('G0059', 'Charming Kitten')).toContain('CrowdStrike');
    expect(world.coinedBy('G0059', 'TA453')).toContain('Proofpoint');
    expect(world.coinedBy('G0059', 'Mint Sandstorm')).toContain('Microsoft');
    expect(world.coinedBy('G0059', 'CharmingCypress')).toContain('Volexity');
    expect(world.countries('G0059')).toEqual(['Iran: attack-enterprise, misp-galaxy']);
  });
});

describeWithCorpus('Charming Kitten with the lists of vendors', () => {
  const world = worldWithLists();

  it('is Mint Sandstorm of Microsoft, and still not Rocket Kitten', () => {
    expect(world.parts('G0059')).toContain('microsoft-names: Mint Sandstorm');
    expect(world.who('Rocket Kitten')).toEqual(['Ajax Security Team (G0130)']);
  });
});
