import type { ActionValue } from '../cards/card.ts';

/** Longer is a pasted text, in which everything is looked for. */
const maxLightChars = 200;
/** More words are no name: each run of them is looked for. */
const maxLightWords = 12;
/** “Who is Lazarus Group” asks for a name, “who are the actors that target banks in Iran” for a list. */
const maxLookUpWords = 6;

/** Commands that read many things, or everything. */
const heavyVerbs: ReadonlySet<string> = new Set(['compare', 'diff', 'digest', 'search', 'handover', 'audit']);

/** Words by which lists, counts and comparisons are asked for; a name that holds one is only answered a little later. */
const heavyWords =
  /\b(?:which|who|list|all|every|any|actors|groups|techniques|malwares?|tools|campaigns|reports|how many|count|number of|top|most|compare|versus|vs|differences?|difference|common|both|overlaps?|between|match|matches|similar|target|targets|targeting|uses?|using|used|from|since|new|news|changed)\b/i;
const filter = /(?:^|\s)-?[a-z]{2,20}:\S/i;
const lookUp = /^(?:who (?:is|are)|what (?:is|are)|brief|tell me about)\s/i;
const techniqueIds = /\bT\d{4}(?:\.\d{3})?\b/gi;

/**
 * True for what takes long: lists, comparisons, technique matching, pasted texts, previews. Told by the words alone, in a
 * time that does not depend on what they mean; what is taken for heavy only waits its turn.
 */
export function isHeavyText(text: string): boolean {
  const trimmed = text.trim();
  if (trimmed.length > maxLightChars || /\n/.test(trimmed)) return true;
  const words = trimmed.split(/\s+/);
  const verb = words[0]?.toLowerCase() ?? '';
  if (heavyVerbs.has(verb)) return true;
  if (/^(?:why\s+)?e-[0-9a-z]{8}$/i.test(trimmed)) return false;
  if (verb === 'help' || verb === 'settings' || verb === 'subscribe' || verb === 'edit') return false;
  if (words.length > maxLightWords) return true;
  if (filter.test(trimmed)) return true;
  if ((trimmed.match(techniqueIds)?.length ?? 0) > 1) return true;
  const isLookUp = words.length <= maxLookUpWords && lookUp.test(trimmed);
  return !isLookUp && heavyWords.test(trimmed);
}

/** A button that shows one thing is light; one that asks or repeats a question is as heavy as the question. */
export function isHeavyAction({ verb, entity, question }: ActionValue): boolean {
  const isAsked = verb === 'ask' || entity === undefined;
  return isAsked && question !== undefined && isHeavyText(question);
}
