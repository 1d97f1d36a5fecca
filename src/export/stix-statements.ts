import { groupClaims } from '../briefing/facts.ts';
import { countryName, isCountryCode } from '../domain/country.ts';
import type { StixId } from '../domain/stix-id.ts';
import type { Tlp } from '../domain/tlp.ts';
import type { Claim } from '../knowledge/types.ts';
import { assertNever } from '../support/assert-never.ts';
import { byMarking, confidenceOf, epoch, ownId, referencesOf, type StixBook, timesOf } from './stix-book.ts';
import { isDay, putEntity } from './stix-entities.ts';

/** What a statement becomes: a relationship of a type to an object, or a note in words. */
type Meaning =
  | {
      readonly kind: 'relationship';
      readonly type: string;
      readonly target: string;
      readonly confidence?: number;
    }
  | { readonly kind: 'report'; readonly report: string }
  | { readonly kind: 'note'; readonly abstract: string; readonly content: string }
  /** Stands in the object itself. */
  | { readonly kind: 'carried' };

/**
 * Puts everything that claims state beside their subject's own properties: one object for each statement and marking, with
 * the sources that make it as its references. Gives back how many could not be told in STIX.
 */
export function putStatements(claims: readonly Claim[], book: StixBook): number {
  let untold = 0;
  for (const { claims: same } of groupClaims(claims)) {
    for (const [marking, stated] of byMarking(same)) {
      if (!putStatement(stated, marking, book)) untold += 1;
    }
  }
  return untold;
}

function putStatement(claims: readonly Claim[], marking: Tlp, book: StixBook): boolean {
  const [claim] = claims;
  if (claim === undefined) return true;
  const subject = endOf(claim.subject, claims, book);
  if (subject === undefined) return false;
  const meanings = meaningsOf(claim, claims, book);
  for (const meaning of meanings) put(meaning, subject, claim, claims, marking, book);
  return meanings.length > 0;
}

function put(
  meaning: Meaning,
  subject: string,
  claim: Claim,
  claims: readonly Claim[],
  marking: Tlp,
  book: StixBook,
): void {
  const { knowledge } = book;
  const common = {
    spec_version: '2.1',
    ...timesOf(claims, knowledge),
    ...sourceOf(claims, book),
    ...confidenceOf(claims),
    external_references: referencesOf(claims, knowledge),
    object_marking_refs: book.marking(marking),
  };
  switch (meaning.kind) {
    case 'carried':
    case 'report':
      return;
    case 'relationship': {
      const { type, target } = meaning;
      const quote = claims.find(({ provenance }) => provenance.quote !== undefined)?.provenance.quote;
      book.put({
        type: 'relationship',
        id: ownId('relationship', [subject, type, target, marking].join('\n')),
        ...common,
        ...(meaning.confidence === undefined ? {} : { confidence: meaning.confidence }),
        relationship_type: type,
        ...(quote === undefined ? {} : { description: quote.toWellFormed() }),
        source_ref: subject,
        target_ref: target,
      });
      return;
    }
    case 'note':
      book.put({
        type: 'note',
        id: ownId('note', [subject, claim.predicate, meaning.content, marking].join('\n')),
        ...common,
        abstract: meaning.abstract,
        content: meaning.content.toWellFormed(),
        object_refs: [subject],
      });
      return;
    default:
      assertNever(meaning);
  }
}

/** Who states it, where that is one source. */
function sourceOf(claims: readonly Claim[], book: StixBook): { readonly created_by_ref?: string } {
  const [source, ...others] = new Set(claims.map(({ provenance }) => provenance.source));
  return source === undefined || others.length > 0 ? {} : { created_by_ref: book.sourceIdentity(source) };
}

function endOf(id: StixId, claims: readonly Claim[], book: StixBook): string | undefined {
  const entity = book.knowledge.entity(id);
  return entity === undefined ? undefined : putEntity(entity, book, { whole: false, fallback: claims });
}

function meaningsOf(claim: Claim, claims: readonly Claim[], book: StixBook): readonly Meaning[] {
  const { given, object, value } = claim;
  switch (given.predicate) {
    case 'name':
    case 'motivation':
    case 'tactic':
    case 'reference':
      return carried;
    case 'alias':
      return given.relation === 'same-as' ? carried : [note(`Name, ${given.relation}`, given.text)];
    case 'active-since':
    case 'last-seen': {
      const abstract = given.predicate === 'active-since' ? 'Active since' : 'Last seen';
      return isDay(value) ? carried : [note(abstract, given.text)];
    }
    case 'description':
      return [note(given.section, given.text)];
    case 'platform':
      return [note('Platform', given.text)];
    case 'detail':
      return [note(given.label, given.on === undefined ? given.text : `${given.on}: ${given.text}`)];
    case 'attributed-to':
      return attribution(given, object, claims, book);
    case 'targets-sector':
      return [relationship('targets', sectorIdentity(given.text, book))];
    case 'targets-region':
      return [relationship('targets', location(given.country, given.text, book))];
    case 'uses':
      return toObject('uses', object, claims, book);
    case 'exploits': {
      if (given.negated === true) return [note('Exploits, denied', given.text)];
      const type = claim.subject.startsWith('malware--') ? 'exploits' : 'targets';
      return object === undefined ? [note('Exploits', given.text)] : toObject(type, object, claims, book);
    }
    case 'reported-in': {
      const report = object === undefined ? undefined : reportOf(object, claim.subject, claims, book);
      return report === undefined ? [] : [{ kind: 'report', report }];
    }
    case 'related-to':
      return toObject(relationType(given.relation), object, claims, book).map((meaning) =>
        meaning.kind === 'relationship' && given.likelihood !== undefined
          ? { ...meaning, confidence: Math.round(given.likelihood) }
          : meaning,
      );
    default:
      return assertNever(given);
  }
}

const carried: readonly Meaning[] = [{ kind: 'carried' }];

function note(abstract: string, content: string): Meaning {
  return { kind: 'note', abstract: abstract.toWellFormed(), content };
}

function relationship(type: string, target: string): Meaning {
  return { kind: 'relationship', type, target };
}

function toObject(
  type: string,
  object: StixId | undefined,
  claims: readonly Claim[],
  book: StixBook,
): readonly Meaning[] {
  const target = object === undefined ? undefined : endOf(object, claims, book);
  return target === undefined ? [] : [relationship(type, target)];
}

function relationType(relation: string): string {
  if (relation === 'same-as') return 'duplicate-of';
  return relation === 'related' ? 'related-to' : relation;
}

function attribution(
  given: Extract<Claim['given'], { predicate: 'attributed-to' }>,
  object: StixId | undefined,
  claims: readonly Claim[],
  book: StixBook,
): readonly Meaning[] {
  if (object !== undefined) return toObject('attributed-to', object, claims, book);
  const { country, sponsor, text } = given;
  const meanings: Meaning[] = [];
  if (country !== undefined) meanings.push(relationship('originates-from', location(country, text, book)));
  if (sponsor !== undefined) meanings.push(relationship('attributed-to', organisation(sponsor, book)));
  return meanings.length > 0 ? meanings : [note('Attributed to', text)];
}

function location(country: string | undefined, text: string, book: StixBook): string {
  const isCountry = country !== undefined && isCountryCode(country);
  const name = isCountry ? countryName(country) : text.toWellFormed();
  return book.put({
    type: 'location',
    spec_version: '2.1',
    id: ownId('location', name.toLowerCase()),
    created: epoch,
    modified: epoch,
    name,
    ...(isCountry ? { country } : { region: name.toLowerCase().replace(/\s+/g, '-') }),
    object_marking_refs: book.marking('clear'),
  });
}

function sectorIdentity(text: string, book: StixBook): string {
  return identity('class', text, book);
}

function organisation(name: string, book: StixBook): string {
  return identity('organization', name, book);
}

function identity(kind: 'class' | 'organization', text: string, book: StixBook): string {
  const name = text.toWellFormed();
  return book.put({
    type: 'identity',
    spec_version: '2.1',
    id: ownId('identity', `${kind}\n${name}`),
    created: epoch,
    modified: epoch,
    name,
    identity_class: kind,
    ...(kind === 'class' ? { sectors: [name.toLowerCase().replace(/\s+/g, '-')] } : {}),
    object_marking_refs: book.marking('clear'),
  });
}

function reportOf(id: StixId, subject: StixId, claims: readonly Claim[], book: StixBook): string | undefined {
  const report = book.knowledge.entity(id);
  return report === undefined
    ? undefined
    : putEntity(report, book, { whole: false, subject, fallback: claims });
}
