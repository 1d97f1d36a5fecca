import { stixIdFromUuid } from '../../src/domain/stix-id.ts';
import type { SearchEntity } from '../../src/search/types.ts';
import { Random } from '../search/labelled/random.ts';

const syllables =
  'ka lo mi ra ten vor zu shi pa no gre dal fen qui bor sal tri mon cha dex rul vin hest olm yar'.split(' ');
const nouns = 'Panda Spider Kitten Typhoon Group Lynx Cedar Falcon Storm Orchid Tiger Basin'.split(' ');

/** Made-up actors with names in the manner of real ones: words, word pairs and numbers, about two and a half each. */
export function syntheticEntities(count: number, seed: number): readonly SearchEntity[] {
  const random = new Random(seed);
  const word = (): string => {
    const parts = Array.from({ length: 2 + random.below(3) }, () => random.pick(syllables)).join('');
    return parts.charAt(0).toUpperCase() + parts.slice(1);
  };
  return Array.from({ length: count }, (_, at): SearchEntity => {
    const id = stixIdFromUuid('intrusion-set', `00000000-0000-4000-9000-${String(at).padStart(12, '0')}`);
    if (id === undefined) throw new Error(`no id for ${at}`);
    const aliases = [`${word()} ${random.pick(nouns)}`];
    if (random.below(2) === 0) aliases.push(`UNK-${10_000 + at}`);
    return { id, type: 'intrusion-set', name: word() + word(), aliases, externalIds: [], otherIds: [] };
  });
}
