import type { StixId } from '../domain/stix-id.ts';
import type { Claim, Entity, Knowledge } from '../knowledge/types.ts';

/** A use as a source states it: of the thing itself, or of a campaign that a source attributes to it. */
export interface StatedUse {
  readonly claim: Claim;
  /** The campaign of which it is stated, and who attributes that; absent: it is stated of the thing itself. */
  readonly through?: { readonly campaign: Entity; readonly tie: Claim };
}

/**
 * Everything that a thing is said to use, or to exploit: what is stated of itself, then what is stated of campaigns that
 * are attributed to it. The one rule for lists, counts, comparisons and questions of yes and no.
 */
export function usesOf(
  id: StixId,
  knowledge: Knowledge,
  predicate: 'uses' | 'exploits' = 'uses',
): readonly StatedUse[] {
  const own = knowledge.claims(id, predicate).map((claim): StatedUse => ({ claim }));
  const through = campaignsBehind(id, knowledge).flatMap(({ campaign, tie }) =>
    knowledge
      .claims(campaign.id, predicate)
      .map((claim): StatedUse => ({ claim, through: { campaign, tie } })),
  );
  return through.length === 0 ? own : [...own, ...through];
}

function campaignsBehind(
  id: StixId,
  knowledge: Knowledge,
): readonly { readonly campaign: Entity; readonly tie: Claim }[] {
  return knowledge.claimsAbout(id, 'attributed-to').flatMap((tie) => {
    const campaign = knowledge.entities.get(tie.subject);
    return campaign?.type === 'campaign' ? [{ campaign, tie }] : [];
  });
}

/** The claims behind a use: who states it, and who attributes the campaign. */
export function claimsOfUse({ claim, through }: StatedUse): readonly Claim[] {
  return through === undefined ? [claim] : [claim, through.tie];
}

/**
 * The campaigns through which alone something is used, by the claims that state it; empty where a claim states it of
 * the user itself.
 */
export function onlyThrough(user: StixId, claims: readonly Claim[], knowledge: Knowledge): readonly Entity[] {
  const uses = claims.filter(({ predicate }) => predicate === 'uses' || predicate === 'exploits');
  if (uses.length === 0 || uses.some(({ subject }) => subject === user)) return [];
  const campaigns = uses.flatMap(({ subject }) => {
    const entity = knowledge.entities.get(subject);
    return entity?.type === 'campaign' ? [entity] : [];
  });
  return [...new Set(campaigns)];
}

/** " (through SolarWinds Compromise)"; empty for nothing. */
export function throughWords(campaigns: readonly Pick<Entity, 'name'>[]): string {
  if (campaigns.length === 0) return '';
  const names = campaigns.slice(0, 2).map(({ name }) => name.slice(0, 80));
  const more = campaigns.length - names.length;
  return ` (through ${names.join(' and ')}${more > 0 ? ` and ${more} more` : ''})`;
}
