/** Ways of typing a question that stand for another, each with what it stands for. */
const shorthand: readonly (readonly [RegExp, string])[] = [
  [/^(?:wat|wht|waht|whta)(?='?s? )/i, 'what'],
  [/^(what|who|where)s(?= )/i, "$1's"],
  [/^(?:hwo|woh)(?='?s? )/i, 'who'],
  [/^(?:wich|whcih) /i, 'which '],
  // An id of a vulnerability without its dashes.
  [/(?<![\p{L}\p{N}])cve((?:19|20)\d\d)(\d{4,7})(?![\p{L}\p{N}])/giu, 'CVE-$1-$2'],
  [
    /^(?:who|whom|what) (?:is|are|was|were) (?<name>.{2,80}?) (?:related|linked|connected|tied|affiliated|associated) (?:to|with)$/i,
    'groups related to $<name>',
  ],
  [
    /^(?:is|are|was|were|has|have) (?<name>.{2,80}?) (?:been |being )?(?:ever )?(?:used|exploited|deployed|leveraged) by (?:any |the |some )?(?<who>.{2,60} (?:groups|actors|apts|hackers|gangs|threat actors))$/i,
    'which $<who> use $<name>',
  ],
  [/^diff (?!between )(?<name>.{2,80}?)$/i, 'what changed about $<name>'],
];

/** The text in the words in which it is read, where it is typed in short or by ear; else as it is. */
export function spelledOut(text: string): string {
  if (text.length > maxLength) return text;
  return shorthand.reduce((read, [pattern, meant]) => read.replace(pattern, meant), text);
}

const maxLength = 300;
