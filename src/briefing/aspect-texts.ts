import type { EntityType } from '../domain/entity-type.ts';
import type { Aspect } from '../questions/types.ts';

export type OneAspect = Exclude<Aspect, 'overview'>;

/** How an aspect is called in titles and buttons. */
export const aspectTitles: Readonly<Record<OneAspect, string>> = {
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
  related: 'related actors',
  ids: 'ids',
  vulnerabilities: 'vulnerabilities',
  indicators: 'indicators',
  platforms: 'platforms',
};

const nothing: Readonly<Record<OneAspect, string>> = {
  aliases: 'No source here gives {} another name.',
  malware: 'No source here names malware that {} uses.',
  tools: 'No source here names a tool that {} uses.',
  software: 'No source here names malware or a tool that {} uses.',
  techniques: 'No source here names a technique that {} uses.',
  sectors: 'No source here names a sector that {} targets.',
  regions: 'No source here names a country or region that {} targets.',
  attribution: 'No source here attributes {} to a country or a sponsor.',
  motivation: 'No source here states a motivation of {}.',
  campaigns: 'No source here attributes a campaign to {}.',
  reports: 'No report or event that is recorded here names {}.',
  references: 'No source here gives a link for {}.',
  related: 'No source here states a relation of {} to another actor.',
  ids: 'No source here gives {} an id.',
  vulnerabilities: 'No source here names a vulnerability that {} exploits.',
  indicators: 'No report or event that is recorded here ties an indicator to {}.',
  platforms: 'No source here names a platform that {} runs on.',
};

/** What is missing, and what would bring it. */
const remedies: Readonly<Partial<Record<OneAspect, string>>> = {
  reports:
    'Reports come with what you import: events, bundles, documents (threatbrief ingest), or a connected feed (threatbrief sources add circl-osint).',
  indicators:
    'Indicators come with reports: import events, bundles or documents (threatbrief ingest), or connect a feed (threatbrief sources add circl-osint).',
};

/** That no source speaks of an aspect, and what would bring it where that is known. */
export function nothingText(aspect: OneAspect, name: string, type: EntityType): string {
  const text =
    aspect === 'campaigns' && type !== 'intrusion-set'
      ? 'No source here names a campaign that uses {}.'
      : nothing[aspect];
  const remedy = remedies[aspect];
  return `${text.replace('{}', () => name)}${remedy === undefined ? '' : ` ${remedy}`}`;
}

/** What is counted of an aspect, as a noun: one, several. */
export const aspectNouns: Readonly<Record<OneAspect, readonly [one: string, many: string]>> = {
  aliases: ['other name', 'other names'],
  malware: ['malware', 'malware'],
  tools: ['tool', 'tools'],
  software: ['malware or tool', 'malware and tools'],
  techniques: ['technique', 'techniques'],
  sectors: ['target sector', 'target sectors'],
  regions: ['target country or region', 'target countries and regions'],
  attribution: ['attribution', 'attributions'],
  motivation: ['motivation', 'motivations'],
  campaigns: ['campaign', 'campaigns'],
  reports: ['report', 'reports'],
  references: ['link', 'links'],
  related: ['relation', 'relations'],
  ids: ['id', 'ids'],
  vulnerabilities: ['exploited vulnerability', 'exploited vulnerabilities'],
  indicators: ['indicator', 'indicators'],
  platforms: ['platform', 'platforms'],
};
