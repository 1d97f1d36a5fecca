import type { Badge, Card } from '../cards/card.ts';
import { type ClearText, clearText, joinClear, whenClear } from '../cards/clear-text.ts';
import { countryName } from '../domain/country.ts';
import { entityTypeLabels } from '../domain/entity-type.ts';
import type { Tlp } from '../domain/tlp.ts';
import type { Entity, Knowledge } from '../knowledge/types.ts';
import type { Match } from '../search/types.ts';
import { compareAction } from './compare-unknown.ts';
import { type Composer, type ComposeSection, createComposer } from './composer.ts';
import type { Ours } from './context.ts';
import { entityActions, watchAction } from './entity-actions.ts';
import { finishCard } from './finish-card.ts';
import { attackIdOf, titleOf } from './labels.ts';
import { clearName } from './names.ts';
import { aliasesSection } from './sections/aliases.ts';
import { attributionSection } from './sections/attribution.ts';
import { decisionsSection } from './sections/decisions.ts';
import { detailsSection, eventsSection } from './sections/details.ts';
import { disagreementsSection } from './sections/disagreements.ts';
import { descriptionsSection, idsSection, referencesSection } from './sections/documents.ts';
import { isItUsSection } from './sections/is-it-us.ts';
import { namesakesSection } from './sections/namesakes.ts';
import {
  campaignsSection,
  exploitsSection,
  mentionsSection,
  relatedSection,
  reportsSection,
} from './sections/related.ts';
import { profileSection, targetsSection } from './sections/targets.ts';
import { checkFirstSection, firstUseSection, softwareSection, techniquesSection } from './sections/used.ts';
import { whoSection } from './sections/who.ts';
import { plain } from './text.ts';

/** The order in which someone paged at night needs it: who, who says so, whom, is it us, with what, what to check. */
const leadingSections: readonly ComposeSection[] = [whoSection, attributionSection, targetsSection];
const actorSections: readonly ComposeSection[] = [
  firstUseSection,
  checkFirstSection,
  disagreementsSection,
  aliasesSection,
  decisionsSection,
  profileSection,
  detailsSection,
  techniquesSection,
  softwareSection,
  campaignsSection,
  reportsSection,
  mentionsSection,
  exploitsSection,
  eventsSection,
  relatedSection,
  descriptionsSection,
  idsSection,
  referencesSection,
];

/** A card with the claims that it states, for the answer's facts. */
export interface ComposedCard {
  readonly card: Card;
  readonly composer: Composer;
}

/**
 * The card of an actor. `whole` leaves nothing out of any section; else long sections are counted and cut.
 * `namesakes` are software and campaigns that have the name which was asked for, too; `ours` is what concerns the asker.
 */
export function actorCard(
  entity: Entity,
  knowledge: Knowledge,
  now: Date,
  whole: boolean,
  namesakes: readonly Match[] = [],
  ours?: Ours,
): ComposedCard {
  const composer = createComposer(knowledge, entity, whole);
  const [who, ...leading] = leadingSections.map((compose) => compose(composer));
  const isItUs = isItUsSection(composer, ours);
  const others = actorSections.map((compose) => compose(composer));
  const sections = [who, namesakesSection(namesakes, composer), ...leading, isItUs, ...others];
  const id = attackIdOf(entity);
  const card = finishCard(
    {
      title: titleOf(entity),
      subtitle: [
        plain([entityTypeLabels[entity.type].one, id].filter((part) => part !== undefined).join(' · ')),
      ],
      badges: entityBadges(entity, knowledge),
      sections,
      actions: [...entityActions(entity.id), watchAction(entity.id), ...compareAction(entity, knowledge)],
      withheld: knowledge.withheld(entity.id),
      notice: actorNotice(entity, knowledge),
    },
    knowledge,
    now,
    composer.cites,
  );
  return { card, composer };
}

/** Countries that sources attribute the entity to, and what its publishers say of its standing. */
export function entityBadges(entity: Entity, knowledge: Knowledge): readonly Badge[] {
  const countries = countriesOf(entity, knowledge).map((name): Badge => ({ text: name, tone: 'neutral' }));
  const badges = [...countries];
  if (entity.deprecated) {
    const titles = new Set(
      entity.records.map(({ source }) => knowledge.sources.get(source)?.title ?? source),
    );
    badges.push({ text: `No longer tracked by ${[...titles].join(', ')}`, tone: 'warning' });
  }
  if (entity.mentionedOnly) badges.push({ text: 'Mentioned only', tone: 'warning' });
  return badges;
}

/** The countries that sources attribute the entity to, each once. */
export function countriesOf(entity: Entity, knowledge: Knowledge): readonly string[] {
  return [...new Set(attributions(entity, knowledge).map(({ country }) => country))];
}

function clearCountriesOf(entity: Entity, knowledge: Knowledge): readonly ClearText[] {
  const names = attributions(entity, knowledge).flatMap(
    ({ country, marking }) => whenClear(country, marking) ?? [],
  );
  return [...new Set(names)];
}

function attributions(
  entity: Entity,
  knowledge: Knowledge,
): readonly { readonly country: string; readonly marking: Tlp }[] {
  return knowledge.claims(entity.id, 'attributed-to').flatMap(({ given, provenance }) => {
    if (given.predicate !== 'attributed-to' || given.country === undefined) return [];
    return [{ country: countryName(given.country), marking: provenance.marking }];
  });
}

function actorNotice(entity: Entity, knowledge: Knowledge): ClearText {
  const name = clearName(entity, knowledge);
  if (name === undefined) return clearText`A briefing on an actor.`;
  const countries = clearCountriesOf(entity, knowledge);
  return countries.length === 0
    ? clearText`${name}.`
    : clearText`${name}, attributed to ${joinClear(countries, clearText` or `)}.`;
}
