import { describe, expect, it } from 'vitest';
import { describeWithCorpus } from '../../helpers/corpus.ts';
import { bundledWorld, worldWithLists } from './actor-world.ts';

/**
 * Sandworm Team is the GRU's unit 74455: BlackEnergy and TeleBots after its malware, ELECTRUM to Dragos, Seashell
 * Blizzard (before: IRIDIUM) to Microsoft, APT44 to Mandiant since 2024. The galaxy has another IRIDIUM, of Iran (a
 * report of 2019 on attacks against Citrix), which is no Sandworm. GreyEnergy, ESET's successor of BlackEnergy beside
 * TeleBots, the galaxy calls likely the same; a decision that comes with the product keeps it apart.
 */
describe('Sandworm', () => {
  const world = bundledWorld();

  it('is ATT&CK’s Sandworm Team of two matrices and the galaxy’s Sandworm, by the one id among its synonyms', () => {
    expect(world.parts('G0034')).toEqual([
      'attack-enterprise: Sandworm Team',
      'attack-ics: Sandworm Team',
      'misp-galaxy/threat-actor: Sandworm',
    ]);
    expect(world.rules('G0034')).toEqual(['equal-name', 'same-attack-id', 'same-id', 'similar']);
  });

  it('is not GreyEnergy, by a decision with its reason', () => {
    const greyEnergy = world.actor('misp:d52ca4c4-d214-11e8-8d29-c3e7cb78acce');

    expect(greyEnergy).not.toBe(world.actor('G0034'));
    expect(world.whyApart('G0034', greyEnergy.id)).toMatch(
      /an operator says that they are not the same: .*ESET/,
    );
  });

  it.each([
    'Sandworm',
    'TeleBots',
    'APT44',
    'Voodoo Bear',
    'ELECTRUM',
    'Seashell Blizzard',
    'Quedagh',
    'FROZENBARENTS',
    'IRON VIKING',
  ])('is meant by %s', (name) => {
    expect(world.who(name)).toEqual(['Sandworm Team (G0034)']);
  });

  it('shares IRIDIUM with an Iranian actor that is another', () => {
    expect(world.who('IRIDIUM')).toEqual(['IRIDIUM', 'Sandworm Team (G0034)']);
    expect(world.countries('misp:29cfe970-5446-4cfc-a2da-00e9f49e02ba')).toEqual(['Iran: misp-galaxy']);
  });

  it('is attributed to Russia and to the GRU, and is not APT28', () => {
    expect(world.countries('G0034')).toEqual(['Russia: attack-enterprise, attack-ics, misp-galaxy']);
    expect(world.actor('G0034')).not.toBe(world.actor('G0007'));
  });

  it('has its names from those who coined them', () => {
    expect(world.coinedBy('G0034', 'APT44')).toContain('Mandiant');
    expect(world.coinedBy('G0034', 'TeleBots')).toContain('ESET');
    expect(world.coinedBy('G0034', 'Seashell Blizzard')).toContain('Microsoft');
  });
});

describeWithCorpus('Sandworm with the lists of vendors', () => {
  const world = worldWithLists();

  it('is Seashell Blizzard of Microsoft and APT-C-13 of 360.net', () => {
    expect(world.parts('G0034')).toEqual(
      expect.arrayContaining([
        'microsoft-names: Seashell Blizzard',
        'misp-galaxy/360net-threat-actor: APT-C-13',
      ]),
    );
    expect(world.who('IRIDIUM')).toContain('IRIDIUM');
  });
});
