import type { Item, Section, Text } from '../../cards/card.ts';
import type { EntityType } from '../../domain/entity-type.ts';
import { voicesOf } from '../cites.ts';
import { type Composer, take } from '../composer.ts';
import { labelOf } from '../labels.ts';
import { isMentionOnly } from '../mentioned.ts';
import { joinTexts, plain, stated } from '../text.ts';
import { type TiedActor, tiedActors } from '../tied-actors.ts';
import { foundInWords } from './named.ts';

const headings: Readonly<Record<EntityType, string>> = {
  'intrusion-set': 'Actors tied to it',
  malware: 'Actors that use it',
  tool: 'Actors that use it',
  'attack-pattern': 'Actors that use it',
  campaign: 'Actors behind it',
  vulnerability: 'Actors that exploit it',
  report: 'Actors it names',
  indicator: 'Actors named with it',
};

/** The actors tied to a software, technique, campaign, vulnerability or report, each with who says so. */
export function usersSection(composer: Composer): Section | undefined {
  const ties = tiedActors(composer.entity, composer.knowledge);
  if (ties.length === 0) return undefined;
  const { shown, total } = take(composer, ties, 10);
  const items = shown.map((tie) => tiedActorItem(tie, composer));
  return { type: 'list', id: 'actors', heading: headings[composer.entity.type], rank: 1, items, ...total };
}

function tiedActorItem({ actor, claims, via }: TiedActor, { cites, knowledge }: Composer): Item {
  const through: Text = via.length === 0 ? [] : [plain(`through ${via.map((one) => one.name).join(', ')}`)];
  return {
    text: [
      ...joinTexts([[stated(labelOf(actor), cites.cite(claims))], through], ', '),
      plain(` — ${voicesOf(claims, knowledge).join(', ')}`),
      ...(isMentionOnly(claims) ? [plain(`; ${foundInWords}`)] : []),
    ],
    action: {
      type: 'command',
      label: labelOf(actor).slice(0, 70),
      value: { verb: 'brief', entity: actor.id },
    },
  };
}
