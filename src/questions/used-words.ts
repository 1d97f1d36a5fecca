/**
 * Words of reports for ways of attack, with ATT&CK's id of the technique that they name; its sub-techniques count with
 * it. Only where ATT&CK itself describes the word as that technique.
 */
const table: Readonly<Record<string, string>> = {
  T1566:
    'spearphishing|spear phishing|spearphishing emails|spear phishing emails|spearphishing mails|phishing emails|phishing mails|phishing email|malicious emails',
  T1190:
    'public facing applications|public facing application|public facing apps|internet facing applications|internet facing apps|exposed applications|exposed web applications|public facing servers',
  T1003: 'credential dumping|credentials dumping|password dumping|dumping credentials',
  T1195: 'supply chain|supply chain attacks|supply chain attack|supply chain compromises',
  T1189:
    'watering hole|watering holes|watering hole attacks|drive by downloads|drive by download|drive by|strategic web compromise',
  'T1574.001': 'dll sideloading|dll side loading|dll hijacking',
  T1059: 'command line interpreters|command and scripting interpreters',
  T1078: 'stolen credentials|stolen accounts|compromised credentials',
  T1027: 'obfuscation|code obfuscation|obfuscated files',
  T1047: 'wmi',
  'T1021.001': 'rdp',
  'T1021.002': 'smb',
  'T1505.003': 'web shells|webshells|web shell|webshell',
  T1621: 'mfa fatigue|mfa bombing|push bombing|mfa spamming',
  T1486: 'file encryption|data encryption for impact',
};

let byWords: ReadonlyMap<string, string> | undefined;

/** The ATT&CK id of the technique that everyday words name; undefined for all other texts. */
export function usedWord(text: string): string | undefined {
  byWords ??= new Map(
    Object.entries(table).flatMap(([id, words]) => words.split('|').map((word) => [word, id] as const)),
  );
  const key = text
    .toLowerCase()
    .replace(/[\s\u2010-\u2015_-]+/g, ' ')
    .trim();
  return byWords.get(key);
}
