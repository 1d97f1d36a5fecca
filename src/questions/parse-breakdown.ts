import type { SearchIndex } from '../search/types.ts';
import type { Form } from './form.ts';
import { namesActors, readActorSet } from './parse-actor-set.ts';
import type { BreakdownAspect, Question } from './types.ts';

const maxChars = 250;
const aspects: Readonly<Record<string, string>> = {
  sectors:
    'sectors?|industr(?:y|ies)|verticals?|branches|kinds? of (?:companies|organi[sz]ations?)|types? of (?:companies|organi[sz]ations?)|companies|organi[sz]ations?',
  regions: 'countr(?:y|ies)|regions?|nations?|geograph(?:y|ies)|places|continents?|locations?',
  motivation: 'motivations?|motives?|goals?|objectives?',
  victims: 'targets?|victims?|victimology',
};
const aspect = `(?<aspect>${Object.values(aspects).join('|')})`;
const plural =
  '(?<aspect>sectors|industries|verticals|countries|regions|motivations|motives|goals|targets|victims|victimology)';
const set = '(?<set>.{1,160}?)';
const hit =
  '(?:target(?:ed|ing|s)?|attack(?:ed|ing|s)?|hit(?:ting|s)?|hack(?:ed|ing|s)?|breach(?:ed|ing)?|compromised?|go(?:es)? after|going after|focus(?:ed|ing|es)? on|interested in|been targeting|been attacking|strik(?:e|es|ing)|prefer|have|has)';
const most = '(?: (?:the )?(?:most|mainly|mostly|primarily|usually|typically|often|most often|frequently))?';
const lead =
  "(?:(?:what(?:'s| is| are| were)?|which(?: is| are| were)?|show(?: me| us)?|give (?:me|us)|list|find|get(?: me)?|tell (?:me|us)(?: about)?|rank|count|name|break ?down|split(?: up)?) )?(?:(?:the|all|a|an|overview of|breakdown of|distribution of|ranking of|statistics (?:on|of|for)|stats (?:on|of|for)|number of|top|most|main|mostly|common|commonly|frequently|popular|frequent|favou?rite|usual|typical|key|biggest|known|target|targeted|attacked|hit|victim|their|different|\\d{1,2}) )*";

function pattern(body: string): RegExp {
  return new RegExp(`^(?:${body})$`, 'i');
}

interface BreakdownForm {
  readonly pattern: RegExp;
  /** Where no word says it. */
  readonly of?: readonly BreakdownAspect[];
  /** What "country" means here: where the victims are, or where the actors are from. */
  readonly country?: 'attribution';
  /** True: all actors are meant where none are named. */
  readonly isOfAll?: true;
}

const forms: readonly BreakdownForm[] = [
  {
    pattern: pattern(
      `(?:(?:in|from) )?(?:what|which) countries (?:do|does|are|is|did) (?:the )?(?:most )?${set} (?:(?:come|hail|originate|operate|be|coming) )?(?:from|based in|based|located|attributed to|linked to|out of)(?<rest> .{1,120})?`,
    ),
    of: ['attribution'],
  },
  {
    pattern: pattern(
      `where (?:do|does|are|is|did) (?:the )?(?:most (?:of the )?)?${set} (?:(?:come|hail|originate|operate|coming) )?from`,
    ),
    of: ['attribution'],
  },
  {
    pattern: pattern(
      `(?:what|which) countr(?:y|ies) (?:have|has|runs?|sponsors?|hosts?) (?:the )?most ${set}`,
    ),
    of: ['attribution'],
  },
  {
    pattern: pattern(
      `(?:what|which)(?: kinds? of| types? of)? (?:(?:target|victim) )?${aspect} (?:do|does|did|have|has|are|is|were)(?: most| the)* ${set} (?:have )?${hit}${most}(?<rest> (?:in|with|using|since|from|across|that|which) .{1,120})?`,
    ),
  },
  {
    pattern: pattern(
      `(?:who|whom|what|where) (?:do|does|did|are|have)(?: most| the)* ${set} (?:been )?(?:target(?:ed|ing)?|attack(?:ed|ing)?|hit|hack|go after|going after|focus(?:ed)? on)${most}(?<rest> (?:in|with|using|since|from|across) .{1,120})?`,
    ),
    of: ['sectors', 'regions'],
  },
  {
    pattern: pattern(`(?:what|who|whom) (?:are|is) ${set} (?:after|going for|interested in)`),
    of: ['sectors', 'regions'],
  },
  {
    pattern: pattern(
      `(?:what|which) ${aspect} (?:is|are|get|gets|was|were|has been|have been|being) (?:the )?(?:most )?(?:often |frequently |commonly )?(?:targeted|attacked|hit|hacked)(?: (?:the )?most(?: often)?)?(?: (?:by|among) ${set})?`,
    ),
    isOfAll: true,
  },
  {
    pattern: pattern(
      `${lead}${aspect} (?:(?:that|which) (?:are|is|get) |is |are |being )?(?:(?:most|mostly|mainly|often|commonly) )?(?:targeted |attacked |hit |hacked |affected |of interest )?(?:(?:the )?most )?(?:by|of|for|among|amongst|across|to|behind) ${set}`,
    ),
  },
  {
    pattern: pattern(
      `(?:${lead.replace('top|most|', '')})(?:the )?(?:top(?: \\d{1,2})?|most) (?:(?:commonly|frequently|often|heavily) )?(?:targeted |attacked |hit |target |victim )?${aspect}(?: overall| worldwide| globally)?`,
    ),
    isOfAll: true,
  },
  { pattern: pattern(`(?:what|which) (?:are the )?(?:motivates|drives) ${set}`), of: ['motivation'] },
  {
    pattern: pattern(`why (?:do|does|are) ${set} (?:attack|hack|act|active|operate|do (?:it|this|that))`),
    of: ['motivation'],
  },
  {
    pattern: pattern(
      `${lead}${set},? (?:by|per|for each|grouped by|group(?:ed)? per|broken down by|split by|sorted by|ranked by|breakdown by|counted by) (?:target(?:ed)? |victim )(?:the )?${aspect}`,
    ),
  },
  {
    pattern: pattern(
      `${lead}(?:how many )?${set},? (?:are there )?(?:by|per|for each|in each|grouped by|group(?:ed)? per|broken down by|split by|sorted by|ranked by|breakdown by|counted by) (?:(?:home|origin) )?${aspect}(?: of origin)?`,
    ),
    country: 'attribution',
  },
  {
    pattern: pattern(
      `${lead}(?<set>.{0,140}?(?:actors?|groups?|apts?|gangs?|hackers?))(?:'s|s'|')? (?:(?:main|top|most|common|usual|known|target|targeted|victim) )*${plural}`,
    ),
  },
];

/**
 * Asks what a set of actors has most of: "what sectors do Iranian groups target", "most targeted countries", "Russian
 * groups by motivation". The name of one actor is left to other forms.
 */
export const parseBreakdown: Form = ({ cleaned, bare }, index) => {
  if (cleaned.length > maxChars || bare.kind === 'found') {
    if (cleaned.length > maxChars || !namesActors(cleaned)) return undefined;
  }
  const asked = cleaned.replace(/^(?:show|tell|explain to)(?: me| us)? (?=what|which|how|who)/i, '');
  for (const form of forms) {
    const groups = form.pattern.exec(asked)?.groups;
    if (groups === undefined) continue;
    const question = toQuestion(form, groups, index);
    if (question !== undefined) return question;
  }
  return undefined;
};

function toQuestion(
  form: BreakdownForm,
  groups: Readonly<Record<string, string | undefined>>,
  index: SearchIndex,
): Question | undefined {
  const text = groups['set']?.trim() ?? '';
  if (text === '' && form.isOfAll !== true) return undefined;
  if (text !== '' && !namesActors(text)) return undefined;
  const who = readActorSet(`${text}${groups['rest'] ?? ''}`, index);
  const of = form.of ?? aspectOf(groups['aspect'] ?? '', form);
  return who === undefined || of === undefined
    ? undefined
    : { kind: 'breakdown', of, who: who.where, notes: who.notes };
}

function aspectOf(word: string, { country }: BreakdownForm): readonly BreakdownAspect[] | undefined {
  const isOf = (key: string): boolean => new RegExp(`^(?:${aspects[key]})$`, 'i').test(word);
  if (isOf('sectors')) return ['sectors'];
  if (isOf('regions')) return [country ?? 'regions'];
  if (isOf('motivation')) return ['motivation'];
  return isOf('victims') ? ['sectors', 'regions'] : undefined;
}
