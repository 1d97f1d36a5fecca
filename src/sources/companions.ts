import { hashesForm } from './misp-hashes/lines.ts';

const manifestStart = /^\s*\{\s*"[0-9a-fA-F]{8}-[0-9a-fA-F-]{27}"\s*:/;

/**
 * What a document is that stands beside data and is none itself, as a reason to pass it over: the index and the hashes
 * of a MISP feed. Undefined for any other.
 */
export function companionReason(head: string): string | undefined {
  const start = head.slice(0, 4000).replace(/^\uFEFF/, '');
  if (manifestStart.test(start)) {
    return 'the manifest of a MISP feed: in a folder the UUID.json files beside it are read themselves; a feed on the web is connected with "threatbrief sources add NAME --kind misp-feed --url …"';
  }
  const form = hashesForm(start);
  if (form === undefined) return undefined;
  return form === 'value'
    ? "hashes of the values in a MISP feed's events: to look events up that are not at hand, name the file itself"
    : "hashes of a MISP feed's files: a connection to the feed checks its events by them";
}
