import type { Item, Section } from '../../cards/card.ts';
import { type Composer, take } from '../composer.ts';
import { attackIdOf, labelOf } from '../labels.ts';
import { bold, joinTexts, plain } from '../text.ts';

/** Names that a report is tagged with and that lead to nothing here, or to several: shown as written, never guessed. */
export function unresolvedSection(composer: Composer): Section | undefined {
  const { entity, knowledge } = composer;
  if (entity.type !== 'report') return undefined;
  const pointers = knowledge.unresolvedIn(entity.id);
  if (pointers.length === 0) return undefined;
  const { shown, total } = take(composer, pointers, 8);
  const items = shown.map(({ text, candidates }): Item => {
    const names = candidates.flatMap((id) => {
      const found = knowledge.entities.get(id);
      if (found === undefined) return [];
      const attackId = attackIdOf(found);
      return [attackId === undefined ? labelOf(found) : `${found.name} (${attackId})`];
    });
    return {
      text:
        names.length === 0
          ? [bold(text), plain(': not known here by this name')]
          : [
              bold(text),
              plain(': could be '),
              ...joinTexts(
                names.map((name) => [plain(name)]),
                ', ',
                ' or ',
              ),
            ],
    };
  });
  return { type: 'list', id: 'unresolved', heading: 'Named, but not sure whom', rank: 4, items, ...total };
}
