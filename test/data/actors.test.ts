import { describe, expect, it } from 'vitest';
import { nameKey } from '../../src/domain/name-key.ts';
import type { Entity } from '../../src/knowledge/types.ts';
import { bundledKnowledgeBase } from './bundled-records.ts';

const knowledge = bundledKnowledgeBase().at('clear');

function actor(id: string): Entity {
  const entity = knowledge.entity(id);
  if (entity === undefined) throw new Error(`nothing answers to ${id}`);
  return entity;
}

function nameTexts(entity: Entity): readonly string[] {
  return entity.names.map(({ text }) => nameKey(text));
}

/** Main names of the records that were joined, with their lists. */
function recordsOf(entity: Entity): readonly string[] {
  return entity.records.map(({ source, externalId }) => `${source} ${externalId}`);
}

function overlaps(entity: Entity): readonly string[] {
  return knowledge
    .claims(entity.id, 'related-to')
    .filter(({ given }) => given.predicate === 'related-to' && given.relation === 'overlaps')
    .map(({ value }) => value);
}

function carries(entity: Entity, ...names: readonly string[]): void {
  const texts = nameTexts(entity);
  for (const name of names)
    expect(texts, `${name} among the names of ${entity.name}`).toContain(nameKey(name));
}

describe('well-known actors in the bundled data', () => {
  it('knows APT39 by its ATT&CK id and by what vendors call it, as one with the galaxy entry that claims G0087', () => {
    const apt39 = actor('G0087');

    expect(apt39.name).toBe('APT39');
    carries(
      apt39,
      'Chafer',
      'Remix Kitten',
      'ITG07',
      'Radio Serpens',
      'COBALT HICKMAN',
      'Burgundy Sandstorm',
    );
    expect(actor('misp:c2c64bd3-a325-446f-91a8-b4c0f173a30b')).toBe(apt39);
    expect(knowledge.claims(apt39.id, 'attributed-to').map(({ value }) => value)).toContain('Iran');
    expect(apt39.names.find(({ text }) => text === 'Remix Kitten')?.coinedBy).toEqual(['CrowdStrike']);
  });

  it('knows APT28 by both names that Microsoft gave it, old and new, and by 360.net’s', () => {
    const apt28 = actor('G0007');

    carries(apt28, 'Sofacy', 'Fancy Bear', 'STRONTIUM', 'Forest Blizzard', 'APT-C-20', 'Pawn Storm');
  });

  it('knows APT29 as one with UNC2452, which ATT&CK revoked into it', () => {
    const apt29 = actor('G0016');

    expect(actor('G0118')).toBe(apt29);
    carries(apt29, 'UNC2452', 'NOBELIUM', 'Midnight Blizzard', 'Cozy Bear');
    expect(apt29.joins.map(({ rule }) => rule)).toContain('revoked-by');
  });

  it('keeps Lazarus Group, APT38 and Andariel apart, although the galaxy calls Lazarus by all three names', () => {
    const [lazarus, apt38, andariel] = ['G0032', 'G0082', 'G0138'].map(actor);

    expect(new Set([lazarus, apt38, andariel]).size).toBe(3);
    expect(overlaps(actor('G0032'))).toEqual(expect.arrayContaining(['APT38', 'Andariel']));
    expect(overlaps(actor('G0138'))).toContain('Lazarus Group');
  });

  it('takes the galaxy’s Lazarus entry for Lazarus Group', () => {
    const lazarus = actor('G0032');

    expect(recordsOf(lazarus)).toEqual(
      expect.arrayContaining(['misp-galaxy 68391641-859f-4a9a-9a1e-3e5cf71ec376']),
    );
    carries(lazarus, 'Diamond Sleet', 'APT-C-26');
  });

  it('leaves Stardust Chollima and Sapphire Sleet out of Lazarus Group, since ATT&CK gives the names to APT38', () => {
    const refused = actor('G0032').refusals?.filter(({ rule }) => rule === 'similar') ?? [];

    expect(refused.map(({ detail }) => detail).join('\n')).toMatch(/STARDUST CHOLLIMA to G0082/);
    carries(actor('G0082'), 'Stardust Chollima', 'Sapphire Sleet');
  });

  it('keeps Winnti Group and APT41 apart, although the galaxy’s APT41 claims the ids of both', () => {
    const [winnti, apt41] = [actor('G0044'), actor('G0096')];

    expect(winnti).not.toBe(apt41);
    expect(overlaps(apt41)).toContain('Winnti Group');
    expect(overlaps(winnti)).toContain('APT41');
    carries(apt41, 'BARIUM', 'Brass Typhoon', 'Wicked Panda');
    expect(winnti.records.every(({ source }) => source.startsWith('attack-'))).toBe(true);
  });

  it('keeps APT17 and Axiom apart from each other and from both of those', () => {
    expect(new Set(['G0025', 'G0001', 'G0044', 'G0096'].map(actor)).size).toBe(4);
  });

  it('keeps FIN7 and Carbanak apart, since ATT&CK does, and shows that the galaxy’s FIN7 claims both ids', () => {
    const [fin7, carbanak] = [actor('G0046'), actor('G0008')];

    expect(fin7).not.toBe(carbanak);
    expect(overlaps(fin7)).toContain('Carbanak');
    expect(overlaps(carbanak)).toContain('FIN7');
    carries(fin7, 'Sangria Tempest', 'Carbon Spider');
    carries(carbanak, 'Anunak');
  });

  it('knows OilRig and APT34 as one, since ATT&CK revoked the one into the other', () => {
    expect(actor('G0057')).toBe(actor('G0049'));
    expect(actor('G0049').name).toBe('OilRig');
    carries(actor('G0049'), 'APT34', 'Helix Kitten', 'Hazel Sandstorm');
  });

  it('knows Magic Hound, APT35 and Charming Kitten as one: ATT&CK revoked G0058 into G0059', () => {
    const magicHound = actor('G0059');

    expect(actor('G0058')).toBe(magicHound);
    carries(magicHound, 'APT35', 'Charming Kitten', 'TA453', 'Phosphorus', 'Mint Sandstorm');
  });

  it('keeps the Iranian actors apart that the galaxy calls similar in a ring', () => {
    expect(new Set(['G0003', 'G0049', 'G0059', 'G1044', 'G0130'].map(actor)).size).toBe(5);
    expect(overlaps(actor('G0059'))).toContain('APT42');
  });

  it('knows Sandworm Team as one with the galaxy’s Sandworm by the only ATT&CK id that it claims', () => {
    const sandworm = actor('G0034');

    expect(sandworm.name).toBe('Sandworm Team');
    carries(sandworm, 'Sandworm', 'APT44', 'Seashell Blizzard', 'TeleBots', 'Voodoo Bear', 'ELECTRUM');
    expect(sandworm.joins.map(({ detail }) => detail)).toContain(
      'G0034 (Sandworm Team) among the names of Sandworm',
    );
  });

  it('keeps the Iranian IRIDIUM of the galaxy apart from Sandworm, whose alias it is elsewhere', () => {
    expect(actor('misp:29cfe970-5446-4cfc-a2da-00e9f49e02ba')).not.toBe(actor('G0034'));
  });

  it('keeps Turla and APT26 apart, which the galaxy calls similar but attributes to two countries', () => {
    const turla = actor('G0010');

    carries(turla, 'Snake', 'Venomous Bear', 'Waterbug', 'Secret Blizzard');
    expect(nameTexts(turla)).not.toContain('apt26');
    expect(overlaps(turla)).toContain('APT26');
  });

  it('knows APT1, Wizard Spider and Scattered Spider with the names of their lists', () => {
    carries(actor('G0006'), 'Comment Crew', 'PLA Unit 61398');
    carries(actor('G0102'), 'UNC1878', 'Periwinkle Tempest', 'Grim Spider');
    carries(actor('G1015'), 'Octo Tempest', 'UNC3944', 'Roasted 0ktapus');
  });

  it('gives the id that two galaxy entries claim (G0013) to APT30 and not to Naikon', () => {
    carries(actor('G0013'), 'APT30');
    expect(actor('G0013')).not.toBe(actor('G0019'));
    expect(actor('G0019').name).toBe('Naikon');
    expect(actor('misp:d3881afe-f781-4c53-9f68-33487a119a59')).toBe(actor('G0013'));
  });
});

describe('the bundled data as a whole', () => {
  it('knows more than 1,000 actors, and the software, techniques and campaigns of ATT&CK', () => {
    const { entities } = knowledge.statistics;

    expect(entities['intrusion-set']).toBeGreaterThan(1000);
    expect(entities['attack-pattern']).toBeGreaterThan(750);
    expect(entities.campaign).toBeGreaterThan(50);
    expect((entities.malware ?? 0) + (entities.tool ?? 0)).toBeGreaterThan(5000);
  });

  it('never has two ATT&CK groups that are in force in one entity', () => {
    for (const entity of knowledge.entities.values()) {
      const ids = entity.joins.filter(({ rule }) => rule === 'revoked-by').length;
      const groups = entity.externalIds.filter((id) => /^G\d{4}$/.test(id));
      expect(groups.length, `${entity.name}: ${groups.join(' ')}`).toBeLessThanOrEqual(1 + ids);
    }
  });

  it('leads old technique ids to what replaced them', () => {
    expect(knowledge.entity('T1193')?.externalIds[0]).toBe('T1566.001');
  });

  it('knows Cobalt Strike as software, and Cobalt Group as an actor', () => {
    expect(knowledge.entity('S0154')).toMatchObject({ name: 'Cobalt Strike', type: 'malware' });
    expect(actor('G0080').name).toBe('Cobalt Group');
  });

  it('has a source and a date or a link for each fact about an actor', () => {
    const claims = knowledge.claims(actor('G0087').id);

    for (const { provenance } of claims) {
      expect(provenance.source).not.toBe('');
      expect(provenance.marking).toBe('clear');
      expect(provenance.reference ?? provenance.date).toBeDefined();
    }
    expect(knowledge.claims(actor('G0087').id, 'uses').length).toBeGreaterThan(50);
  });

  it('holds no descriptions and no quotations', () => {
    for (const { id } of knowledge.entities.values()) {
      expect(knowledge.claims(id, 'description')).toEqual([]);
    }
    expect(
      knowledge.claims(actor('G0087').id).every(({ provenance }) => provenance.quote === undefined),
    ).toBe(true);
  });
});
