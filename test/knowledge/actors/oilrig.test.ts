import { describe, expect, it } from 'vitest';
import { describeWithCorpus } from '../../helpers/corpus.ts';
import { bundledWorld, worldWithLists } from './actor-world.ts';

/**
 * OilRig (Unit 42) and APT34 (FireEye) were two entries of ATT&CK until it revoked APT34 (G0057) into OilRig (G0049).
 * The galaxy calls OilRig similar to eight other Iranian actors; Cleaver (G0003) and Magic Hound (G0059) are ATT&CK's
 * own, and CHRYSENE and Greenbug stay by themselves. COBALT GYPSY is Secureworks' name and stands at OilRig and Cleaver.
 */
describe('OilRig and APT34', () => {
  const world = bundledWorld();

  it('are one, since ATT&CK revoked the one into the other', () => {
    expect(world.actor('G0057')).toBe(world.actor('G0049'));
    expect(world.actor('G0049').name).toBe('OilRig');
    expect(world.rules('G0049')).toContain('revoked-by');
  });

  it.each([
    'APT34',
    'Helix Kitten',
    'Hazel Sandstorm',
    'EUROPIUM',
    'Crambus',
    'Earth Simnavaz',
    'Evasive Serpens',
    'G0057',
  ])('are meant by %s', (name) => {
    expect(world.who(name)).toEqual(['OilRig (G0049)']);
  });

  it('share COBALT GYPSY with Cleaver, from which ATT&CK keeps them apart', () => {
    expect(world.who('COBALT GYPSY')).toEqual(['OilRig (G0049)', 'Cleaver (G0003)']);
    expect(world.whyApart('G0049', 'G0003')).toContain('ATT&CK keeps G0003 and G0049 apart');
  });

  it('are none of the Iranian actors that the galaxy calls similar', () => {
    for (const other of [
      'G0003',
      'G0059',
      'G0130',
      'G0087',
      'G0064',
      'misp:a0082cfa-32e2-42b8-92d8-5c7a7409dcf1',
    ]) {
      expect(world.actor(other)).not.toBe(world.actor('G0049'));
    }
  });

  it('have their names from those who coined them, and come from Iran', () => {
    expect(world.coinedBy('G0049', 'OilRig')).toContain('Palo Alto Networks');
    expect(world.coinedBy('G0049', 'APT34')).toContain('Mandiant');
    expect(world.coinedBy('G0049', 'Helix Kitten')).toContain('CrowdStrike');
    expect(world.countries('G0049')).toEqual(['Iran: attack-enterprise, attack-ics, misp-galaxy']);
  });
});

describeWithCorpus('OilRig with the lists of vendors', () => {
  const world = worldWithLists();

  it('is Hazel Sandstorm of Microsoft', () => {
    expect(world.parts('G0049')).toContain('microsoft-names: Hazel Sandstorm');
  });
});
