import type { SearchIndex } from '../search/types.ts';

const dot = '(?:\\.|\\[\\.\\])';
const scheme = '(?:h(?:tt|xx)ps?:\\/\\/)?(?:www\\.)?';
const rest = '(?:\\/(?=$|[\\s<>|)\\],;]))?(?:[?#][^\\s<>|)]{0,300})?';
const before = '(?<![\\p{L}\\p{N}@./-])';

/** Pages that ATT&CK has of each thing, by its id. */
const attack = new RegExp(
  `${before}${scheme}attack${dot}mitre${dot}org\\/(?:versions\\/v[\\d.-]{1,8}\\/)?(?:groups|software|campaigns|techniques|tactics|mitigations|datasources|datacomponents|detectionstrategies|analytics)\\/([a-z]{1,3}\\d{4})(?:\\/(\\d{3}))?(?![\\p{L}\\p{N}])${rest}`,
  'giu',
);
/** Pages of a vulnerability, by its id. */
const cve = new RegExp(
  `${before}${scheme}(?:nvd${dot}nist${dot}gov\\/vuln\\/detail|cve${dot}mitre${dot}org\\/cgi-bin\\/cvename\\.cgi\\?name=|cve${dot}org\\/CVERecord\\?id=)\\/?(cve-\\d{4}-\\d{4,7})(?![\\p{L}\\p{N}])${rest}`,
  'giu',
);
/** Malpedia's pages of actors and of families, by their names. */
const malpedia = new RegExp(
  `${before}${scheme}malpedia${dot}caad${dot}fkie${dot}fraunhofer${dot}de\\/(?:actor|details)\\/([a-z0-9_.-]{2,80})${rest}`,
  'giu',
);
/** A chat platform's link: the address says more than a label that was cut. */
const labelled = /<([^<>|\s]{1,2048})\|[^<>]{1,2048}>/g;
const exactScore = 0.96;

/**
 * The text with addresses of known pages about one thing as its id or name: `https://attack.mitre.org/groups/G0007/` is
 * G0007. Other addresses, and those of things that nothing here has a name of, stay as they are.
 */
export function withoutKnownAddresses(text: string, index: SearchIndex): string {
  if (!/mitre|nist|cve|malpedia/i.test(text)) return text;
  const linked = text.replace(labelled, (whole, address: string) => {
    const read = withIds(address, index);
    return read === address ? whole : read;
  });
  return withIds(linked, index);
}

function withIds(text: string, index: SearchIndex): string {
  return text
    .replace(attack, (_, id: string, sub: string | undefined) =>
      sub === undefined ? id.toUpperCase() : `${id.toUpperCase()}.${sub}`,
    )
    .replace(cve, (_, id: string) => id.toUpperCase())
    .replace(malpedia, (whole: string, name: string) => nameOf(name, index) ?? whole);
}

/** "win.emotet" and "sofacy" as names, where something here has exactly that name. */
function nameOf(slug: string, index: SearchIndex): string | undefined {
  const name = slug.replace(/^(?:win|elf|osx|apk|ios|js|py|jar|vbs|ps1|php|asp|aix|symbian|sh|fas)\./, '');
  for (const text of [name, name.replaceAll('_', ' ')]) {
    const lookup = index.lookup(text);
    const [match] =
      lookup.kind === 'found' ? [lookup.match] : lookup.kind === 'ambiguous' ? lookup.matches : [];
    if (match !== undefined && match.score >= exactScore && match.matched.text.length === text.length)
      return text;
  }
  return undefined;
}
