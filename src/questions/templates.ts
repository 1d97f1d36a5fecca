import type { EntityType } from '../domain/entity-type.ts';
import { anyAspect } from './aspect-words.ts';
import type { Aspect } from './types.ts';

/** What a form of question asks, and where in it the entity stands. */
export interface Template {
  readonly pattern: RegExp;
  /** `aspect`: a fixed one, or the one that the words of the group `aspect` name. */
  readonly intent: 'about' | 'users-of' | 'aspect' | Aspect;
  /** Types that are meant where a name belongs to several. */
  readonly prefer: readonly EntityType[];
}

const actors: readonly EntityType[] = ['intrusion-set'];
const usable: readonly EntityType[] = ['malware', 'tool', 'attack-pattern', 'vulnerability'];

const uses =
  '(?:uses?|used|using|utili[sz]es?|deploys?|deployed|deploying|exploits?|exploited|exploiting|leverages?|leveraging|employs?|employing|abuses?|abusing|runs?|has used|have used|is using|are using|known to use|associated with|tied to|linked to|behind|relies on|rely on|wields?|drops?)';
const group =
  '(?:(?:threat |apt |known |other |all |the |any |hacker |hacking |espionage |ransomware |state |nation state )*(?:actors?|groups?|apts?|gangs?|adversar(?:y|ies)|hackers?|crews?|teams?|intrusion sets?|attackers?|threats?|operators?|players?))';
const entity = '(?<entity>.{1,200}?)';
const aspect = `(?<aspect>(?:${anyAspect}))`;
const have =
  '(?:do we (?:have|know)|have we(?: got)?|is (?:there|known|available|reported)|are (?:there|known|available|reported)|exists?|you have|i have|can you (?:give|show|tell)(?: me| us)?|is|are)';

function template(intent: Template['intent'], prefer: readonly EntityType[], body: string): Template {
  return { pattern: new RegExp(`^(?:${body})$`, 'i'), intent, prefer };
}

/** Forms of question, tried in this order on the cleaned text; the entity is looked up as if it stood alone. */
export const templates: readonly Template[] = [
  // Who uses X
  template(
    'users-of',
    usable,
    `(?:who|whom|which ${group}|what ${group}|${group})(?: that| which| who)?(?: all| else| currently| have| has| are| is| were| was| do| does| did| also)* ${uses} ${entity}`,
  ),
  template(
    'users-of',
    usable,
    `(?:list|show|find|name|give|get)(?: me| us)?(?: all| the)* ?${group}(?: that| which| who)?(?: have| has| are| is)? ${uses} ${entity}`,
  ),
  template(
    'users-of',
    usable,
    `(?:who|which ${group}|what ${group}) (?:is|are|was|were) (?:known )?(?:to (?:use|be using)|users? of) ${entity}`,
  ),
  template(
    'users-of',
    usable,
    `(?:who are (?:the )?|list (?:the )?|show (?:me )?(?:the )?|all )?(?:known )?users? of ${entity}`,
  ),
  template(
    'users-of',
    usable,
    `${entity} (?:is |are |was |were |been )?(?:used|deployed|employed|exploited|leveraged|abused|wielded) by (?:whom?|which ${group}|what ${group}|${group})`,
  ),
  template(
    'users-of',
    usable,
    `(?:by whom|by which ${group}) (?:is|are|was|were|has|have) ${entity} (?:been )?(?:used|deployed|exploited|employed)`,
  ),
  template('users-of', usable, `${entity} (?:users|usage by ${group}|used by)`),
  // Names
  template(
    'aspect',
    [],
    `(?:what|which) (?:(?:other|alternative|different) )?${aspect} (?:does|do|did|has|have|had|is|are|was|were) ${entity} (?:also )?(?:use|uses|used|using|have|has|had|got|go by|goes by|known by|known under|known as|target|targets|targeted|attack|attacks|attacked|hit|hits|run|runs|ran|conduct|conducted|deploy|deploys|deployed|employ|employs|employed|leverage|leverages|rely on|relies on|associated with|linked to|tied to|attributed to|from|hail from|come from|work for|belong to|operate in|operate from|called|behind|after|go after|favou?r|prefer|exploit)`,
  ),
  template(
    'aspect',
    [],
    `(?:what|which|whose) ${aspect} (?:is|are|was|were|belongs? to|have|has) (?:used by|known for|attributed to|associated with|linked to|tied to|connected to|on|about|for|by|of|to|behind|(?:being )?targeted by|hit by|attacked by|run by|known (?:of|about|to be used by)) ${entity}`,
  ),
  template(
    'aspect',
    [],
    `(?:what|which) ${aspect} (?:mention|mentions|cover|covers|describe|describes|discuss|talk about|name|names|reference|target|concern) ${entity}`,
  ),
  template('aspect', [], `(?:what|which) ${aspect} ${have}(?: on| about| for| of)? ${entity}`),
  template(
    'aliases',
    [],
    `(?:what (?:else )?(?:is|are|was|were|do (?:people|we|they|vendors) call)) ${entity} (?:also |otherwise )?(?:called|known as|named|known by|referred to as)(?: by .{1,60})?`,
  ),
  template('aliases', [], `(?:(?:who|what|which vendors?) (?:calls?|names?)) ${entity} what`),
  template('aliases', [], `${entity},? (?:a\\.?k\\.?a\\.?|also known as|alias)`),
  template('aliases', [], `(?:a\\.?k\\.?a\\.?|also known as) ${entity}`),
  // Whom, whence, why
  template(
    'attribution',
    actors,
    `(?:who(?:'s| is| are)? (?:behind|backing|sponsoring|funding)|who (?:backs|sponsors|funds|runs|controls|is responsible for)) ${entity}`,
  ),
  template(
    'attribution',
    actors,
    `(?:who|whom) (?:does|do|did|is|are) ${entity} (?:work(?:ing)?|operat(?:e|ing)|act(?:ing)?|spy(?:ing)?|report(?:ing)?|answer) (?:for|to|on behalf of)`,
  ),
  template(
    'attribution',
    actors,
    `(?:who|which (?:country|state|government|agency)) (?:pays|employs|directs|commands|owns|supports|finances|orders) ${entity}`,
  ),
  template(
    'attribution',
    actors,
    `where (?:(?:is|are|does|do)) ${entity} (?:from|based|located|come from|operate from|originate(?: from)?|located)`,
  ),
  template(
    'sectors',
    actors,
    `(?:who|whom|what|which (?:companies|organi[sz]ations|victims)) (?:does|do|did|has|have|is|are) ${entity} (?:target(?:ed|ing|s)?|attack(?:ed|ing)?|hit|hack(?:ed|ing)?|go(?:es)? after|going after|been targeting|usually target|mainly target)`,
  ),
  template(
    'sectors',
    actors,
    `(?:who|whom|what) (?:is|are|was|were|gets) (?:targeted|attacked|hit|hacked) by ${entity}`,
  ),
  template(
    'regions',
    actors,
    `where (?:does|do|did|is|are) ${entity} (?:target|attack|operate|active|strike|hit)(?: in)?`,
  ),
  template(
    'motivation',
    actors,
    `(?:why) (?:does|do|did|is|are) ${entity} (?:do (?:this|it|that)|attack|hack|active|operate|act|target).{0,60}`,
  ),
  template('motivation', actors, `(?:what )?(?:motivates|drives) ${entity}`),
  template('motivation', actors, `what (?:does|do|did) ${entity} (?:want|seek|aim for|aim at)`),
  template('software', actors, `what (?:does|do|did|has) ${entity} (?:use|used|deploy|run)`),
  template(
    'techniques',
    actors,
    `how (?:does|do|did) ${entity} (?:operate|work|attack|hack|get in|gain access|break in|act|spread|propagate|infect|infect systems|infect machines|behave|function)`,
  ),
  // The aspect of X, X's aspect
  template(
    'aspect',
    [],
    `(?:what(?:'s| is| are| were)? |which (?:is|are) |show(?: me| us)? |list |give (?:me|us) |get(?: me)? |find(?: me)? |tell (?:me|us) |name )?(?:(?:all|any|more|some|the|known|main|latest|recent|current|their|most common|top|related|full|complete|list of|used|typical|usual) )*${aspect} (?:(?:used|employed|run|deployed|targeted|attributed|associated|linked|tied|known|available|reported|seen|published) )?(?:of|for|by|from|on|about|with|to|in use by|regarding|concerning|against|behind) ${entity}`,
  ),
  template(
    'aspect',
    [],
    `(?:what(?:'s| is| are) |show(?: me| us)? |list |give (?:me|us) |get(?: me)? |tell (?:me|us) )?(?:the )?${entity}(?:'s?| its| their| his) (?:known |main |latest |recent |usual |favou?rite |common |top |typical |target |targeted )*${aspect}(?: (?:list|used|please))?`,
  ),
  template('aspect', [], `(?:what|which) (?:are|is) (?:the )?${entity}(?:'s?)? ${aspect}`),
  template('aspect', [], `${aspect}:? ${entity}`),
  template('aspect', [], `${entity}:? ${aspect}`),
  // X as a whole
  template(
    'about',
    actors,
    `(?:who dis|who the (?:hell|heck)|whos|who's|who is this|who are these|who is|who're|who are|who was|who were|who)(?: is| are)? ${entity}`,
  ),
  template(
    'about',
    [],
    `(?:what do (?:we|you|people) know (?:about|of|on)|what (?:do )?(?:we|you) (?:have|got) (?:on|about|for)|what's|whats|what is this|what is|what are|what was|what were|what about|what|how about|and|anything (?:on|about)|something (?:on|about)|everything (?:on|about|you know about)|more (?:on|about)) ${entity}`,
  ),
  template(
    'about',
    [],
    `(?:tell (?:me|us)|brief(?: me| us)?|briefing|inform me|update(?: me| us)?|explain|describe|summari[sz]e|give (?:me|us)|show(?: me| us)?|look ?up|lookup|search(?: for)?|find(?: me)?|get(?: me)?|profile|pull up|check|identify|define|introduce|know|familiar with|heard of|read up|details|details on|learn)(?: (?:more|all|everything|something|anything|a bit|a little|quickly|what you know|what you have|the|an?|quick|short|full|brief|briefing|overview|profile|summary|info|information|details|intel|rundown|low-?down|report|card|update|scoop|background|dossier))*(?: (?:about|on|of|for|regarding|concerning))? ${entity}`,
  ),
  template('about', [], `(?:is|are) (?:there )?(?:anything|something) (?:known )?(?:on|about) ${entity}`),
  template(
    'about',
    [],
    `(?:is|are) ${entity} (?:an? )?(?:known|real|active|apt|threat|dangerous|still active|bad|a (?:known )?(?:threat|group|actor|threat actor|apt|malware|tool))`,
  ),
  template('about', [], `(?:ever |have you )?heard (?:of|about) ${entity}`),
  template(
    'about',
    [],
    `${entity} (?:overview|profile|summary|briefing|brief|card|info|details|who is (?:it|this|that)|who dis|explained|please)`,
  ),
];

/** Questions that ask for help. */
export const helpPattern: RegExp =
  /^(?:(?:please )?help(?: me| us| please)?|h|usage|commands?|options|menu|man|manual|examples?|how (?:do|can|should) i (?:use|ask|start|search)(?: (?:you|this|it|that|the bot))?|how does (?:this|it|the bot) work|what can (?:you|i|we|this|it) (?:do|ask|answer|help)(?: .{0,40})?|what do you do|what are you(?: for)?|who are you|what is this|what's this|get(?:ting)? started|start|hi|hello|hey|good (?:morning|afternoon|evening)|what (?:commands|questions) .{0,40})$/i;

/** Questions that break off before they name anything; without a space "whois" is a name. */
export const unfinishedPattern: RegExp =
  /^(?:who(?: is| are| was| were| uses?| used)|what(?: is| are| does| do)(?: the)?|which|tell (?:me|us)(?: about)?|brief (?:me|us)(?: on)?|(?:aliases|malware|tools|techniques|ttps) of)$/i;
