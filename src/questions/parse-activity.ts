import type { Form } from './form.ts';

const entity = '(?<entity>.{1,120}?)';
const patterns: readonly RegExp[] = [
  `(?:since when|how long) (?:is|are|was|has|have|had) ${entity} (?:been )?(?:active|around|operating|operational|in operation|known|attacking|hacking|at it|existing|existed|running)`,
  `(?:since when|how long) (?:does|do|did) ${entity} (?:exist|operate|attack)`,
  `when (?:was|were|did|has|is|are) ${entity} (?:first )?(?:founded|formed|created|established|started|start|begin|emerge|emerged|appear|appeared|born|discovered|first|seen|first seen|spotted|observed|active|last seen|last active|last observed|become active|identified|detected|reported)(?: (?:up|first|last|for the first time))?`,
  `when (?:was|were) (?:the )?(?:first|last|latest|most recent) (?:activity|sighting|operation|attack|campaign)s? (?:of|by|from) ${entity}`,
  `(?:when|what year|which year|in (?:what|which) year) (?:was|were|did|has|have) ${entity} (?:first |last )?(?:seen|active|start|started|founded|formed|observed|emerge|appear|begin|operate|be active)`,
  `(?:is|are) ${entity} (?:still|currently|now) (?:active|around|operating|operational|alive|a threat|attacking)`,
  `how old (?:is|are) ${entity}`,
  `(?:the )?(?:first|last)[- ]seen(?: dates?)? (?:of|for) ${entity}`,
  `${entity}:? (?:first|last)[- ]seen(?: date)?`,
  `(?:the )?(?:activity period|active since|years active|time ?line|age)(?: of| for| on)? ${entity}`,
  `${entity} (?:active since|activity period|years active|time ?line)(?: when)?`,
]
  .map((body) => `^(?:${body})$`)
  .map((body) => new RegExp(body, 'i'));

/** "since when is X active", "when was X first seen", "is X still active", "when was X founded". */
export const parseActivity: Form = ({ cleaned }, index) => {
  if (cleaned.length > 200) return undefined;
  for (const pattern of patterns) {
    const name = pattern.exec(cleaned)?.groups?.['entity']?.trim();
    if (name === undefined || name === '') continue;
    const lookup = index.lookup(name, ['intrusion-set', 'campaign', 'malware', 'tool']);
    if (lookup.kind === 'found') return { kind: 'activity', match: lookup.match };
    if (lookup.kind === 'ambiguous') return { kind: 'choice', matches: lookup.matches, aspect: 'overview' };
    if (lookup.kind === 'suggest') return { kind: 'suggest', suggestions: lookup.suggestions, text: name };
  }
  return undefined;
};
