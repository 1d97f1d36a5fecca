/**
 * Last labels of hosts that are taken for one where nothing else says that a text is a host: countries by their two
 * letters, and these. Endings of files that are also registered (`.zip`, `.sh`) are not among them.
 */
const common: ReadonlySet<string> = new Set(
  `com net org info biz edu gov mil int arpa name mobi asia aero coop museum jobs travel xyz top site online club shop
  store live space website tech icu fun vip work link click press pro host cloud app dev page blog news media digital
  agency services solutions systems network email support center today world life group company zone one win bid loan
  download stream party trade racing science men date review country kim gdn ltd rest bar cam cyou monster buzz quest
  sbs cfd bond hair beauty skin makeup lol boats homes autos pics mom christmas tokyo berlin london paris moscow
  onion example test invalid local lan`.split(/\s+/),
);

/** Two letters that end files or words more often than hosts. */
const notCountries: ReadonlySet<string> = new Set([
  'js',
  'ts',
  'py',
  'md',
  'sh',
  'rs',
  'so',
  'pl',
  'cs',
  'db',
  'vb',
]);

/** True for a last label, lower case, that makes a bare text with dots a host. */
export function isHostEnding(label: string): boolean {
  if (label.length === 2) return !notCountries.has(label);
  return common.has(label) || label.startsWith('xn--');
}
