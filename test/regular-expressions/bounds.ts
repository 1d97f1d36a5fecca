/** So many characters at most stand before the expressions of a file. */
interface Bound {
  readonly file: RegExp;
  readonly chars: number;
  /** What cuts or refuses longer texts, and where it stands when not in the file itself. */
  readonly because: string;
}

/**
 * Where texts are cut or refused before an expression sees them, as the named files do themselves or the one that calls
 * them does. An expression of any other file is tried on 100,000 characters.
 */
const bounds: readonly Bound[] = [
  {
    file: /^questions\/parse-behind\.ts$/,
    chars: 160,
    because: 'its maxLength: who stands behind a name is asked in one line',
  },
  {
    file: /^questions\/follow-up-words\.ts$/,
    chars: 160,
    because: 'its maxFollowUpLength: a follow-up leans on what was asked before, and is short',
  },
  {
    file: /^questions\/(?:parse-news|parse-verify|verify-forms|parse-who-calls)\.ts$/,
    chars: 200,
    because:
      'maxNewsLength and maxLength: one name in a short sentence; verify-forms is called by parse-verify alone',
  },
  {
    file: /^questions\/(?:parse-breakdown|parse-compare-sets)\.ts$/,
    chars: 250,
    because: 'their maxChars: sets in words, never lists of names',
  },
  {
    file: /^questions\/(?:templates|unanswerable|parse-list-dates|parse-activity)\.ts$/,
    chars: 300,
    because:
      'maxTemplateLength in parse-question.ts, maxLength of unanswerable, maxSentenceChars in parse-list.ts, 200 in parse-activity',
  },
  {
    file: /^questions\/parse-compare-frames?\.ts$/,
    chars: 600,
    because: 'maxCompareLength in parse-compare-frames.ts, asked before any frame is tried',
  },
  {
    file: /^questions\//,
    chars: 8_000,
    because: 'maxQuestionLength in clean.ts: of a longer text only names and indicators are looked for',
  },
  {
    file: /^sources\/markdown-profile\/actor\.ts$/,
    chars: 300,
    because: 'the subject stands in the first 300 characters of a part, which are cut out for it',
  },
  {
    file: /^sources\/stix\/attribution\.ts$/,
    chars: 1_000,
    because: 'attributionInProse reads no first sentence that is longer',
  },
  {
    file: /^sources\/stix\/text\.ts$/,
    chars: 32_768,
    because: 'its maxReadChars: of a description no more is read',
  },
];

/** What an expression of a file may meet, in characters. */
export function boundOf(file: string): number {
  return bounds.find((bound) => bound.file.test(file))?.chars ?? 100_000;
}
