import { describe, expect, it } from 'vitest';
import { describeWithCorpus } from '../../helpers/corpus.ts';
import { bundledWorld, worldWithLists } from './actor-world.ts';

/**
 * Turla is the FSB's: Snake and Uroburos after its rootkit, Waterbug to Symantec, Venomous Bear to CrowdStrike, KRYPTON
 * and then Secret Blizzard to Microsoft; the galaxy once called it "Turla Group". It calls APT26 of China similar,
 * which is refused. WhiteBear is a name that ATT&CK gives to Turla and for which the galaxy has an entry.
 */
describe('Turla', () => {
  const world = bundledWorld();

  it('is ATT&CK’s G0010 and the galaxy’s entry in one', () => {
    expect(world.parts('G0010')).toEqual(['attack-enterprise: Turla', 'misp-galaxy/threat-actor: Turla']);
  });

  it.each([
    'Turla',
    'Turla Group',
    'Snake',
    'Uroburos',
    'Venomous Bear',
    'Waterbug',
    'KRYPTON',
    'Secret Blizzard',
    'IRON HUNTER',
  ])('is meant by %s', (name) => {
    expect(world.who(name)).toContain('Turla (G0010)');
  });

  it('is not APT26, which is of another country', () => {
    const apt26 = world.who('APT26');

    expect(apt26).not.toContain('Turla (G0010)');
    expect(world.carries('G0010', 'APT26')).toBe(false);
    expect((world.actor('G0010').refusals ?? []).map(({ detail }) => detail).join('\n')).toMatch(
      /APT26 .*different countries/,
    );
  });

  it('shares WhiteBear with an entry that the galaxy keeps apart', () => {
    expect(world.who('WhiteBear')).toEqual(expect.arrayContaining(['Turla (G0010)', 'White Bear']));
    expect(world.whyApart('G0010', 'misp:dc6c6cbc-9dc6-4ace-a2d2-fadefe45cce6')).toContain(
      'has both Turla and White Bear',
    );
  });

  it('has its names from those who coined them, and comes from Russia', () => {
    expect(world.coinedBy('G0010', 'Secret Blizzard')).toContain('Microsoft');
    expect(world.coinedBy('G0010', 'IRON HUNTER')).toContain('Secureworks');
    expect(world.countries('G0010')).toEqual(['Russia: attack-enterprise, misp-galaxy']);
  });
});

describeWithCorpus('Turla with the lists of vendors', () => {
  const world = worldWithLists();

  it('is Secret Blizzard of Microsoft and Turla of 360.net', () => {
    expect(world.parts('G0010')).toEqual(
      expect.arrayContaining(['microsoft-names: Secret Blizzard', 'misp-galaxy/360net-threat-actor: Turla']),
    );
  });
});
