import type { EntityRef, RecordClaim } from '../domain/record.ts';
import { assertNever } from '../support/assert-never.ts';

/** What a claim says, for people: its text, or the name of what it points to. */
export function claimValue(claim: RecordClaim): string {
  switch (claim.predicate) {
    case 'name':
    case 'alias':
    case 'attributed-to':
    case 'targets-sector':
    case 'targets-region':
    case 'motivation':
    case 'active-since':
    case 'last-seen':
    case 'exploits':
    case 'description':
    case 'tactic':
    case 'platform':
      return claim.text;
    case 'uses':
    case 'related-to':
      return refName(claim.target);
    case 'reported-in':
      return claim.target === undefined ? '' : refName(claim.target);
    case 'reference':
      return claim.url;
    case 'detail':
      return `${claim.label}: ${claim.text}`;
    default:
      return assertNever(claim);
  }
}

/** What a claim points to, where it points to something. */
export function claimTarget(claim: RecordClaim): EntityRef | undefined {
  return 'target' in claim ? claim.target : undefined;
}

/**
 * The key by which two versions of a record are compared: whom the claim is about, what it says of what, but not
 * when, where or how surely.
 */
export function claimKey(claim: RecordClaim): string {
  const target = claimTarget(claim);
  return JSON.stringify([
    claim.predicate,
    claim.subject === undefined ? null : refKey(claim.subject),
    target === undefined ? null : refKey(target),
    target === undefined ? claimValue(claim) : '',
    'country' in claim ? claim.country : null,
    'sponsor' in claim ? claim.sponsor : null,
    'relation' in claim ? claim.relation : null,
    'negated' in claim && claim.negated,
    'section' in claim ? claim.section : null,
    ...('on' in claim ? [claim.on] : []),
  ]);
}

/** The strongest part of a pointer: its id, else its UUID, external id or name. */
export function refKey(ref: EntityRef): string {
  return ref.id ?? ref.uuid ?? ref.externalId ?? ref.name ?? '';
}

function refName(ref: EntityRef): string {
  return ref.name ?? ref.externalId ?? ref.id ?? ref.uuid ?? '';
}
