import type { Action, Section } from '../cards/card.ts';
import { type ClearText, clearText, clearWord, joinClear } from '../cards/clear-text.ts';
import { sizeOf } from '../cards/hidden.ts';
import type { Entity, Knowledge } from '../knowledge/types.ts';
import { platformLabel } from '../questions/condition-platform.ts';
import { placeName } from '../questions/condition-region.ts';
import { tacticLabel } from '../questions/condition-tactic.ts';
import { type AboutQuestion, type AspectScope, usableTypes } from '../questions/types.ts';
import { assertNever } from '../support/assert-never.ts';
import type { ComposedCard } from './actor-card.ts';
import { entityBadges } from './actor-card.ts';
import { countOf, countSection } from './aspect-count.ts';
import { aspectTitles, nothingText, type OneAspect } from './aspect-texts.ts';
import { type Composer, type ComposeSection, createComposer } from './composer.ts';
import { askAction } from './entity-actions.ts';
import { finishCard } from './finish-card.ts';
import { titleOf } from './labels.ts';
import { namingNotice } from './names.ts';
import { aliasesSection } from './sections/aliases.ts';
import { attributionSection } from './sections/attribution.ts';
import { disagreementsSection } from './sections/disagreements.ts';
import { referencesSection } from './sections/documents.ts';
import { publishedIdsSection } from './sections/ids.ts';
import { nearestSection } from './sections/nearest.ts';
import { allReportsSection, campaignsSection, exploitsSection } from './sections/related.ts';
import { relationsSection } from './sections/relations.ts';
import { motivationSection, platformsSection, regionsSection, sectorsSection } from './sections/targets.ts';
import { malwareSection, softwareSection, techniquesSection, toolsSection } from './sections/used.ts';
import { bold, counted, plain, shorten } from './text.ts';

type Composed = Exclude<OneAspect, 'indicators'>;

const aspectSections: Readonly<Record<Composed, ComposeSection>> = {
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
  related: relationsSection,
  ids: publishedIdsSection,
  vulnerabilities: exploitsSection,
  platforms: platformsSection,
};

/** What is asked of an entity beside its first aspect. */
export type AskedOf = Pick<AboutQuestion, 'more' | 'asks' | 'within' | 'unused'>;

/** Sections that are read from the store, by aspect. */
export type ReadSections = ReadonlyMap<OneAspect, readonly Section[]>;

/**
 * One aspect of an entity, or several; where no source speaks of one the card says so and offers the aspects that it
 * has. The number comes first where it is asked for, and words that were not used are told.
 */
export function aspectCard(
  entity: Entity,
  aspect: OneAspect,
  knowledge: Knowledge,
  now: Date,
  whole: boolean,
  asked: AskedOf = {},
  read: ReadSections = new Map(),
): ComposedCard {
  const composer = createComposer(knowledge, entity, whole, asked.within);
  const aspects = [aspect, ...(asked.more ?? []).filter((one): one is OneAspect => one !== 'overview')];
  const parts = aspects.map((one) => ({ one, sections: sectionsOf(one, asked, composer, read) }));
  const sections = parts.flatMap(({ one, sections: found }) =>
    found.length === 0 ? [nothingSaid(one, composer, asked.within)] : found,
  );
  const [main] = parts;
  const words = `${listedTitles(aspects)}${scopeText(asked.within)}`;
  const card = finishCard(
    {
      title: `${titleOf(entity)}: ${words}`,
      badges: entityBadges(entity, knowledge),
      sections: withUnused(sections, asked),
      actions: aspectActions(entity, aspect, (main?.sections.length ?? 0) > 0, knowledge),
      withheld: knowledge.withheld(entity.id),
      notice: namingNotice(
        entity,
        knowledge,
        (name) => clearText`${name}: ${joinClear(aspects.map(clearAspect), clearText`, `)}.`,
        clearText`An answer about an actor.`,
      ),
    },
    knowledge,
    now,
    composer.cites,
  );
  return { card, composer };
}

/** The section of an aspect by itself; undefined where no source speaks of it. */
export function aspectSection(aspect: OneAspect, composer: Composer): Section | undefined {
  return aspect === 'indicators' ? undefined : aspectSections[aspect](composer);
}

/** What is told of an aspect; empty where no source speaks of it. */
function sectionsOf(
  aspect: OneAspect,
  { asks }: AskedOf,
  composer: Composer,
  read: ReadSections,
): readonly Section[] {
  if (aspect === 'indicators') return withLead(read.get(aspect) ?? [], composer);
  const main = aspectSections[aspect](composer);
  const others =
    aspect === 'attribution'
      ? [disagreementsSection(composer)]
      : aspect === 'related'
        ? [nearestSection(composer)]
        : [];
  if (main === undefined && others.every((section) => section === undefined)) return [];
  const number = asks === 'count' ? countSection(aspect, countOf(aspect, composer), composer) : undefined;
  const missing = main === undefined ? nothingSaid(aspect, composer) : undefined;
  return [number, missing, firstScreen(main), ...others.map(firstScreen)].filter((one) => one !== undefined);
}

/** How many indicators there are, and whose reports hold them. */
function withLead(sections: readonly Section[], { entity, knowledge, cites }: Composer): readonly Section[] {
  if (sections.length === 0) return [];
  const count = sections.reduce((sum, section) => sum + (section.total ?? sizeOf(section)), 0);
  const claims = knowledge.claims(entity.id, 'reported-in');
  const text = [
    bold(counted(count, 'indicator'), cites.cite(claims)),
    plain(
      ` ${count === 1 ? 'stands' : 'stand'} in the reports below; a report does not tie each of its indicators to each thing that it names.`,
    ),
  ];
  return [{ type: 'text', id: 'count-indicators', rank: 0, paragraphs: [text] }, ...sections];
}

function clearAspect(aspect: OneAspect): ClearText {
  return clearWord(aspect);
}

function listedTitles(aspects: readonly OneAspect[]): string {
  const titles = aspects.map((one) => aspectTitles[one]);
  const last = titles.at(-1) ?? '';
  return titles.length < 2 ? last : `${titles.slice(0, -1).join(', ')} and ${last}`;
}

/** What the question was narrowed to, for titles: " (Persistence)". */
export function scopeText(within: AspectScope | undefined): string {
  return within === undefined ? '' : ` (${scopeLabel(within)})`;
}

function scopeLabel({ kind, key }: AspectScope): string {
  switch (kind) {
    case 'tactic':
      return tacticLabel(key);
    case 'platform':
      return platformLabel(key);
    case 'region':
      return placeName(key);
    default:
      return assertNever(kind);
  }
}

/** Words that were not used stand where they are seen: behind the number, where one was asked for, else first. */
function withUnused(sections: readonly Section[], asked: AskedOf): readonly (Section | undefined)[] {
  const at = asked.asks === 'count' ? 1 : 0;
  return [...sections.slice(0, at), unusedSection(asked), ...sections.slice(at)];
}

function firstScreen(section: Section | undefined): Section | undefined {
  return section === undefined ? undefined : { ...section, rank: 1 };
}

function nothingSaid(aspect: OneAspect, { entity }: Composer, within?: AspectScope): Section {
  const text = nothingText(aspect, titleOf(entity), entity.type);
  const scope =
    within === undefined || !isNarrowed(aspect, within) ? '' : ` Asked for was only: ${scopeLabel(within)}.`;
  return { type: 'text', id: `nothing-${aspect}`, rank: 0, paragraphs: [[plain(`${text}${scope}`)]] };
}

function isNarrowed(aspect: OneAspect, { kind }: AspectScope): boolean {
  if (kind === 'region') return aspect === 'regions';
  const isSoftware = aspect === 'malware' || aspect === 'tools' || aspect === 'software';
  if (kind === 'tactic') return aspect === 'techniques' || isSoftware;
  return aspect === 'techniques' || (kind === 'platform' && aspect !== 'aliases');
}

/** Words of the question that nothing was done with: half a question is not to look like the whole. */
export function unusedSection({ unused }: AskedOf): Section | undefined {
  if (unused === undefined || unused.length === 0) return undefined;
  const words = unused.map((word) => `“${shorten(word, 40)}”`).join(', ');
  return {
    type: 'text',
    id: 'unused',
    rank: 0,
    paragraphs: [[plain(`Not used of the question: ${words}.`)]],
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

/** Aspects that sources do speak of, at most three; of software first who uses it. */
function otherAspects(entity: Entity, aspect: OneAspect, knowledge: Knowledge): readonly Action[] {
  const candidates: readonly Composed[] = [
    'malware',
    'techniques',
    'tools',
    'sectors',
    'attribution',
    'aliases',
  ];
  const composer = createComposer(knowledge, entity, false);
  const others = candidates
    .filter((other) => other !== aspect && aspectSections[other](composer) !== undefined)
    .map((other) => askAction(`Ask for ${aspectTitles[other]}`, `${aspectTitles[other]} of ${entity.name}`));
  const users = usableTypes.includes(entity.type) ? [askAction('Who Uses It', `who uses ${entity.id}`)] : [];
  return [...users, ...others].slice(0, 3);
}

/** The section that answers for an aspect, wherever "More" names one. */
export function isAspect(text: string): text is OneAspect {
  return text === 'indicators' || Object.hasOwn(aspectSections, text);
}
