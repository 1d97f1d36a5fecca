import { describe, expect, it } from 'vitest';
import { describeWithCorpus } from '../../helpers/corpus.ts';
import { bundledWorld, worldWithLists } from './actor-world.ts';

/**
 * "Lazarus" is one group to some and all of North Korea's to others: the galaxy's entry lists APT38, Andariel, Citrine
 * Sleet and Moonstone Sleet among its synonyms. ATT&CK, CrowdStrike and Microsoft tell them apart, and so do we:
 * Labyrinth Chollima and Diamond Sleet are Lazarus Group, Stardust Chollima and Sapphire Sleet APT38 (money), Silent
 * Chollima and Onyx Sleet Andariel (South Korea, ransomware).
 */
describe('Lazarus Group and Andariel', () => {
  const world = bundledWorld();

  it('are two, and APT38, AppleJeus and Moonstone Sleet three more', () => {
    const ids = ['G0032', 'G0138', 'G0082', 'G1049', 'G1036'];

    expect(new Set(ids.map((id) => world.actor(id))).size).toBe(ids.length);
    for (const other of ids.slice(1)) {
      expect(world.whyApart('G0032', other)).toMatch(/ATT&CK keeps G0032 and G\d{4} apart/);
    }
  });

  it('take the records that are theirs', () => {
    expect(world.parts('G0032')).toEqual([
      'attack-enterprise: Lazarus Group',
      'attack-ics: Lazarus Group',
      'misp-galaxy/threat-actor: Lazarus Group',
    ]);
    expect(world.parts('G0138')).toEqual([
      'attack-enterprise: Andariel',
      'misp-galaxy/threat-actor: Silent Chollima',
    ]);
    expect(world.parts('G0082')).toContain('misp-galaxy/threat-actor: STARDUST CHOLLIMA');
  });

  it.each([
    'Lazarus',
    'HIDDEN COBRA',
    'Diamond Sleet',
    'ZINC',
    'Labyrinth Chollima',
    'APT-C-26',
    'Guardians of Peace',
  ])('know %s for Lazarus Group alone', (name) => {
    expect(world.who(name)).toEqual(['Lazarus Group (G0032)']);
  });

  it.each(['Silent Chollima', 'Onyx Sleet', 'PLUTONIUM'])('know %s for Andariel alone', (name) => {
    expect(world.who(name)).toEqual(['Andariel (G0138)']);
  });

  it('both carry the name Andariel, which is therefore a choice', () => {
    expect(world.who('Andariel')).toEqual(['Andariel (G0138)', 'Lazarus Group (G0032)']);
    expect(world.who('APT38')).toEqual(['APT38 (G0082)', 'Lazarus Group (G0032)']);
    expect(world.who('Sapphire Sleet')).toEqual(
      expect.arrayContaining(['APT38 (G0082)', 'Lazarus Group (G0032)']),
    );
  });

  it('have their names from those who coined them', () => {
    expect(world.coinedBy('G0032', 'Labyrinth Chollima')).toContain('CrowdStrike');
    expect(world.coinedBy('G0138', 'Silent Chollima')).toContain('CrowdStrike');
    expect(world.coinedBy('G0138', 'Onyx Sleet')).toContain('Microsoft');
  });

  it('are attributed to North Korea', () => {
    expect(world.countries('G0032')).toEqual(['North Korea: attack-enterprise, attack-ics, misp-galaxy']);
    expect(world.countries('G0138')).toEqual(['North Korea: attack-enterprise, misp-galaxy']);
  });
});

describeWithCorpus('Lazarus Group and Andariel with the lists of vendors', () => {
  const world = worldWithLists();

  it('stay two, and Onyx Sleet is Andariel although three entries name one another', () => {
    expect(world.actor('G0032')).not.toBe(world.actor('G0138'));
    expect(world.parts('G0138')).toEqual(
      expect.arrayContaining(['microsoft-names: Onyx Sleet', 'misp-galaxy/threat-actor: Silent Chollima']),
    );
    expect(world.who('Onyx Sleet')).toEqual(['Andariel (G0138)']);
  });

  it('leave Citrine and Jade Sleet out of both', () => {
    for (const name of ['Citrine Sleet', 'Jade Sleet']) {
      expect(world.parts('G0032')).not.toContain(`microsoft-names: ${name}`);
      expect(world.parts('G0138')).not.toContain(`microsoft-names: ${name}`);
    }
  });
});
