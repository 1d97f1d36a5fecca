import { parseIndicator, refang } from '../../domain/indicator.ts';
import { assertNever } from '../../support/assert-never.ts';

/** MISP's types by the words that people write for them. */
const typeTable = `
ip-dst | ip, ips, ip address, ip addresses, ipv4, ipv6, ip-address, c2 ip, c2
domain | domains, domain name, domain names, fqdn, c2 domain, c2 domains
hostname | host, hosts, host name
url | urls, uri, uris
md5 | md5 hash, md5s
sha1 | sha-1, sha1 hash, sha-1 hash
sha256 | sha-256, sha256 hash, sha-256 hash, sha256s
sha512 | sha-512
hash | hashes, file hash, file hashes
email | e-mail, email address, email addresses, emails, e-mail address
filename | file name, file, files, filenames, file names
filepath | file path, path
regkey | registry key, registry keys, registry
mutex | mutexes
user-agent | user agent, useragent
vulnerability | cve, cves, vulnerabilities
link | reference, references, source
comment | note, notes
`;

const types: ReadonlyMap<string, string> = new Map(
  typeTable
    .trim()
    .split('\n')
    .flatMap((line): [string, string][] => {
      const [type = '', words = ''] = line.split('|').map((part) => part.trim());
      return [type, ...words.split(',').map((word) => word.trim())].map((word) => [word, type]);
    }),
);

/** The type that a written word means, "SHA-256" or "IP address"; undefined for a word that means none. */
export function readIndicatorType(written: string): string | undefined {
  const bare = written
    .replace(/^[\s*_`]+|(?<![\s*_`])[\s*_`]+$/g, '')
    .replace(/\s+/g, ' ')
    .toLowerCase();
  const inner = /^hash(?:es)? \(([\w-]{2,10})\)$/.exec(bare)?.[1];
  return types.get(inner ?? bare) ?? types.get(bare.replace(/ ?\(.{1,20}\)$/, ''));
}

/** Undoes what people do to addresses beyond the usual: "evil [.] example", "evil[.example", "h**p://", "meow://". */
export function refangWritten(value: string): string {
  return value
    .replace(/\s{0,3}[[({]\s{0,3}(?:\.|dot)\s{0,3}[\])}]\s{0,3}/gi, '.')
    .replace(/\[\.|\.\]/g, '.')
    .replace(/^(?:h\*\*p|htxp|hxtp|meow|hXXp)(s?)(?=[[(]?:)/i, 'http$1');
}

const socketPattern = /^((?:\d{1,3}\.){3}\d{1,3})[:|](\d{1,5})$/;

/** "192.0.2.1:443" as MISP writes it, "192.0.2.1|443"; undefined for what is no address with a port. */
export function readSocket(value: string): string | undefined {
  const [, address, port] = socketPattern.exec(refang(refangWritten(value.trim())).replace('[:]', ':')) ?? [];
  return address === undefined || parseIndicator(address) === undefined
    ? undefined
    : `${address}|${port ?? ''}`;
}

/** The type of a value that stands by itself, by its form; undefined for what is no indicator. */
export function typeOfValue(value: string): string | undefined {
  const parsed = parseIndicator(refangWritten(value));
  if (parsed === undefined && readSocket(value) !== undefined) return 'ip-dst|port';
  if (parsed === undefined) return /^CVE-\d{4}-\d{4,7}$/i.test(value.trim()) ? 'vulnerability' : undefined;
  switch (parsed.form) {
    case 'ipv4':
    case 'ipv6':
      return 'ip-dst';
    case 'domain':
      // "readme.txt" and "invoice.docx" have the form of a domain.
      return fileEnding.test(parsed.value) ? 'filename' : 'domain';
    case 'url':
    case 'email':
    case 'md5':
    case 'sha1':
    case 'sha256':
    case 'sha512':
      return parsed.form;
    default:
      return assertNever(parsed.form);
  }
}

const fileEnding =
  /\.(?:exe|dll|sys|docx?|docm|xlsx?|xlsm|pptx?|pdf|rtf|txt|js|jse|vbs|vbe|ps1|bat|cmd|lnk|iso|img|hta|chm|msi|jar|zip|rar|7z|tmp|dat|bin|php|aspx?|jsp|png|jpe?g|gif|html?|py|sh)$/i;
