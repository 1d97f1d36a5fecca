import { describe, expect, it } from 'vitest';
import { describeWithCorpus } from '../../helpers/corpus.ts';
import { bundledWorld, worldWithLists } from './actor-world.ts';

/**
 * APT28 is the GRU's unit 26165: Sofacy and Sednit to those who met it first, Fancy Bear to CrowdStrike, STRONTIUM and
 * then Forest Blizzard to Microsoft. It is not APT29, although "Grizzly Steppe", the American report of 2016, is about both.
 */
describe('APT28', () => {
  const world = bundledWorld();

  it.each([
    'Sofacy',
    'Fancy Bear',
    'Sednit',
    'STRONTIUM',
    'Forest Blizzard',
    'Pawn Storm',
    'Tsar Team',
    'TG-4127',
    'APT-C-20',
  ])('is meant by %s', (name) => {
    expect(world.who(name)).toEqual(['APT28 (G0007)']);
  });

  it('has its names from those who coined them', () => {
    expect(world.coinedBy('G0007', 'Pawn Storm')).toContain('Trend Micro');
    expect(world.coinedBy('G0007', 'Sednit')).toContain('ESET');
    expect(world.coinedBy('G0007', 'STRONTIUM')).toContain('Microsoft');
    expect(world.coinedBy('G0007', 'APT28')).toContain('Mandiant');
  });

  it('is attributed to Russia and to the GRU', () => {
    expect(world.countries('G0007')).toEqual(['Russia: attack-enterprise, misp-galaxy']);
    expect(
      world.knowledge.claims(world.actor('G0007').id, 'attributed-to').map(({ value }) => value),
    ).toContain('GRU, Military unit 26165');
  });

  it('is not APT29: Grizzly Steppe is a name of both, which joins nothing', () => {
    expect(world.actor('G0007')).not.toBe(world.actor('G0016'));
    expect(world.who('Grizzly Steppe').toSorted()).toEqual(['APT28 (G0007)', 'APT29 (G0016)']);
    expect(world.whyApart('G0007', 'G0016')).toMatch(/Grizzly Steppe.*ATT&CK keeps G0007 and G0016 apart/);
  });

  it('is not Sandworm Team, the other unit of the GRU', () => {
    expect(world.actor('G0007')).not.toBe(world.actor('G0034'));
  });
});

describeWithCorpus('APT28 with the lists of vendors', () => {
  const world = worldWithLists();

  it('is Forest Blizzard of Microsoft and APT-C-20 of 360.net', () => {
    expect(world.parts('G0007')).toEqual(
      expect.arrayContaining([
        'microsoft-names: Forest Blizzard',
        'misp-galaxy/360net-threat-actor: APT-C-20',
      ]),
    );
  });
});
