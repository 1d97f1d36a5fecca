import { EverydayWords, wordsOf } from './everyday/everyday-words.ts';
import { modifierNames, rareNameWords } from './everyday/name-words.ts';
import { hashUnits } from './hash.ts';
import { KeyTable } from './key-table.ts';
import type { Tokens } from './normalize/tokens.ts';

/** Words that carry no name in a question; they are dropped at both ends of it. */
const frame = new Set(
  `a an the who whos whom whose what whats which when where why how is are was were be been am do does did done can could
  would will shall should may might has have had tell me us give show find look lookup search brief briefing explain
  describe summarize summarise summary get know knows known of on about for to and or please pls plz thanks thank thx you
  your i im we our my any anything something more info information details detail intel everything all this that these
  those it its there here hi hello hey ok okay so just now called named name profile overview dis latest recent really
  actually exactly quick quickly up any idea heard hear s question questions pull fetch share check need want wants
  interested looking everyone asap help again`.split(/\s+/),
);

/** Words of the field that stand beside a name: they make an everyday word beside them a name. */
const field = new Set(
  `actor actors group groups apt apts gang gangs hacker hackers adversary adversaries attacker attackers threat threats
  malware malwares ransomware trojan trojans backdoor backdoors rat rats botnet botnets implant implants stealer
  infostealer loader wiper spyware worm rootkit intrusion espionage campaign campaigns ttp ttps technique techniques tactics
  ioc iocs indicator indicators aka alias aliases attributed attribution crew cluster cyberespionage apt's operator operators
  tool tools software family families`.split(/\s+/),
);

/** Those of them that hardly any text but one of the field has. */
const strong = new Set(
  `apt apts hacker hackers adversary adversaries malware malwares ransomware trojan trojans backdoor backdoors botnet
  botnets stealer infostealer spyware rootkit espionage cyberespionage ttp ttps ioc iocs aka intrusion apt's`.split(
    /\s+/,
  ),
);

/** Words between a noun of the field and a name: "the group known as Snake". */
const callers = new Set(
  'called named dubbed as known tracked aka alias nicknamed labelled labeled behind like'.split(' '),
);

/** Those of them that only a name follows. */
const namers = new Set('called named dubbed nicknamed labelled labeled'.split(' '));

/** Words that bring what a question is about. */
const subjects = new Set('on about versus vs'.split(' '));

/** Words right before a name in a question; an article there tells of a thing: "a magic hound". */
const leads = new Set(
  'on about of with is are was were does did do has have by from to against than like versus vs and or blames'.split(
    ' ',
  ),
);

/** Glue words: no window is made of them alone. */
const stop = new Set(
  `a an the and or but if of on in at to by for from with without as is are was were be been am do does did not no it its
  he she they them we us you i me my our your his her their this that these those there here who whom whose what which when
  where why how than then so up out off over under into onto about after before between through during can could will
  would shall should may might must has have had all any some one two more most other such own same too very just s t`.split(
    /\s+/,
  ),
);

/** Words of the trade: in a text that has one, two everyday words in a row that are a name are taken for it. */
const trade = new Set(
  `attack attacks attacked attacking target targets targeted targeting hit hits breach breached breaches compromise
  compromised infected infection detected detection alert alerts incident incidents logs log network networks server
  servers host hosts endpoint endpoints intel intelligence report reports reported reporting linked related activity
  activities active use uses used using deploy deploys deployed exploit exploits exploited exploiting victim victims
  sector sectors telecom bank banks government phishing spearphishing email emails c2 domain domains ip infrastructure
  payload hack hacked hacking leak leaked stole steal steals data russia russian china chinese iran iranian korea korean
  country countries associated sponsored state security cybersecurity soc siem edr blocked seen behind versus vs compare
  compared cyber`.split(/\s+/),
);

/** Words that tell of attacks and those who make them nearly always, of which a rare word beside them is a name. */
const cues = new Set(
  `attack attacks attacked attacking target targets targeted targeting breach breached breaches compromise compromised
  compromises infected infection infects intel exploit exploits exploited exploiting victim victims phishing spearphishing
  c2 payload payloads hacks hack cyber cybersecurity cyberattack cyberattacks soc siem edr infrastructure telecom apt apts
  threat threats actor actors group groups gang attacker attackers attributed attribution associated linked intrusion
  intrusions campaign campaigns technique techniques tactics implant implants ttps`.split(/\s+/),
);

/** Words that stand before a thing, not before a name. */
const determiners = new Set(
  `a an the my your his her its our their this that these those some any every each no another one two three both all
  many few several`.split(/\s+/),
);

export const wordFlags = {
  everyday: 1,
  frame: 2,
  field: 4,
  stop: 8,
  trade: 16,
  strong: 32,
  caller: 64,
  lead: 128,
  cue: 256,
  determiner: 512,
  rare: 1_024,
  modifier: 2_048,
  namer: 4_096,
  subject: 8_192,
} as const;

/** What kind of word each is, as flags of `wordFlags`, with a memory for the words met last. */
export class WordClasses {
  readonly #everyday = new EverydayWords();
  #known = new KeyTable();
  readonly #flags = new Uint16Array(maxKnown);
  readonly #rare = new Set(wordsOf(rareNameWords));
  readonly #modifiers = new Set(wordsOf(modifierNames));

  flags(word: string): number {
    const known = this.#known.find(word);
    return known >= 0 ? (this.#flags[known] ?? 0) : this.#learn(word);
  }

  /** The flags of a token. Words met before are found without making a string of them. */
  of(tokens: Tokens, at: number): number {
    const start = tokens.charStart[at] ?? 0;
    const end = tokens.charEnd[at] ?? 0;
    if (end - start > maxWordLength) return 0;
    const known = this.#known.findUnits(hashUnits(tokens.chars, start, end), tokens.chars, start, end);
    return known >= 0 ? (this.#flags[known] ?? 0) : this.#learn(tokens.glued(at, at));
  }

  #learn(word: string): number {
    const flags =
      (this.#everyday.has(word) ? wordFlags.everyday : 0) |
      (frame.has(word) ? wordFlags.frame : 0) |
      (field.has(word) ? wordFlags.field : 0) |
      (trade.has(word) ? wordFlags.trade : 0) |
      (strong.has(word) ? wordFlags.strong : 0) |
      (callers.has(word) ? wordFlags.caller : 0) |
      (leads.has(word) ? wordFlags.lead : 0) |
      (cues.has(word) || strong.has(word) ? wordFlags.cue : 0) |
      (determiners.has(word) ? wordFlags.determiner : 0) |
      (namers.has(word) ? wordFlags.namer : 0) |
      (subjects.has(word) ? wordFlags.subject : 0) |
      (this.#rare.has(word) ? wordFlags.rare : 0) |
      (this.#modifiers.has(word) ? wordFlags.modifier : 0) |
      (stop.has(word) ? wordFlags.stop | wordFlags.everyday : 0);
    if (this.#known.keys.length >= maxKnown) this.#known = new KeyTable();
    this.#flags[this.#known.add(word)] = flags;
    return flags;
  }
}

const maxKnown = 8_192;
/** No word of the lists, with its endings, is this long. */
const maxWordLength = 40;
