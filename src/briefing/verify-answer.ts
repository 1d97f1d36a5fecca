import type { Item, Section, Text } from '../cards/card.ts';
import { clearText } from '../cards/clear-text.ts';
import { countryName, parseCountry } from '../domain/country.ts';
import { nameKey } from '../domain/name-key.ts';
import type { Claim } from '../knowledge/types.ts';
import type { VerifyQuestion } from '../questions/types.ts';
import { matchedEntity, toAnswerEntity } from './answer-entity.ts';
import { aspectSection } from './aspect-card.ts';
import { aspectTitles, nothingText, type OneAspect } from './aspect-texts.ts';
import { voicesOf } from './cites.ts';
import { type Composer, createComposer, take } from './composer.ts';
import type { AnswerContext } from './context.ts';
import { emptyAnswer } from './empty-answer.ts';
import { askAction, questionActions } from './entity-actions.ts';
import { type ClaimGroup, groupClaims, toFacts } from './facts.ts';
import { finishCard } from './finish-card.ts';
import { labelById, labelOf, titleOf } from './labels.ts';
import { notFoundCard } from './message-cards.ts';
import { namingNotice } from './names.ts';
import { bold, capitalized, joinTexts, plain, stated } from './text.ts';
import type { Answer } from './types.ts';
import { type Evidence, evidenceFor } from './verify-evidence.ts';

/**
 * "Yes" with who records it, or that no source records it; never a plain "no", since what is not recorded may be true
 * all the same. What comes near, what is denied and what is recorded instead stands below.
 */
export function answerVerify(
  { match, supposed, also = [] }: VerifyQuestion,
  text: string,
  context: AnswerContext,
): Answer {
  const { knowledge, now } = context;
  const entity = knowledge.entity(match.entity.id);
  const matched = matchedEntity(match, knowledge);
  if (entity === undefined || matched === undefined) {
    return emptyAnswer(text, 'not-found', notFoundCard(match.matched.text, knowledge, now));
  }
  const composer = createComposer(knowledge, entity, context.whole === true);
  const asked = [supposed, ...also];
  const all = asked.map((one) => evidenceFor(entity, one, knowledge));
  const paragraphs = all.flatMap((evidence) => paragraphsOf(evidence, composer));
  const verdict: Section = { type: 'text', id: 'verdict', rank: 0, paragraphs };
  const aspects = new Map(
    all.flatMap((evidence) => (evidence.aspect === undefined ? [] : [[evidence.aspect, evidence] as const])),
  );
  const title = titleOf(entity);
  const withheld = knowledge.withheld(entity.id);
  const card = finishCard(
    {
      title: all.map((evidence) => evidence.title.replace('{}', () => title)).join(' '),
      sections: [
        verdict,
        statementsSection(all, composer),
        ...[...aspects].map(([aspect, evidence]) => recordedSection(aspect, evidence, composer)),
      ],
      actions: [
        { type: 'command', label: 'Whole Briefing', value: { verb: 'brief', entity: entity.id } },
        ...[...aspects.keys()].map((aspect) =>
          askAction(`All ${capitalized(aspectTitles[aspect])}`, `${aspectTitles[aspect]} of ${entity.id}`),
        ),
        ...questionActions(text).filter(({ label }) => label !== 'More'),
      ],
      withheld,
      notice: namingNotice(
        entity,
        knowledge,
        (name) => clearText`${name}: an answer.`,
        clearText`An answer about an actor.`,
      ),
    },
    knowledge,
    now,
    composer.cites,
  );
  const others = asked.flatMap((one) =>
    one.kind === 'uses' || one.kind === 'behind'
      ? one.matches.flatMap((other) => knowledge.entity(other.entity.id) ?? [])
      : [],
  );
  return {
    ...emptyAnswer(text, 'answer', card),
    answers: [matched, ...others.map((other) => toAnswerEntity(other))],
    facts: toFacts(composer.cites.claims(), knowledge),
    withheld,
  };
}

function paragraphsOf(evidence: Evidence, composer: Composer): readonly Text[] {
  const { cites, knowledge, entity } = composer;
  const { claims, through, denials, near, words } = evidence;
  const name = titleOf(entity);
  const voices = (of: readonly Claim[]): string => voicesOf(of, knowledge).join(', ');
  const said: Text[] = [];
  if (claims.length > 0) {
    const text = stated(`${name} ${words}`, cites.cite(claims));
    said.push([bold('Yes'), plain(': '), text, plain(`, as ${voices(claims)} ${verb(claims, composer)}.`)]);
    if (evidence.isSeveral === true)
      said.push([plain('Sector and place are recorded each by itself; no source ties the two together.')]);
  } else if (through.length > 0) {
    said.push([
      bold('Yes, through a campaign'),
      plain(': '),
      ...throughText(through, composer),
      plain(` ${words} and ${through.length === 1 ? 'is' : 'are'} attributed to ${name}.`),
    ]);
  } else {
    said.push([plain(`No source here records that ${name} ${words}.`)]);
  }
  if (denials.length > 0)
    said.push([
      stated('A source says that it was not observed', cites.cite(denials)),
      plain(` — ${voices(denials)}.`),
    ]);
  if (claims.length === 0 && near.length > 0) {
    const texts = near.map((one): Text => [stated(one.words, cites.cite(one.claims))]);
    said.push([plain('Recorded is '), ...joinTexts(texts, '; '), plain('.')]);
  }
  return said;
}

function verb(claims: readonly Claim[], { knowledge }: Composer): string {
  return voicesOf(claims, knowledge).length === 1 ? 'records' : 'record';
}

function throughText(through: Evidence['through'], { cites }: Composer): Text {
  return joinTexts(
    through.map(({ campaign, claims }): Text => [stated(labelOf(campaign), cites.cite(claims))]),
    ', ',
    ' and ',
  );
}

/** The statements behind a yes, in the sources' own values; what reads alike stands there once. */
function statementsSection(all: readonly Evidence[], composer: Composer): Section | undefined {
  const { knowledge, cites } = composer;
  const byValue = new Map<string, Claim[]>();
  for (const { claims, isWorded, aspect } of all) {
    // Of what kind a thing is, its names say nothing.
    if (aspect === undefined) continue;
    for (const group of groupClaims(claims)) {
      const value = valueOf(group, composer, isWorded === true);
      byValue.set(value, [...(byValue.get(value) ?? []), ...group.claims]);
    }
  }
  if (byValue.size === 0) return undefined;
  const { shown, total } = take(composer, [...byValue], 12);
  const items = shown.map(
    ([value, claims]): Item => ({
      text: [
        stated(value, cites.cite(claims)),
        plain(` — ${voicesOf(claims, knowledge).join(', ')}`),
        ...confidence(claims),
      ],
    }),
  );
  return { type: 'list', id: 'statements', heading: 'What they record', rank: 1, items, ...total };
}

/** An attribution with its sponsor, so that two of one country are told apart; in its own words where these count. */
function valueOf(
  { object, value, claims: [{ given }] }: ClaimGroup,
  { knowledge }: Composer,
  isWorded: boolean,
): string {
  if (given.predicate !== 'attributed-to' || object !== undefined) return labelById(knowledge, object, value);
  const country = given.country === undefined ? undefined : countryName(given.country);
  const isBody = given.sponsor !== undefined && parseCountry(given.sponsor)?.code !== given.country;
  const parts = [country, isBody ? given.sponsor : undefined].filter((part) => part !== undefined);
  const name = parts.join(', ') || given.text;
  const isSaid = parts.some((part) => nameKey(part) === nameKey(given.text));
  return !isWorded || isSaid || name === given.text || parseCountry(given.text) !== undefined
    ? name
    : `${name} (“${given.text}”)`;
}

function confidence(claims: readonly Claim[]): Text {
  const values = [...new Set(claims.flatMap(({ provenance }) => provenance.confidence ?? []))];
  return values.length === 0 ? [] : [plain(` (confidence ${values.join(', ')})`)];
}

/** Where the answer is not a yes: what is recorded of the same aspect. */
function recordedSection(aspect: OneAspect, { claims }: Evidence, composer: Composer): Section | undefined {
  // Techniques and software are many, and what comes near to the one asked for is told above.
  if (claims.length > 0 || aspect === 'techniques' || aspect === 'software') return undefined;
  const section = aspectSection(aspect, composer);
  if (section !== undefined) return { ...section, rank: 2 };
  const { entity } = composer;
  return nothingSection(nothingText(aspect, titleOf(entity), entity.type));
}

function nothingSection(text: string): Section {
  return { type: 'text', id: 'nothing', rank: 1, paragraphs: [[plain(text)]] };
}
