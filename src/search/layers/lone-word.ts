import type { EntityType } from '../../domain/entity-type.ts';
import { wordSpans } from '../evidence/parts.ts';
import type { IndexParts } from '../index-parts.ts';
import { ranked } from '../owners.ts';
import { maxChoices, scores } from '../scores.ts';
import { wordFlags } from '../word-classes.ts';
import { type Fit, hasWanted, isAllEveryday, preferred, unique } from './fit.ts';
import { begunOwners, likelyBegun } from './prefix.ts';

const minLetters = 4;
/** A word that more names share does not tell them apart. */
const maxSharers = 24;
const general =
  wordFlags.frame | wordFlags.field | wordFlags.stop | wordFlags.trade | wordFlags.strong | wordFlags.caller;

/** Words that stand alone in many a message and mean no actor: colours, weather, peoples, general nouns. */
const common: ReadonlySet<string> = new Set(
  `test people money company project common major express society technology university institute academy parliament
  united division returned force music life garden lake river ocean forest village island house house's station office
  white brown yellow orange purple green golden silver gold gray grey pink black blue cloud cloudy
  rain hail fog windy cold hurricane winter spring summer night midnight star animal farm fishing
  flight exchange export interview radio news express hidden secret evil angry lucky blind silent clean plain dust
  russian ukrainian lebanese islamic chinese iranian korean gaza sudan seoul beijing geneva state states nation
  admin agent agency bureau boss tide staff president army navy government security
  network unknown unnamed core homeland infrastructure desktop conference deputy comment operator leaks mining 
  test lunch coffee cake salt lemon tomato strawberry cheese wine peach mustard cinnamon alley
  heart head eyes face feather rose cotton linen silk pencil bottle circle cube engine table collective alliance`.split(
    /\s+/,
  ),
);

/**
 * A word of English that is all of a text, and that the names of one actor, or of a few, have among others: "pistachio".
 * Inside a text such a word means no one.
 */
export function byLoneWord(parts: IndexParts, prefer: readonly EntityType[]): Fit | undefined {
  const { tokens, classes } = parts;
  const [span, second] = wordSpans(tokens, 0, tokens.count - 1);
  if (span === undefined || second !== undefined || span.text.length < minLetters) return undefined;
  if (!isAllEveryday(parts, span.from, span.to)) return undefined;
  if ((classes.flags(span.text) & general) !== 0 || common.has(span.text)) return undefined;
  const sharing = parts.parts.owners(span.text, maxSharers + 1);
  if (sharing.length === 0 || sharing.length > maxSharers) return undefined;
  const owners = ranked(parts.names, preferred(parts, sharing, prefer)).filter((owner) =>
    hasWanted(parts, [owner], prefer),
  );
  // Names of which it is the better part may be meant as well, and those that begin with it come first.
  const { ownerEntity } = parts.names;
  const held = new Set(owners.map((owner) => ownerEntity[owner]));
  const begun = begunOwners(parts, span, prefer).filter((owner) => held.has(ownerEntity[owner]));
  const each = unique(parts, [...likelyBegun(parts, span, prefer), ...begun, ...owners]);
  if (owners.length === 0 || each.length > maxChoices) return undefined;
  return { from: span.from, to: span.to, owners: each, score: scores.loneWord };
}
