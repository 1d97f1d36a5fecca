import { refang } from '../domain/indicator.ts';

/** Longer questions are refused: a question of this length is a pasted document. */
export const maxQuestionLength = 8_000;

const openings: readonly RegExp[] = [
  /^<at>[^<>]{0,80}<\/at>\s*/i,
  /^<@[\w|.-]{1,80}>[\s,:]*/,
  /^@threatbrief\b[\s,:]*/i,
  /^\/(?:apt|threatbrief)\b\s*/i,
  /^(?:hi|hello|hey|good (?:morning|afternoon|evening)|dear (?:bot|all|team)|yo)\b(?:\s+(?:there|bot|team|all|threatbrief)\b)?[\s,.!:-]+(?=\S)/i,
  /^(?:please|pls|plz|kindly|ok|okay|so|well|um|uh|btw|quick(?: question)?|question)\b[\s,:-]+(?=\S)/i,
  /^(?:can|could|would|will) (?:you|u|someone|anyone)(?: please| pls| kindly)? (?=\S)/i,
  /^(?:do|does) (?:you|anyone|someone|we) (?:happen to )?(?:know|have (?:anything|something|any (?:info|information|intel|details)) (?:on|about)) (?=\S)/i,
  /^(?:i(?:'d| would)? (?:want|like|need|love)(?: to)?(?: (?:know|see|hear|read|learn))?|i am|i'm|we are|we're|i was) ?(?:looking for|interested in|wondering|after|curious(?: about)?)? (?=\S)/i,
];

const closings: readonly RegExp[] = [
  /(?<![\s,.!?;:])[\s,.!?;:]+(?:please|pls|plz|thanks(?: a lot| in advance)?|thank you|thx|ty|cheers|asap|again|exactly|right now|anyway)[\s.!]*$/i,
  /(?<![\s?!.,;:…])[\s?!.,;:…]+$/,
];

const maxRounds = 4;

/**
 * The question without what chat platforms and politeness put around it: mention of the bot, slash command, greeting,
 * "could you please", "thanks", closing marks, quotes, bold and code marks, link wrappers.
 */
export function cleanQuestion(text: string): string {
  let cleaned = unwrapped(text).replace(/\s+/g, ' ').trim();
  for (let round = 0; round < maxRounds; round += 1) {
    const before = cleaned;
    for (const opening of openings) cleaned = cleaned.replace(opening, '');
    for (const closing of closings) cleaned = cleaned.replace(closing, '');
    cleaned = withoutMarks(cleaned.trim());
    if (cleaned === before) break;
  }
  return cleaned;
}

/** As `cleanQuestion`, but brackets, quotation marks and minus signs, which mean something in filters, stay. */
export function filterText(text: string): string {
  let cleaned = unwrapped(text).replace(/\s+/g, ' ').trim();
  for (let round = 0; round < maxRounds; round += 1) {
    const before = cleaned;
    for (const opening of openings) cleaned = cleaned.replace(opening, '');
    for (const closing of closings) cleaned = cleaned.replace(closing, '');
    if (cleaned === before) break;
  }
  return cleaned.replace(/^`+|(?<!`)`+$/g, '');
}

/** Chat platforms' links as their label, HTML entities as their characters, invisible characters dropped. */
function unwrapped(text: string): string {
  return text
    .replace(/<(?:https?|mailto|tel):[^<>|\s]{1,2048}\|([^<>]{1,2048})>/gi, '$1')
    .replace(/<(?:mailto|tel):([^<>|\s]{1,2048})>/gi, '$1')
    .replace(/<(https?:\/\/[^<>|\s]{1,2048})>/gi, '$1')
    .replace(
      /&(amp|lt|gt|quot|#39|apos|nbsp);/gi,
      (_, name: string) => htmlEntities[name.toLowerCase()] ?? ' ',
    )
    .replace(/[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]/g, '')
    .replace(/[\u2018\u2019\u201b\u02bc]/g, "'");
}

const htmlEntities: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  '#39': "'",
  apos: "'",
  nbsp: ' ',
};

const opens = '*_`~"\'“”„«‘([{<';
const closes = '*_`~"\'“”»’)]}>';

/** Without marks that stand around the whole: `*APT39*`, "APT39", (APT39), > APT39. */
function withoutMarks(text: string): string {
  let from = 0;
  while (from < text.length && opens.includes(text[from] ?? '')) from += 1;
  if (from === 0) return text.replace(/^[>\s•·-]+(?=\S)/, '');
  let to = text.length;
  while (to > from && closes.includes(text[to - 1] ?? '')) to -= 1;
  return to < text.length ? text.slice(from, to).trim() : text;
}

/** The words of a question that could be an indicator, refanged, without the punctuation around them. */
export function indicatorWords(text: string): readonly string[] {
  return text
    .split(/\s+/)
    .slice(0, maxIndicatorWords)
    .map((word) =>
      refang(word.replace(/^[<("'`*]+(?:[>)"'`*,;:!?.]+$)?|(?<![>)"'`*,;:!?.])[>)"'`*,;:!?.]+$/g, '')),
    )
    .filter((word) => word.length > 3);
}

const maxIndicatorWords = 40;
