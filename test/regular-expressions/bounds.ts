/** So many characters at most stand before the expressions of a file. */
interface Bound {
  readonly file: RegExp;
  readonly chars: number;
}

/**
 * Where texts are cut or refused before an expression sees them, as the named files do themselves or the one that calls
 * them does. An expression of any other file is tried on 100,000 characters.
 */
const bounds: readonly Bound[] = [
  { file: /^questions\/parse-behind\.ts$/, chars: 160 },
  { file: /^questions\/follow-up-words\.ts$/, chars: 160 },
  { file: /^questions\/(?:parse-news|parse-verify|verify-forms|parse-who-calls)\.ts$/, chars: 200 },
  { file: /^questions\/(?:parse-breakdown|parse-compare-sets)\.ts$/, chars: 250 },
  { file: /^questions\/(?:templates|unanswerable|parse-list-dates|parse-activity)\.ts$/, chars: 300 },
  { file: /^questions\/parse-compare-frames?\.ts$/, chars: 600 },
  { file: /^questions\//, chars: 8_000 },
  { file: /^sources\/markdown-profile\/actor\.ts$/, chars: 300 },
  { file: /^sources\/stix\/attribution\.ts$/, chars: 1_000 },
  { file: /^sources\/stix\/text\.ts$/, chars: 32_768 },
];

/** What an expression of a file may meet, in characters. */
export function boundOf(file: string): number {
  return bounds.find((bound) => bound.file.test(file))?.chars ?? 100_000;
}
