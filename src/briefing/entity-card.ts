import type { Section, Text } from '../cards/card.ts';
import { clearText, clearWord } from '../cards/clear-text.ts';
import { entityTypeLabels } from '../domain/entity-type.ts';
import type { Entity, Knowledge } from '../knowledge/types.ts';
import { type ComposedCard, entityBadges } from './actor-card.ts';
import { type Composer, type ComposeSection, createComposer, take } from './composer.ts';
import { entityActions } from './entity-actions.ts';
import { finishCard } from './finish-card.ts';
import { attackIdOf, labelOf } from './labels.ts';
import { isMentionOnly } from './mentioned.ts';
import { nameClaims, namingNotice } from './names.ts';
import { aliasesSection } from './sections/aliases.ts';
import { attributionSection } from './sections/attribution.ts';
import { decisionsSection } from './sections/decisions.ts';
import { detailsSection, eventsSection } from './sections/details.ts';
import { disagreementsSection } from './sections/disagreements.ts';
import { descriptionsSection, idsSection, referencesSection } from './sections/documents.ts';
import { foundInWords, namedSection } from './sections/named.ts';
import {
  campaignsSection,
  exploitsSection,
  mentionsSection,
  relatedSection,
  reportsSection,
} from './sections/related.ts';
import { subTechniquesSection } from './sections/sub-techniques.ts';
import { kindSection, targetsSection } from './sections/targets.ts';
import { unresolvedSection } from './sections/unresolved.ts';
import { softwareSection, techniquesSection } from './sections/used.ts';
import { usersSection } from './sections/users.ts';
import { counted, joinTexts, plain, stated } from './text.ts';
import { type TiedActor, tiedActors } from './tied-actors.ts';

const sections: readonly ComposeSection[] = [
  whatSection,
  kindSection,
  detailsSection,
  attributionSection,
  usersSection,
  namedSection,
  unresolvedSection,
  subTechniquesSection,
  targetsSection,
  disagreementsSection,
  aliasesSection,
  decisionsSection,
  softwareSection,
  techniquesSection,
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

/** The card of anything that is no actor: what it is, and first of all which actors are tied to it. */
export function entityCard(
  entity: Entity,
  knowledge: Knowledge,
  now: Date,
  whole: boolean,
  extra: readonly Section[] = [],
): ComposedCard {
  const composer = createComposer(knowledge, entity, whole);
  const composed = sections.map((compose) => compose(composer));
  const label = entityTypeLabels[entity.type].one;
  const kind = clearWord(entity.type);
  const card = finishCard(
    {
      title: labelOf(entity),
      subtitle: [plain([label, attackIdOf(entity)].filter((part) => part !== undefined).join(' · '))],
      badges: entityBadges(entity, knowledge),
      sections: [...composed, ...extra],
      actions: entityActions(entity.id),
      withheld: knowledge.withheld(entity.id),
      notice: namingNotice(entity, knowledge, (name) => clearText`${kind}: ${name}.`, clearText`A briefing.`),
    },
    knowledge,
    now,
    composer.cites,
  );
  return { card, composer };
}

/** A name that was only found in a report's words ties nobody to it. */
function tieWords(ties: readonly TiedActor[]): string {
  return ties.every(({ claims }) => isMentionOnly(claims)) ? `named, ${foundInWords}` : 'tied to it';
}

/** One sentence: what it is called, what kind of thing it is, and how many actors are tied to it. */
function whatSection(composer: Composer): Section {
  const { entity, knowledge, cites } = composer;
  const name: Text = [
    { ...stated(labelOf(entity), cites.cite(nameClaims(entity, knowledge))), style: 'bold' },
  ];
  const ties = tiedActors(entity, knowledge);
  const { shown, hidden } = take({ whole: false }, ties, 3);
  const names = shown.map((tie): Text => [stated(labelOf(tie.actor), cites.cite(tie.claims))]);
  const more: Text = hidden === 0 ? [] : [plain(`${hidden} more`)];
  const tied: Text =
    ties.length === 0
      ? [plain('no source here ties an actor to it')]
      : [
          plain(`${counted(ties.length, 'actor')} ${tieWords(ties)}: `),
          ...joinTexts([...names, more], ', ', ' and '),
        ];
  const kind = entityTypeLabels[entity.type].one.toLowerCase();
  return {
    type: 'text',
    id: 'what',
    rank: 0,
    paragraphs: [[...name, plain(`, ${kind}; `), ...tied, plain('.')]],
  };
}
