import type { Match, SearchIndex } from '../search/types.ts';
import type { AskedText, Form } from './form.ts';
import { happenedIn, incidentName } from './parse-behind.ts';
import type { UnanswerableTopic } from './types.ts';

const maxLength = 300;
/** A name with a slip in it still tells what is meant. */
const minScore = 0.76;

interface Topic {
  readonly topic: UnanswerableTopic;
  readonly pattern: RegExp;
  /** `always`: the words alone tell; `named`: something known has to be named too. */
  readonly when: 'always' | 'named';
}

const us = '(?:us|our|me|my|we|you|your|my company|our company|our organi[sz]ation)';

/** Kinds of question that no record answers; the first that fits decides. */
const topics: readonly Topic[] = [
  {
    topic: 'prediction',
    when: 'always',
    pattern: new RegExp(
      `\\b(?:will|going to|gonna|about to|likely to|plan(?:s|ning)? to|intend(?:s)? to|want(?:s)? to|would|might|could) (?:\\w+ ){0,2}?(?:attack|target|hack|hit|strike|breach|go after|ransom|compromise) ${us}\\b`,
      'i',
    ),
  },
  {
    topic: 'prediction',
    when: 'always',
    pattern:
      /\b(?:are|is|am) (?:we|i|us|our [\w ]{1,40}|my [\w ]{1,40}) (?:\w+ )?(?:at risk|safe|secure|vulnerable|a target|targets?|in danger|affected|compromised|infected|being (?:attacked|targeted|hacked)|next)\b/i,
  },
  {
    topic: 'prediction',
    when: 'named',
    pattern:
      /^(?:does|do|did|has|have|is|are|was|were) .{1,80} (?:target|attack|hack|hit|breach|spy on|go after|going after)(?:s|ed|ing|ting)? (?:us|me|our|my|we)\b/,
  },
  {
    topic: 'prediction',
    when: 'named',
    pattern:
      /\b(?:predict\w*|forecast\w*|(?:attack|target|hit|do|hack|strike) next|next (?:attack|target|victim|move|campaign|operation)|in the future|will (?:\S+ ){1,4}?(?:attack|target|hit|do|use|return|come back|strike|be active|hack)|(?:is|are) (?:\S+ ){1,4}?(?:going|planning|about|likely|expected) to|how likely|(?:chance|probability|odds|likelihood) (?:of|that))\b/i,
  },
  {
    topic: 'prediction',
    when: 'always',
    pattern:
      /^(?:predict|forecast)\b.*\b(?:attacks?|threats?|targets?|breach\w*|hack\w*|actors?|victims?|ransomware)\b/i,
  },
  {
    topic: 'incident',
    when: 'always',
    pattern:
      /^(?:who|which (?:actor|group|apt|hackers?|gang)|what (?:actor|group|apt|gang)) (?:has |have |was it that |is it that |did )?(?:hacked|breached|compromised|ransomed|ddosed|(?:is|was|were) (?:behind|responsible for) (?:the |that |this |our )?(?:[\w&.-]+ ){0,6}(?:hack|breach|attack|incident|compromise|leak|outage))\b/i,
  },
  {
    topic: 'incident',
    when: 'always',
    pattern:
      /^(?:who|which (?:actor|group|apt|hackers?|gang)|what (?:actor|group|apt|gang)) (?:did|conducted|carried out|launched|performed|perpetrated|committed|caused|orchestrated|pulled off) (?:the |that )?(?:[\w&.'-]+ ){1,6}(?:hack|breach|attack|incident|compromise|leak|outage|heist|intrusion)\b/i,
  },
  {
    topic: 'samples',
    when: 'always',
    pattern:
      /\b(?:attribute|reverse(?: engineer)?|analy[sz]e|sandbox|detonate|decompile|unpack|scan|decrypt)\b.{0,40}\b(?:this|these|that|my|our|the following|the attached) (?:\w+ )?(?:malware|sample|binary|file|files|code|script|attack|incident|intrusion|email|activity|log|logs|attachment|dump|pcap|samples)\b/i,
  },
  {
    topic: 'samples',
    when: 'always',
    pattern:
      /\bwho (?:wrote|made|is behind|sent|did|does) (?:this|that) (?:malware|sample|attack|email|phish\w*|incident|file|intrusion)\b/i,
  },
  {
    topic: 'defence',
    when: 'named',
    pattern:
      /\b(?:how (?:do|can|should|to|would|could|may)\b.{0,20}?\b(?:block|stop|defend|protect|mitigate|prevent|detect|hunt|remove|patch|respond|fight|counter|get rid|clean|harden|secure|defeat|catch|find|avoid|decrypt|remediate|eradicate|monitor|safeguard|guard)|(?:block|stop|mitigate|prevent|remove|defend against|protect (?:\w+ ){0,3}(?:from|against)|countermeasures?|mitigations?|remediation|detections?(?: (?:for|of|rules?|logic|ideas|guidance|opportunities))|(?:detection|yara|sigma|snort|suricata|edr|siem|hunting) (?:rules?|queries|query)|defen[cs]es? against|playbook (?:for|against)|patch(?:es)? (?:for|against)))\b/i,
  },
  {
    topic: 'person',
    when: 'named',
    pattern:
      /\b(?:who (?:is|are|was|were|leads?|heads?|runs?|commands?)(?: the)? (?:\w+ ){0,2}?(?:leaders?|boss|head|chief|commander|members?|founders?|operators?|developers?|authors?|people)|leader(?:s|ship)? of|members? of|(?:phone|telephone|mobile) (?:number|no)|e-?mail address of|home address|(?:real|true|actual) names?|who (?:leads|founded|wrote|developed|created|authored|coded)|salary|contact (?:details|info\w*|data)|how (?:do|can) (?:i|we) (?:contact|reach|call|join|hire|pay)|photo|picture of|where do (?:they|the members) live|office address|birthday)\b/i,
  },
  {
    topic: 'number',
    when: 'named',
    pattern:
      /\b(?:how (?:many|much) (?:\w+ ){0,3}?(?:money|victims?|people|members?|employees|hackers|dollars|attacks|computers|companies|ransom|damage|bitcoins?|operators)|how (?:big|large|rich|wealthy) (?:is|are)|budget|revenue|headcount|net worth|ip address(?:es)? of .{1,80} (?:headquarters|office))\b/i,
  },
  {
    topic: 'opinion',
    when: 'named',
    pattern:
      /\b(?:(?:most|more|less|least|how) (?:dangerous|skilled|sophisticated|advanced|capable|scary|evil|active|powerful|clever|smart|good|bad|famous|notorious)|better than|worse than|the (?:best|worst)|should (?:we|i) (?:worry|care|be (?:worried|afraid|concerned))|do you (?:think|believe|like|feel)|your opinion|overrated|worth worrying)\b/i,
  },
  {
    topic: 'world',
    when: 'always',
    pattern:
      /^(?:what(?:'s| is| are)|who(?:'s| is| was)|tell me|give me|name) (?:the )?(?:capital|president|prime minister|population|currency|king|queen|anthem|mayor|gdp|stock price|share price|exchange rate|time|date|meaning|score|winner) (?:of|in|for|at|on)\b/i,
  },
];

/** Questions to which no record can have an answer, with what they name. */
export const parseUnanswerable: Form = (asked, index) => {
  const { cleaned } = asked;
  if (cleaned.length > maxLength) return undefined;
  const matches = namedIn(asked, index);
  for (const { topic, pattern, when } of topics) {
    if (when === 'named' && matches.length === 0) continue;
    if (!pattern.test(cleaned)) continue;
    // "who is behind the Operation X attack": what was attacked has a name here, and others know the answer.
    if (topic === 'incident' && matches.length > 0) return undefined;
    const what = topic === 'incident' ? happenedIn(cleaned) : undefined;
    return {
      kind: 'unanswerable',
      topic,
      matches,
      ...(what === undefined ? {} : { incident: incidentName(what) }),
    };
  }
  return undefined;
};

/** "how can I hunt for Cobalt Strike": a name of everyday words is one where a question ends with it. */
function nameAtEnd(text: string, index: SearchIndex): readonly Match[] {
  const tail =
    /\b(?:for|against|of|from|by|with|detect|block|stop|hunt|mitigate|prevent|remove) (?:the )?(\S.{1,60})$/i.exec(
      text,
    )?.[1];
  const lookup = tail === undefined ? undefined : index.lookup(tail);
  if (lookup?.kind === 'ambiguous') return lookup.matches;
  return lookup?.kind === 'found' && lookup.match.score >= minTailScore ? [lookup.match] : [];
}

const minTailScore = 0.96;
const maxNamed = 3;

/** What the text names for sure: a near name is no ground to speak of it. */
function namedIn({ bare, cleaned }: AskedText, index: SearchIndex): readonly Match[] {
  const whole = bare.kind === 'found' ? [bare.match] : bare.kind === 'ambiguous' ? bare.matches : [];
  const spotted = whole.length > 0 ? whole : index.spot(cleaned).flatMap((spot) => spot.matches);
  const matches = spotted.length > 0 ? spotted : nameAtEnd(cleaned, index);
  const sure = matches.filter(({ score }) => score >= minScore);
  const actors = sure.filter(({ entity }) => entity.type === 'intrusion-set');
  return (actors.length > 0 ? actors : sure).slice(0, maxNamed);
}
