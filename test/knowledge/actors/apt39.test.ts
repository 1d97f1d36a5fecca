import { describe, expect, it } from 'vitest';
import { describeWithCorpus } from '../../helpers/corpus.ts';
import { bundledWorld, worldWithLists } from './actor-world.ts';

/**
 * APT39 is FireEye's name (2019) for the Iranian group that Symantec had called Chafer since 2015 and CrowdStrike calls
 * Remix Kitten. ATT&CK's G0087 and the galaxy's entry are one: the entry has G0087 among its synonyms and the same name.
 */
describe('APT39', () => {
  const world = bundledWorld();

  it('is ATT&CK’s G0087 and the galaxy’s entry in one', () => {
    expect(world.parts('G0087')).toEqual(['attack-enterprise: APT39', 'misp-galaxy/threat-actor: APT39']);
    expect(world.rules('G0087')).toEqual(['equal-name', 'same-attack-id']);
  });

  it.each([
    'APT39',
    'chafer',
    'Remix Kitten',
    'ITG07',
    'COBALT HICKMAN',
    'TA454',
    'Burgundy Sandstorm',
    'G0087',
  ])('is meant by %s and nobody else is', (name) => {
    expect(world.who(name)).toEqual(['APT39 (G0087)']);
  });

  it('has its names from those who coined them', () => {
    expect(world.coinedBy('G0087', 'Remix Kitten')).toContain('CrowdStrike');
    expect(world.coinedBy('G0087', 'COBALT HICKMAN')).toContain('Secureworks');
    expect(world.coinedBy('G0087', 'APT39')).toContain('Mandiant');
  });

  it('is attributed to Iran by both sources', () => {
    expect(world.countries('G0087')).toEqual(['Iran: attack-enterprise, misp-galaxy']);
  });

  it.each(['G0082', 'G0050', 'G0064', 'G0049', 'G0059'])(
    'is not %s, of a near number or of the same country',
    (id) => {
      expect(world.actor(id)).not.toBe(world.actor('G0087'));
    },
  );
});

describeWithCorpus('APT39 with the lists of vendors', () => {
  const world = worldWithLists();

  it('is Microsoft’s Burgundy Sandstorm too, for each names the other and both say Remix Kitten', () => {
    expect(world.parts('G0087')).toEqual(
      expect.arrayContaining([
        'microsoft-names: Burgundy Sandstorm',
        'misp-galaxy/microsoft-activity-group: Burgundy Sandstorm',
      ]),
    );
    expect(world.rules('G0087')).toContain('named-by-both');
  });

  it('keeps Cadelle, which Symantec reported beside Chafer as a second team, for a name of both', () => {
    expect(world.who('Cadelle')).toEqual(expect.arrayContaining(['APT39 (G0087)', 'Cadelle']));
    expect(world.whyApart('G0087', 'misp:03f13462-003c-4296-8784-bccea16710a9')).toContain('has both');
  });
});
