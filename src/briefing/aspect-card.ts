import type { Action, Section } from '../cards/card.ts';
import type { Entity, Knowledge } from '../knowledge/types.ts';
import type { Aspect } from '../questions/types.ts';
import type { ComposedCard } from './actor-card.ts';
import { entityBadges } from './actor-card.ts';
import { type ComposeSection, createComposer } from './composer.ts';
import { askAction } from './entity-actions.ts';
import { finishCard } from './finish-card.ts';
import { titleOf } from './labels.ts';
import { isNameClear } from './names.ts';
import { aliasesSection } from './sections/aliases.ts';
import { attributionSection } from './sections/attribution.ts';
import { disagreementsSection } from './sections/disagreements.ts';
import { referencesSection } from './sections/documents.ts';
import { allReportsSection, campaignsSection } from './sections/related.ts';
import { motivationSection, regionsSection, sectorsSection } from './sections/targets.ts';
import { malwareSection, softwareSection, techniquesSection, toolsSection } from './sections/used.ts';
import { plain } from './text.ts';

type OneAspect = Exclude<Aspect, 'overview'>;

const aspectSections: Readonly<Record<OneAspect, ComposeSection>> = {
  aliases: aliasesSection,
  malware: malwareSection,
  tools: toolsSection,
  software: softwareSection,
  techniques: techniquesSection,
  sectors: sectorsSection,
  regions: regionsSection,
  attribution: attributionSection,
  motivation: motivationSection,
  campaigns: campaignsSection,
  reports: allReportsSection,
  references: referencesSection,
};

const aspectWords: Readonly<Record<OneAspect, string>> = {
  aliases: 'other names',
  malware: 'malware',
  tools: 'tools',
  software: 'software',
  techniques: 'techniques',
  sectors: 'target sectors',
  regions: 'target regions',
  attribution: 'attribution',
  motivation: 'motivation',
  campaigns: 'campaigns',
  reports: 'reports',
  references: 'references',
};

/** One aspect of an entity; where no source speaks of it the card says so and offers the aspects that it has. */
export function aspectCard(
  entity: Entity,
  aspect: OneAspect,
  knowledge: Knowledge,
  now: Date,
  whole: boolean,
): ComposedCard {
  const composer = createComposer(knowledge, entity, whole);
  const words = aspectWords[aspect];
  const main = aspectSections[aspect](composer);
  const found = [main, aspect === 'attribution' ? disagreementsSection(composer) : undefined];
  const sections = main === undefined ? [nothingSaid(entity, words)] : found.map(firstScreen);
  const card = finishCard(
    {
      title: `${titleOf(entity)}: ${words}`,
      badges: entityBadges(entity, knowledge),
      sections,
      actions: aspectActions(entity, aspect, main !== undefined, knowledge),
      withheld: knowledge.withheld(entity.id),
      fallbackText: isNameClear(entity, knowledge)
        ? `${entity.name}: ${words}.`
        : 'An answer about an actor.',
    },
    knowledge,
    now,
    composer.cites,
  );
  return { card, composer };
}

function firstScreen(section: Section | undefined): Section | undefined {
  return section === undefined ? undefined : { ...section, rank: 1 };
}

function nothingSaid(entity: Entity, words: string): Section {
  return {
    type: 'text',
    id: 'nothing',
    rank: 0,
    paragraphs: [[plain(`No source here names ${words} of ${titleOf(entity)}.`)]],
  };
}

function aspectActions(
  entity: Entity,
  aspect: OneAspect,
  hasAnswer: boolean,
  knowledge: Knowledge,
): readonly Action[] {
  const brief: Action = {
    type: 'command',
    label: 'Whole Briefing',
    value: { verb: 'brief', entity: entity.id },
    style: 'primary',
  };
  if (!hasAnswer) return [brief, ...otherAspects(entity, aspect, knowledge)];
  return [
    brief,
    { type: 'command', label: 'More', value: { verb: 'more', entity: entity.id, section: aspect } },
    { type: 'command', label: 'Share', value: { verb: 'share', entity: entity.id, section: aspect } },
    { type: 'command', label: 'Sources', value: { verb: 'sources', entity: entity.id } },
  ];
}

/** Aspects that sources do speak of, at most three. */
function otherAspects(entity: Entity, aspect: OneAspect, knowledge: Knowledge): readonly Action[] {
  const candidates: readonly OneAspect[] = [
    'malware',
    'techniques',
    'tools',
    'sectors',
    'attribution',
    'aliases',
  ];
  const composer = createComposer(knowledge, entity, false);
  return candidates
    .filter((other) => other !== aspect && aspectSections[other](composer) !== undefined)
    .slice(0, 3)
    .map((other) => askAction(`Ask for ${aspectWords[other]}`, `${aspectWords[other]} of ${entity.name}`));
}

/** The section that answers for an aspect, wherever "More" names one. */
export function isAspect(text: string): text is OneAspect {
  return Object.hasOwn(aspectSections, text);
}
