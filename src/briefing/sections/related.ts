import type { Item, Section, Text, TimelineItem } from '../../cards/card.ts';
import type { Claim, Entity } from '../../knowledge/types.ts';
import { voicesOf } from '../cites.ts';
import { type Composer, take } from '../composer.ts';
import { type ClaimGroup, groupClaims, newestDate } from '../facts.ts';
import { labelById, labelOf } from '../labels.ts';
import { isMentionOnly } from '../mentioned.ts';
import { bold, capitalized, dayOf, joinTexts, plain, shorten, stated } from '../text.ts';
import { foundInWords } from './named.ts';

/** Campaigns that sources attribute to the actor, or that use the software, with their dates; newest first. */
export function campaignsSection(composer: Composer): Section | undefined {
  const { entity, knowledge, cites } = composer;
  const claims = [
    ...knowledge.claimsAbout(entity.id, 'attributed-to'),
    ...knowledge.claimsAbout(entity.id, 'uses'),
  ];
  const campaigns = new Map<Entity, Claim[]>();
  for (const claim of claims) {
    const campaign = knowledge.entities.get(claim.subject);
    if (campaign?.type === 'campaign') campaigns.set(campaign, [...(campaigns.get(campaign) ?? []), claim]);
  }
  if (campaigns.size === 0) return undefined;
  const dated = [...campaigns]
    .map(([campaign, ties]) => ({ campaign, ties, since: dateClaims(campaign, 'active-since', composer) }))
    .sort((a, b) => (b.since[0]?.value ?? '').localeCompare(a.since[0]?.value ?? ''));
  const { shown, total } = take(composer, dated, 6);
  const items = shown.map(({ campaign, ties, since }): Item => {
    const until = dateClaims(campaign, 'last-seen', composer);
    const dates = joinTexts(
      [since, until].map(
        (found): Text => (found[0] === undefined ? [] : [stated(dayOf(found[0].value), cites.cite(found))]),
      ),
      ' to ',
    );
    return { text: joinTexts([[stated(labelOf(campaign), cites.cite(ties))], dates], ': ') };
  });
  return { type: 'list', id: 'campaigns', heading: 'Campaigns', rank: 4, items, ...total };
}

function dateClaims(
  campaign: Entity,
  predicate: 'active-since' | 'last-seen',
  { knowledge }: Composer,
): readonly Claim[] {
  return groupClaims(knowledge.claims(campaign.id, predicate))[0]?.claims ?? [];
}

/** Reports and events that are about the entity, newest first. */
export function reportsSection(composer: Composer): Section | undefined {
  const groups = reportGroups(composer).filter(({ claims }) => !isMentionOnly(claims));
  return reportTimeline(composer, groups, { id: 'reports', heading: 'Reports', rank: 4 });
}

/** Reports in whose words the entity's name was found, newest first: nobody says that they are about it. */
export function mentionsSection(composer: Composer): Section | undefined {
  const groups = reportGroups(composer).filter(({ claims }) => isMentionOnly(claims));
  return reportTimeline(composer, groups, { id: 'mentions', heading: 'Named in', rank: 5 });
}

/** Both together, newest first; those that only name the entity say so. */
export function allReportsSection(composer: Composer): Section | undefined {
  return reportTimeline(composer, reportGroups(composer), { id: 'reports', heading: 'Reports', rank: 4 });
}

function reportGroups({ entity, knowledge }: Composer): readonly ClaimGroup[] {
  return [...groupClaims(knowledge.claims(entity.id, 'reported-in'))].sort((a, b) =>
    newestDate(b.claims).localeCompare(newestDate(a.claims)),
  );
}

function reportTimeline(
  composer: Composer,
  groups: readonly ClaimGroup[],
  frame: Pick<Section, 'id' | 'rank'> & { readonly heading: string },
): Section | undefined {
  const { knowledge, cites } = composer;
  if (groups.length === 0) return undefined;
  const { shown, total } = take(composer, groups, 6);
  const items = shown.map((group): TimelineItem => {
    const [{ provenance }] = group.claims;
    const title = shorten(labelById(knowledge, group.object, group.value), 200);
    const voices = voicesOf(group.claims, knowledge).join(', ');
    return {
      date: dayOf(newestDate(group.claims)),
      text: [
        stated(title, cites.cite(group.claims), provenance.reference),
        ...(isMentionOnly(group.claims) ? [plain(` — ${voices}; the name was ${foundInWords}`)] : []),
      ],
    };
  });
  return { type: 'timeline', ...frame, items, ...total };
}

/** Vulnerabilities and statements on exploiting them; what was not observed says so. */
export function exploitsSection(composer: Composer): Section | undefined {
  const { entity, knowledge, cites } = composer;
  const groups = groupClaims(knowledge.claims(entity.id, 'exploits'));
  if (groups.length === 0) return undefined;
  const { shown, total } = take(composer, groups, 10);
  const items = shown.map((group): Item => {
    const [{ given }] = group.claims;
    const negated = given.predicate === 'exploits' && given.negated === true;
    const quote = group.claims.find((claim) => claim.provenance.quote !== undefined)?.provenance.quote;
    const name = labelById(knowledge, group.object, group.value);
    const words = group.object === undefined ? `“${quote ?? name}”` : name;
    const text = stated(composer.whole ? words : shorten(words, 300), cites.cite(group.claims));
    return { text: negated ? [bold('Not observed'), plain(': '), text] : [text] };
  });
  return { type: 'list', id: 'exploits', heading: 'Exploitation', rank: 5, items, ...total };
}

const relationWords: Readonly<Record<string, string>> = {
  'same-as': 'same as',
  overlaps: 'overlaps with',
  'part-of': 'part of',
  disputed: 'relation disputed with',
  related: 'related to',
  'subtechnique-of': 'sub-technique of',
};

/** The words of a relation, and its likelihood behind the other's name: "similar to", " (likelihood 55)". */
export function relationWordsOf({ claims }: ClaimGroup): {
  readonly words: string;
  readonly likelihood: string;
} {
  const [{ given }] = claims;
  if (given.predicate !== 'related-to') return { words: 'related to', likelihood: '' };
  const likelihood = given.likelihood === undefined ? '' : ` (likelihood ${given.likelihood})`;
  return { words: relationText(claims, given.relation), likelihood };
}

/** What a source says, as it says it; what only our own joining weighed is told as such. */
function relationText(claims: readonly Claim[], relation: string): string {
  if (claims.every(({ standing }) => standing === 'derived')) return 'weighed as one and not joined with';
  if (claims.every(({ standing }) => standing !== undefined)) return 'called similar to, and not joined with';
  return relationWords[relation] ?? relation;
}

/** Other entities that sources relate to this one, in the words of the relation. */
export function relatedSection(composer: Composer): Section | undefined {
  const { entity, knowledge, cites } = composer;
  const groups = groupClaims(
    knowledge.claims(entity.id, 'related-to').filter((claim) => claim.object !== entity.id),
  );
  if (groups.length === 0) return undefined;
  const { shown, total } = take(composer, groups, 8);
  const items = shown.map((group): Item => {
    const { words, likelihood } = relationWordsOf(group);
    return {
      text: [
        plain(`${capitalized(words)} `),
        stated(labelById(knowledge, group.object, group.value), cites.cite(group.claims)),
        plain(likelihood),
      ].filter((span) => span.text !== ''),
    };
  });
  return { type: 'list', id: 'related', heading: 'Related', rank: 6, items, ...total };
}
