import type { Item, Section, Text } from '../cards/card.ts';
import { nameKey } from '../domain/name-key.ts';
import type { Predicate } from '../domain/record.ts';
import type { Claim, Entity, EntityName, Knowledge } from '../knowledge/types.ts';
import { voicesOf } from './cites.ts';
import { type Composer, take } from './composer.ts';
import type { ClaimGroup } from './facts.ts';
import { labelById, labelOf, relationLabels } from './labels.ts';
import { nameClaims } from './names.ts';
import { bold, counted, joinTexts, plain, shorten, stated } from './text.ts';
import { ruleWords } from './why-chain.ts';
import type { WhyAbout } from './why-question.ts';
import { claimItem, nameWords, refusalsSection } from './why-sections.ts';

/** One sentence that answers the question, before the evidence. */
export function summary(about: WhyAbout, composer: Composer): Text {
  const { entity, asked, names, facts, others } = about;
  const { cites, knowledge } = composer;
  const name: Text = [bold(entity.name, cites.cite(nameClaims(entity, knowledge)))];
  if (asked === undefined && names.length === 0) return [...name, plain(` ${madeOf(entity)}`)];
  const said: Text[] = names.map((one): Text => [plain(nameSummary(one, entity, knowledge))]);
  for (const group of facts.slice(0, 3)) {
    const voices = voicesOf(group.claims, knowledge).join(', ');
    said.push([stated(`${factWords(group, entity, knowledge)} (${voices})`, cites.cite(group.claims))]);
  }
  for (const other of others) {
    // A malware that the actor uses is no second actor.
    if (facts.length === 0 || other.type === entity.type) said.push([plain(pairSummary(entity, other))]);
  }
  const taken = (entity.decisions ?? []).flatMap((decision) => decision.names ?? []);
  const isTaken = asked !== undefined && taken.some((text) => nameKey(text) === nameKey(asked));
  if (isTaken) said.push([plain(`an operator says that “${asked}” is no name of it, whatever sources say`)]);
  if (said.length > 0) return [...name, plain(': '), ...joinTexts(said, '; '), plain('.')];
  const id = ownIdAsked(about);
  if (id !== undefined) return [...name, plain(` has the id ${id}. It ${madeOf(entity)}`)];
  return [plain(`No source here says “${shorten(asked ?? '', 80)}” of `), ...name, plain('.')];
}

function madeOf({ records, joins, names, mentionedOnly }: Entity): string {
  if (mentionedOnly) return 'is only mentioned by others: no source describes it.';
  const rules = new Map<string, number>();
  for (const { rule } of joins) rules.set(ruleWords[rule], (rules.get(ruleWords[rule]) ?? 0) + 1);
  const sources = new Set(records.map(({ source }) => source)).size;
  const by = [...rules].map(([words, count]) => (count === 1 ? words : `${words} (${count} times)`));
  const joined = by.length === 0 ? '' : `, joined by ${by.join('; ')}`;
  return `is made of ${counted(records.length, 'record')} of ${counted(sources, 'source')}${joined}. It has ${counted(names.length, 'name')}.`;
}

/** The id of the entity that is asked for, where one is. */
export function ownIdAsked({ entity, asked }: WhyAbout): string | undefined {
  const { id, externalIds, otherIds } = entity;
  const key = nameKey(asked ?? '');
  return [id, ...externalIds, ...otherIds].find(
    (one) => nameKey(one) === key || nameKey(one.replace(/^misp:/, '')) === key,
  );
}

function nameSummary(name: EntityName, entity: Entity, knowledge: Knowledge): string {
  const voices = voicesOf(name.claims, knowledge).join(', ');
  const cited = name.citedTo === undefined ? '' : `, cited to ${name.citedTo.join(', ')}`;
  const coined = name.coinedBy.length === 0 ? cited : `, coined by ${name.coinedBy.join(', ')}`;
  if (name.kind === 'name') return `its main name, so called by ${voices}`;
  const relation = relationLabels[name.relation];
  const sense = name.relation === 'same-as' ? 'another name of it' : `${relation} it, not another name of it`;
  return `“${name.text}” is ${sense}, says ${voices}${coined}${voices === '' ? ` (${entity.name})` : ''}`;
}

function pairSummary(entity: Entity, other: Entity): string {
  const refusals = (entity.refusals ?? []).filter((refusal) => refusal.other === other.id);
  const isDecided = entity.decisions?.some(({ others }) => others.includes(other.id)) === true;
  if (isDecided) return `it and ${labelOf(other)} are two here, by an operator’s decision`;
  const proposals = refusals.length === 1 ? 'one proposal' : `${refusals.length} proposals`;
  const why = refusals.length === 0 ? 'nothing says that they are one' : `${proposals} to join them refused`;
  return `it and ${labelOf(other)} are two here: ${why}`;
}

/** Claims behind each name that is asked for, and the way on which each came here. */
export function namesSections({ names }: WhyAbout, composer: Composer): readonly Section[] {
  return names.map((name, at): Section => {
    const { shown, total } = take(composer, name.claims, 10);
    const items = shown.map((claim) => claimItem(claim, nameWords(claim), composer));
    const id = at === 0 ? 'claims' : `claims-${at + 1}`;
    return { type: 'list', id, heading: `Who says “${shorten(name.text, 60)}”`, rank: 1, items, ...total };
  });
}

/** Claims behind each statement that is asked for. */
export function factsSections({ entity, facts }: WhyAbout, composer: Composer): readonly Section[] {
  const { shown } = take(composer, facts, 6);
  return shown.map((group, at): Section => {
    const words = factWords(group, entity, composer.knowledge);
    const { shown: claims, total } = take(composer, group.claims, 10);
    const items = claims.map((claim) => claimItem(claim, words, composer));
    const id = at === 0 ? 'facts' : `facts-${at + 1}`;
    return { type: 'list', id, heading: `Who says that it ${shorten(words, 100)}`, rank: 1, items, ...total };
  });
}

const verbs: Readonly<Partial<Record<Predicate, string>>> = {
  'attributed-to': 'is attributed to',
  'targets-sector': 'targets',
  'targets-region': 'targets',
  motivation: 'has the motivation',
  'active-since': 'is active since',
  'last-seen': 'was last seen',
  uses: 'uses',
  exploits: 'exploits',
  'reported-in': 'is named in',
  'related-to': 'is related to',
  tactic: 'serves the tactic',
  platform: 'is of the kind',
};

/** A statement in words, from the side of the entity in question. */
export function factWords(group: ClaimGroup, entity: Entity, knowledge: Knowledge): string {
  const [{ given }] = group.claims;
  const verb = verbs[group.predicate] ?? group.predicate;
  const isSubject = group.subject === entity.id;
  const negated = given.predicate === 'exploits' && given.negated === true ? ' (not observed)' : '';
  const relation =
    given.predicate === 'related-to'
      ? given.relation in relationLabels
        ? `has the relation “${relationLabels[given.relation as keyof typeof relationLabels]}” to`
        : verb
      : verb;
  if (isSubject) return `${relation} ${labelById(knowledge, group.object, group.value)}${negated}`;
  const subject = labelById(knowledge, group.subject, '');
  return `is what ${subject} ${relation.replace(/^is /, 'is ')}${negated}`;
}

/** Other entities that carry a name that is asked for as their own, with the claims. */
export function carriersOf(
  { entity, names, others }: WhyAbout,
  knowledge: Knowledge,
): readonly { readonly entity: Entity; readonly claims: readonly Claim[] }[] {
  const keys = new Set(names.map(({ text }) => nameKey(text)));
  if (keys.size === 0) return [];
  const refused = (entity.refusals ?? []).flatMap(({ other }) => knowledge.entities.get(other) ?? []);
  return [...new Set([...others, ...refused])].flatMap((other) => {
    const claims = other.names.filter(({ text }) => keys.has(nameKey(text))).flatMap((name) => name.claims);
    return other.id === entity.id || claims.length === 0 ? [] : [{ entity: other, claims }];
  });
}

/** Why two entities are two: names that both carry, relations that sources state, joins that were refused. */
export function pairSections(other: Entity, composer: Composer): readonly (Section | undefined)[] {
  return [
    sharedNamesSection(other, composer),
    relationsSection(other, composer),
    refusalsSection(composer, other),
  ];
}

function sharedNamesSection(other: Entity, composer: Composer): Section | undefined {
  const { entity, cites, knowledge } = composer;
  const theirs = new Map(other.names.map((name) => [nameKey(name.text), name]));
  const items = entity.names.flatMap((name): readonly Item[] => {
    const same = theirs.get(nameKey(name.text));
    if (same === undefined) return [];
    const ours = voicesOf(name.claims, knowledge).join(', ');
    return [
      {
        text: [
          bold(name.text),
          plain(' — of '),
          stated(`${entity.name}: ${ours}`, cites.cite(name.claims)),
          plain('; of '),
          stated(`${other.name}: ${voicesOf(same.claims, knowledge).join(', ')}`, cites.cite(same.claims)),
        ],
      },
    ];
  });
  if (items.length === 0) return undefined;
  const heading = `Names that ${shorten(other.name, 60)} has as well`;
  return { type: 'list', id: 'shared-names', heading, rank: 1, items };
}

function relationsSection(other: Entity, composer: Composer): Section | undefined {
  const { entity, knowledge } = composer;
  const claims = [
    ...knowledge.claims(entity.id, 'related-to').filter((claim) => claim.object === other.id),
    ...knowledge.claims(other.id, 'related-to').filter((claim) => claim.object === entity.id),
  ].filter(({ standing }) => standing !== 'derived');
  if (claims.length === 0) return undefined;
  const items = claims.map((claim) => {
    const { given } = claim;
    const [from, to] = claim.subject === entity.id ? [entity, other] : [other, entity];
    const likelihood =
      given.predicate === 'related-to' && given.likelihood !== undefined
        ? ` (likelihood ${given.likelihood})`
        : '';
    const relation = given.predicate === 'related-to' ? given.relation : 'related';
    const words = claim.standing === 'weakened' ? 'similar to' : relation;
    return claimItem(claim, `${from.name} ${words} ${to.name}${likelihood}`, composer);
  });
  return { type: 'list', id: 'relations', heading: 'What sources say of the two', rank: 2, items };
}
