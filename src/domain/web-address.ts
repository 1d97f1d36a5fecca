/**
 * An http or https address as it is kept: its scheme in lower case, normalised by the URL standard where it has blanks,
 * without credentials and without parameters that only follow who came from where; undefined for anything else.
 */
export function parseWebAddress(text: string): string | undefined {
  const trimmed = text.trim();
  if (trimmed.length > 2048 || !/^https?:\/\//i.test(trimmed)) return undefined;
  try {
    const url = new URL(trimmed);
    if (url.username !== '' || url.password !== '' || url.hostname === '') return undefined;
    return withoutTracking(trimmed.includes(' ') ? url.href : withSmallScheme(trimmed));
  } catch {
    return undefined;
  }
}

/** Readers of addresses look for `https://` as it is mostly written. */
function withSmallScheme(address: string): string {
  return address.replace(/^https?/i, (scheme) => scheme.toLowerCase());
}

/** Whole names of parameters that mail, advertising and statistics services add to the links of others. */
const trackers = new Set(
  `gclid gclsrc dclid gbraid wbraid fbclid msclkid twclid ttclid yclid igshid li_fat_id mc_cid mc_eid mkt_tok
  _hsenc _hsmi __hssc __hstc __hsfp hsctatracking vero_id vero_conv oly_enc_id oly_anon_id rb_clickid s_kwcid
  _openstat _ga _gl elqtrackid elqtrack wickedid ml_subscriber ml_subscriber_hash`.split(/\s+/),
);
const trackerStart = /^(?:utm_|mtm_|pk_(?:campaign|kwd|source|medium|content|cid)$|piwik_)/;

/**
 * The address without `utm_…`, `gclid`, `fbclid`, `mc_eid` and the like, in its query or as a fragment: they name no
 * other page, and some name a person. Any other address comes back as it is, letter by letter.
 */
export function withoutTracking(address: string): string {
  const hash = address.indexOf('#');
  const base = hash < 0 ? address : address.slice(0, hash);
  const fragment = hash < 0 ? '' : address.slice(hash + 1);
  const mark = base.indexOf('?');
  const query = mark < 0 ? '' : base.slice(mark + 1);
  const kept = keptParameters(query);
  const keptFragment = /^[\w%-]{1,40}=/.test(fragment) ? keptParameters(fragment) : fragment;
  if (kept === query && keptFragment === fragment) return address;
  const path = mark < 0 ? base : base.slice(0, mark);
  const behind = mark < 0 || (kept === '' && query !== '') ? '' : `?${kept}`;
  return `${path}${behind}${keptFragment === '' ? '' : `#${keptFragment}`}`;
}

function keptParameters(query: string): string {
  const parts = query.split('&');
  const kept = parts.filter((part) => !isTracker(part));
  return kept.length === parts.length ? query : kept.join('&');
}

/** `amp;utm_source` is what is left of an address that was escaped twice. */
function isTracker(part: string): boolean {
  const name = part
    .slice(0, 60)
    .replace(/=.*$/s, '')
    .toLowerCase()
    .replace(/^(?:amp;)+/, '')
    .replaceAll('%5f', '_');
  return trackers.has(name) || trackerStart.test(name);
}
