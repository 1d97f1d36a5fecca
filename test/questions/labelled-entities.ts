/**
 * Questions about one thing with what is meant: `kind[:detail] NAME`. Details: aspects joined by `+`, a scope behind
 * `@`, `#` where a number is asked for, words that were not used behind `!`; what is supposed, for questions of yes and
 * no.
 */
const lines = `
how many techniques does APT29 use → about:techniques# APT29
how many aliases has Turla → about:aliases# Turla
number of aliases of Sandworm → about:aliases# Sandworm Team
count of campaigns of APT29 → about:campaigns# APT29
how many countries does Turla target → about:regions# Turla
how many malware families does Lazarus use → about:malware# Lazarus Group
how many cves does APT41 exploit → about:vulnerabilities# APT41
malware and tools of APT28 → about:malware+tools APT28
tools and techniques of FIN7 → about:tools+techniques FIN7
aliases and country of Turla → about:aliases+attribution Turla
tools, malware and techniques of Leviathan → about:tools+malware+techniques Leviathan
sectors and countries targeted by APT28 → about:sectors+regions APT28
aliases, motivation and sponsor of Lazarus → about:aliases+motivation+attribution Lazarus Group
persistence techniques of APT29 → about:techniques@persistence APT29
how does APT29 get initial access → about:techniques@initial-access APT29
how does FIN7 move laterally → about:techniques@lateral-movement FIN7
credential access of APT28 → about:techniques@credential-access APT28
discovery tactics used by Lazarus → about:techniques@discovery Lazarus Group
linux malware of Turla → about:malware@linux Turla
windows tools of APT29 → about:tools@windows APT29
which european countries does APT28 target → about:regions@europe APT28
what does APT28 target in europe → about:regions+sectors@europe APT28
what does Turla target in asia → about:regions+sectors@asia Turla
list the backdoors of apt28 → about:malware!backdoors APT28
techniques of APT28 in 2022 → about:techniques!2022 APT28
best techniques of APT28 → about:techniques!best APT28
what techniques does Emotet use → about:techniques Emotet
ttps of ryuk → about:techniques Ryuk
techniques used by TrickBot → about:techniques TrickBot
what techniques does cobalt strike implement → about:techniques Cobalt Strike
describe technique process injection → about:overview Process Injection
technique phishing → about:overview Phishing
describe malware TrickBot → about:overview TrickBot
what is T1055 → about:overview Process Injection
related groups of Turla → about:related Turla
who is linked to Sandworm → about:related Sandworm Team
who is associated with FIN7 → about:related FIN7
who works with Sandworm → about:related Sandworm Team
connections of Lazarus → about:related Lazarus Group
iocs of APT28 → about:indicators APT28
indicators for Turla → about:indicators Turla
hashes of Emotet → about:indicators!hashes Emotet
does Turla have a MITRE page → about:ids Turla
mitre id of Turla → about:ids Turla
what is the mitre id for mimikatz → about:ids Mimikatz
misp id of APT28 → about:ids APT28
what CVEs does APT28 exploit → about:vulnerabilities APT28
zero days of APT28 → about:vulnerabilities APT28
what platforms does Emotet run on → about:platforms Emotet
ttps of muddywatr → about:techniques MuddyWater
does APT29 target healthcare → verify:targets healthcare APT29
does Turla target germany → verify:targets DE Turla
did APT33 target the energy sector → verify:targets energy APT33
has Lazarus ever attacked south korea → verify:targets KR Lazarus Group
does Lazarus target banks in europe → verify:targets finance europe Lazarus Group
was healthcare targeted by FIN12 → verify:targets healthcare Wizard Spider
is APT39 iranian → verify:origin IR APT39
is lazarus from north korea → verify:origin KP Lazarus Group
is APT41 a chinese group → verify:origin CN APT41
is FIN7 russian → verify:origin RU FIN7
is iran behind APT39 → verify:origin IR APT39
does russia sponsor turla → verify:origin RU Turla
is turla run by the FSB → verify:sponsored FSB Turla
is APT28 state-sponsored → verify:sponsored APT28
is wizard spider financially motivated → verify:motivation financial Wizard Spider
is APT29 an espionage group → verify:motivation espionage APT29
has FIN7 used cobalt strike → verify:uses Cobalt Strike FIN7
did APT29 use Cobalt Strike → verify:uses Cobalt Strike APT29
is PlugX used by APT41 → verify:uses PlugX APT41
does turla use mimikatz? → verify:uses Mimikatz Turla
does APT28 use T1566 → verify:uses Phishing APT28
is CVE-2021-44228 exploited by APT41 → verify:uses CVE-2021-44228 APT41
is Emotet a banking trojan → verify:is banking trojan Emotet
is Emotet malware → verify:is malware Emotet
is Ryuk ransomware → verify:is ransomware Ryuk
does menuPass target Japan and Taiwan → verify:targets JP, targets TW menuPass
is menuPass chinese or russian → verify:origin CN, origin RU menuPass
has FIN7 used mimikatz or cobalt strike → verify:uses Mimikatz, uses Cobalt Strike FIN7
did Sandworm attack Ukraine's power grid → verify:targets electric UA Sandworm Team
was NotPetya made by Sandworm → verify:behind NotPetya Sandworm Team
did APT29 do the SolarWinds hack → verify:behind SolarWinds Compromise APT29
is apt28 part of the GRU → verify:sponsored GRU APT28
link to the mitre page of FIN7 → about:ids FIN7
what sectors does OilRig (G0049) target → about:sectors OilRig
how does Emotet spread → about:techniques Emotet
is CVE-2023-23397 used by ransomware → about:overview CVE-2023-23397
does Volt Typhoon target us → unanswerable:prediction Volt Typhoon
is Volt Typhoon targeting my company → unanswerable:prediction Volt Typhoon
does Volt Typhoon target the US → verify:targets US Volt Typhoon
who does APT33 work for → about:attribution APT33
who pays APT33 → about:attribution APT33
how does Volt Typhoon stay hidden → about:techniques@defense-evasion Volt Typhoon
what else is Sandworm called → about:aliases Sandworm Team
where is Kimsuky located → about:attribution Kimsuky
who is responsible for Olympic Destroyer → behind Olympic Destroyer
who did the SolarWinds hack → behind SolarWinds Compromise
who did NotPetya → behind NotPetya
who is behind WannaCry → behind WannaCry
who attacked SolarWinds → behind SolarWinds Compromise
who is behind the 3CX hack → behind 3CX Supply Chain Attack
who created Stuxnet → behind Stuxnet
attribution of the NotPetya attack → behind NotPetya
who did the Sony hack → unanswerable:incident
who did the 2015 ukraine power grid attack → unanswerable:incident
who was behind the Colonial Pipeline attack → unanswerable:incident
mitigations for T1566 → unanswerable:defence Phishing
how do I detect Emotet → unanswerable:defence Emotet
how can I hunt for cobalt strike → unanswerable:defence Cobalt Strike
yara rules for Emotet → unanswerable:defence Emotet
detection for mimikatz → unanswerable:defence Mimikatz
who says apt28 uses mimikatz → verify:uses Mimikatz APT28
prove that Turla targets germany → verify:targets DE Turla
does FIN7 not use Cobalt Strike → verify:uses Cobalt Strike FIN7
isn't APT39 iranian → verify:origin IR APT39
which source says APT41 is chinese → verify:origin CN APT41
are apt34 and oilrig the same → compare:links OilRig OilRig
is APT34 OilRig → compare:links OilRig OilRig
what is the microsoft name of apt28 → who-calls APT28
operation cloudhopper → about:overview menuPass
who is lazarus related to → about:related Lazarus Group
wat does kimsuky use → about:software Kimsuky
whos behind trickbot → behind TrickBot
is mimikatz used by iranian groups → list
cve201711882 → about:overview CVE-2017-11882
diff apt28 → news APT28
does apt99 use mimikatz → none
is apt28 tied to 198.51.100.23 → indicator
who wants coffee → none
got it → none
play nice everyone → none
good morning team → none
tools of the trade → none
who uses docker → none
which groups use wiper malware → none
CVE-2099-99999 → unknown-id CVE-2099-99999
who exploits CVE-2099-99999 → unknown-id CVE-2099-99999
cve 2099 99999 → unknown-id CVE-2099-99999
G9999 → unknown-id G9999
https://attack.mitre.org/groups/G0007/ → about:overview APT28
attack.mitre.org/techniques/T1566/001 → about:overview Spearphishing Attachment
<https://attack.mitre.org/software/S0002|https://attack.mitre.org/sof…> → about:overview Mimikatz
who uses hxxps://attack[.]mitre[.]org/software/S0002 → users-of Mimikatz
https://attack.mitre.org/campaigns/C0024?x=1#top → about:overview SolarWinds Compromise
https://attack.mitre.org/groups/G9999 → unknown-id G9999
https://malpedia.caad.fkie.fraunhofer.de/actor/lazarus_group → about:overview Lazarus Group
https://malpedia.caad.fkie.fraunhofer.de/details/win.emotet → about:overview Emotet
https://malpedia.caad.fkie.fraunhofer.de/details/win.zzzq → indicator
https://nvd.nist.gov/vuln/detail/CVE-2017-11882 → about:overview CVE-2017-11882
M1031 → unknown-id M1031
what is DS0009 → unknown-id DS0009
DET0001 → unknown-id DET0001
which groups use T1566.999 → unknown-id T1566.999
who exploits CVE-2017-11882 → users-of CVE-2017-11882
CVE-2021-44228 → about:overview CVE-2021-44228
is chafer apt39 → compare:links APT39 APT39
does anybody know what time it is → none
is the printer on fire → none
does the coffee machine target anyone → none
has the meeting started → none
`;

export const labelledEntities: readonly (readonly [text: string, meant: string])[] = lines
  .trim()
  .split('\n')
  .map((line) => {
    const [text = '', meant = ''] = line.split(' → ');
    return [text, meant];
  });

/** Follow-ups with whom the conversation spoke of and in which form. */
export const labelledFollowUps: readonly (readonly [
  text: string,
  about: string,
  form: string,
  meant: string,
])[] = [
  ['and its tools?', 'APT28', 'techniques of {}', 'about:tools APT28'],
  ['what about turla', 'APT28', 'techniques of {}', 'about:techniques Turla'],
  ['same for FIN7', 'APT28', 'techniques of {}', 'about:techniques FIN7'],
  ['the same for FIN7 please', 'APT28', 'techniques of {}', 'about:techniques FIN7'],
  ['who else uses that', 'APT28', 'techniques of {}', 'about:related APT28'],
  ['who else uses that', 'Emotet', '{}', 'users-of Emotet'],
  ['who else?', 'APT28', 'techniques of {}', 'about:related APT28'],
  ['and in europe?', 'APT28', 'regions of {}', 'verify:targets europe APT28'],
  ['and germany?', 'APT28', 'regions of {}', 'verify:targets DE APT28'],
  ['how about iran', 'APT28', 'sectors of {}', 'verify:targets IR APT28'],
  ['how about iran', 'APT39', 'attribution of {}', 'verify:origin IR APT39'],
  ['and in europe?', 'APT39', 'attribution of {}', 'verify:targets europe APT39'],
  ['is it iranian?', 'APT39', '{}', 'verify:origin IR APT39'],
  ['are they russian', 'APT28', '{}', 'verify:origin RU APT28'],
  ['do they target banks', 'APT28', '{}', 'verify:targets finance APT28'],
  ['have they used mimikatz', 'APT28', '{}', 'verify:uses Mimikatz APT28'],
  ['compare it with APT28', 'APT39', '{}', 'compare:compare APT39 APT28'],
  ['more', 'APT28', 'techniques of {}', 'about:overview APT28'],
  ['what else', 'APT28', 'techniques of {}', 'about:overview APT28'],
  ['how many?', 'APT28', 'techniques of {}', 'about:techniques# APT28'],
  ['when?', 'APT28', '{}', 'activity APT28'],
  ['iocs?', 'APT28', '{}', 'about:indicators APT28'],
  ['any cves', 'APT28', '{}', 'about:vulnerabilities APT28'],
  ['mitre id?', 'APT28', '{}', 'about:ids APT28'],
  ['and persistence?', 'APT28', 'techniques of {}', 'about:techniques@persistence APT28'],
  ['how do they get in', 'APT28', '{}', 'about:techniques@initial-access APT28'],
  ['and turla?', 'APT28', 'does {} target germany', 'verify:targets DE Turla'],
  ['what about turla', 'Emotet', 'who uses {}', 'about:overview Turla'],
];
