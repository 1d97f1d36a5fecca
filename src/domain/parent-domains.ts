/**
 * Second labels under which country registries give out names (`co.uk`, `com.br`); a rule by label instead of the whole
 * public suffix list, which changes weekly.
 */
const registryLabels = new Set(
  `ac asn asso biz co com coop ed edu ebiz fin firm game gc go gob gok gop gos gouv gov govt gv id idv ind inf info int k12
  kiev lg ltd mi mil mod muni mus museum name ne nel net nhs nic nom nome ntr oz or org parliament per plc police
  pol pp presse priv pro pub re res sch school sc sld store tm tur tv univ ve veterinaire web wiki`.split(
    /\s+/,
  ),
);

/** Domains under which anyone gets a name of their own: what stands above such a name is the service, not its user. */
const sharedHosts = new Set(
  `000webhostapp.com 3utilities.com afraid.org altervista.org amazonaws.com appspot.com azureedge.net azurefd.net
  azurestaticapps.net azurewebsites.net bitbucket.io blob.core.windows.net blogspot.com bounceme.net changeip.com
  chickenkiller.com cloudapp.azure.com cloudapp.net cloudfront.net core.windows.net ddns.info ddns.me ddns.net
  ddnsking.com discordapp.com dnsalias.com dns-dns.com duckdns.org dyndns.info dyndns.org dynu.com dynu.net
  eu.org fastly.net firebaseapp.com fly.dev freedns.org freeddns.org gitbook.io github.io githubusercontent.com
  gitlab.io glitch.me googleapis.com gotdns.ch gotdns.com herokuapp.com hopto.org infinityfreeapp.com
  ipfs.io is-a-geek.com kozow.com linkpc.net mooo.com myddns.me myftp.biz myftp.org myqnapcloud.com myshopify.com
  myvnc.com neocities.org netlify.app ngrok.app ngrok.dev ngrok.io ngrok-free.app no-ip.biz no-ip.com no-ip.info
  no-ip.org noip.me onion.ly onrender.com ooguy.com pages.dev publicvm.com r2.dev railway.app redirectme.net
  repl.co replit.app replit.dev s3.amazonaws.com serveblog.net servebeer.com serveftp.com servegame.com
  servehttp.com sharepoint.com site44.com squarespace.com strangled.net surge.sh sytes.net theworkpc.com
  trafficmanager.net trycloudflare.com tumblr.com us.to vercel.app vicp.net web.app weebly.com
  web.core.windows.net windows.net wixsite.com wordpress.com workers.dev zapto.org 3322.org 8866.org
  9966.org`.split(/\s+/),
);

/** Ends of file names that no registry gives out: `invoice.pdf.exe` is no domain of anyone's. */
const fileEnds = new Set(
  `7z apk bat bin cmd cpl dll doc docm docx dmg elf exe gz hta img iso jar js jse lnk msi msp ocx pdf php png ppt pptx
  ps1 psm1 rar rtf scr sys tar tmp txt vbe vbs wsf xls xlsb xlsm xlsx xml`.split(/\s+/),
);

/**
 * The domains above a domain, the nearest first, as far as one holder answers for them: never a public suffix (`uk`,
 * `co.uk`), nor a host that gives names to anyone (`duckdns.org`). Empty for a name that has no such parent, for
 * names of files and for names below something else that is no domain.
 */
export function parentDomains(domain: string): readonly string[] {
  const labels = domain.toLowerCase().replace(/\.$/, '').split('.');
  if (labels.length < 3 || labels.length > maxLabels || fileEnds.has(labels.at(-1) ?? '')) return [];
  const parents: string[] = [];
  for (let start = 1; start <= labels.length - 2; start += 1) {
    const parent = labels.slice(start);
    if (isShared(parent)) break;
    parents.push(parent.join('.'));
  }
  return parents;
}

const maxLabels = 60;

/** True for what belongs to nobody, or to whoever lets others have names under it. */
function isShared(labels: readonly string[]): boolean {
  const [second = '', top = ''] = labels.slice(-2);
  if (labels.length < 2) return true;
  if (labels.length === 2 && top.length === 2 && (registryLabels.has(second) || second.length === 2))
    return true;
  return sharedHosts.has(labels.join('.')) || labels.join('.') === 'in-addr.arpa';
}

/** True for a text whose end is that of a file's name and of no domain. */
export function isFileName(text: string): boolean {
  return fileEnds.has(text.toLowerCase().split('.').at(-1) ?? '') && text.includes('.');
}
