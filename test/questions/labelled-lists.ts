/**
 * Questions that ask for a list, with the filters that mean the same: `question → filters`. Where something else than
 * actors is asked for, `type:` says so. ATT&CK ids stand for what they name.
 */
export const labelledLists: readonly (readonly [question: string, filters: string])[] = `
who targets telecom in the middle east → sector:telecommunications and region:middle-east
actors using spearphishing from china or north korea targeting energy → uses:T1566 and (country:CN or country:KP) and sector:energy
who exploits public-facing applications → uses:T1190
groups that use web shells and target energy → uses:T1505.003 and sector:energy
UAE targeting groups → region:AE
PRC groups semis → country:CN and sector:semiconductor
telecom → sector:telecommunications
TA0001 → type:technique tactic:initial-access
groups using TA0006 → tactic:credential-access
groups targeting only energy → sector:energy
groups using maze ransomware against hospitals → uses:S0449 and sector:healthcare
what tools does turla use that apt29 does not → type:tool by:(id:G0010) and not (by:(id:G0016))
which technique is only used by turla → type:technique by:(id:G0010) and not (by:(-id:G0010))
iranian groups using powershell, but not targeting israel → country:IR and uses:T1059.001 and -region:IL
chinese groups using plugx, not targeting government → country:CN and uses:S0013 and -sector:government
groups using plugx targeting telecom, not from china → uses:S0013 and sector:telecommunications and -country:CN
groups that use cobalt strike; not mimikatz → uses:S0154 and -uses:S0002
energy -russia -iran → sector:energy and -country:RU and -country:IR
-china plugx → -country:CN and uses:S0013
energy -russia mimikatz → sector:energy and -country:RU and uses:S0002
plugx -china → uses:S0013 and -country:CN
energy russia -mimikatz → sector:energy and country:RU and -uses:S0002
country:!iran sector:energy → sector:energy and -country:IR
country!=iran sector:energy → sector:energy and -country:IR
iran -telecom → country:IR and -sector:telecommunications
mimikatz !iran → uses:S0002 and -country:IR
chinese -telecom → country:CN and -sector:telecommunications
groups targeting energy -russia → sector:energy and -country:RU
groups targeting europe -germany → region:europe and -region:DE
groups using mimikatz except chinese ones → uses:S0002 and -country:CN
groups using plugx that aren't chinese → uses:S0013 and -country:CN
actors using cobalt strike which are not russian → uses:S0154 and -country:RU
groups using mimikatz and not iranian → uses:S0002 and -country:IR
groups using mimikatz but only iranian → uses:S0002 and country:IR
who targets germany and uses mimikatz → region:DE and uses:S0002
who uses T1566.001 and targets france → uses:T1566.001 and region:FR
who targets poland using cobalt strike → region:PL and uses:S0154
uses:S0013 uses:S0002 → uses:S0013 and uses:S0002
groups targeting south korea except north korean → region:KR and -country:KP
groups targeting ukraine but not russian groups → region:UA and -country:RU
groups targeting germany but not russian or chinese ones → region:DE and not (country:RU or country:CN)
which threat actors are targeting the telecommunications sector in the Middle East? → sector:telecommunications and region:middle-east
who is attacking telcos in the gulf → sector:telecommunications and region:gulf-states
groups from iran → country:IR
iranian apts → country:IR
Iranian threat groups, please → country:IR
hi, can you show me the groups that come from Iran → country:IR
persian hackers → country:IR
iran-linked hackers → country:IR
groups from irna → country:IR
iranain apts → country:IR
groups from IR → country:IR
how many iranian groups are there → country:IR
state sponsored groups from iran → country:IR
iran telecom → country:IR and sector:telecommunications
china telecom → country:CN and sector:telecommunications
DPRK crypto → country:KP and sector:cryptocurrency
iran T1566 → country:IR and uses:T1566
russia ukraine → country:RU and region:UA
groups in iran → region:IR
groups targeting iran → region:IR
groups active in turkey → region:TR
groups based in turkey → country:TR
groups using cobalt strike against banks in europe → uses:S0154 and sector:finance and region:europe
actors using cobalt strik against banks → uses:S0154 and sector:finance
actors using cobaltstrike against finacial sector → uses:S0154 and sector:finance
which actors target healthcare and use Mimikatz → sector:healthcare and uses:S0002
who uses mimikatz and targets hospitals → uses:S0002 and sector:healthcare
chinese actors not targeting government → country:CN and -sector:government
chinese groups but not ones targeting government → country:CN and -sector:government
russian actors that don't use mimikatz → country:RU and -uses:S0002
non-chinese groups targeting taiwan → -country:CN and region:TW
groups from asia except china → country:asia and -country:CN
actors targeting europe but not germany → region:europe and -region:DE
russian or belarusian groups since 2020 → (country:RU or country:BY) and since:2020
actors from china and russia → country:CN or country:RU
actors from china, russia or iran targeting energy → (country:CN or country:RU or country:IR) and sector:energy
(iranian or russian) groups targeting energy → (country:IR or country:RU) and sector:energy
russian groups targeting banks or using mimikatz → country:RU and (sector:finance or uses:S0002)
iranian groups targeting israel or saudi arabia → country:IR and (region:IL or region:SA)
actors that hit both israel and saudi arabia → region:IL and region:SA
groups targeting both energy and telecom → sector:energy and sector:telecommunications
ransomware gangs hitting hospitals → uses:ransomware and sector:healthcare
how many ransomware groups target healthcare? → uses:ransomware and sector:healthcare
groups using ransomware → uses:ransomware
actors using RATs against governments in asia → uses:rat and sector:government and region:asia
apts in north korea that use T1566 or T1059 → region:KP and (uses:T1566 or uses:T1059)
apts using T1566, T1059 and T1003 → uses:T1566 and uses:T1059 and uses:T1003
groups that use both T1566.001 and T1059.001 → uses:T1566.001 and uses:T1059.001
list financially motivated groups → motivation:financial
cybercriminal groups targeting retail → motivation:financial and sector:retail
hacktivist groups → motivation:hacktivism
espionage groups targeting government in southeast asia → motivation:espionage and sector:government and region:southeast-asia
china-nexus espionage groups → country:CN and motivation:espionage
how many actors are from china → country:CN
number of chinese apt groups → country:CN
do we have any groups from turkey? → country:TR
any iranian groups going after aviation? → country:IR and sector:aviation
north koren hackers → country:KP
groups targeting sauid arabia → region:SA
grups from iran → country:IR
groups targeting telcom → sector:telecommunications
groups targeting us banks → region:US and sector:finance
which groups attack hospitals in the us? → sector:healthcare and region:US
who is targeting german banks → region:DE and sector:finance
targeting banks in germany → sector:finance and region:DE
threats to the energy sector → sector:energy
healthcare threat actors → sector:healthcare
european groups → country:europe
korean groups → country:korean-peninsula
groups targeting five eyes → region:five-eyes
groups named panda → name:panda
actors called panda from china → name:panda and country:CN
russian groups seen since march 2024 → country:RU and since:2024-03
groups from iran active in the last 5 years → country:IR and since:P5Y
malware used by iranian groups → type:malware by:(country:IR)
what malware do iranian groups use → type:malware by:(country:IR)
iranian malware → type:malware by:(country:IR)
tools used by iranian hackers → type:tool by:(country:IR)
techniques used by russian actors against energy → type:technique by:(country:RU and sector:energy)
which techniques do chinese apts use against telecoms → type:technique by:(country:CN and sector:telecommunications)
ttps of iranian actors targeting telecom → type:technique by:(country:IR and sector:telecommunications)
ransomware used by north korean groups → type:software uses:ransomware and by:(country:KP)
campaigns of russian groups since 2022 → type:campaign since:2022 and by:(country:RU)
what do iranian groups use → type:software by:(country:IR)
how many groups use mimikatz → uses:S0002
who is targeting the government of ukraine → sector:government and region:UA
which APT groups have been attributed to the Chinese government? → country:CN
groups neither from china nor russia → -country:CN and -country:RU
groups useing cobalt strike agianst banks in eurpoe → uses:S0154 and sector:finance and region:europe
rusian actors using mimikatzz → country:RU and uses:S0002
vulnerabilities exploited by chinese groups → type:vulnerability by:(country:CN)
country:iran sector:telecom → country:IR and sector:telecommunications
-source:misp-galaxy country:iran → country:IR and -source:misp-galaxy
(country:iran or country:russia) sector:telecom → sector:telecommunications and (country:IR or country:RU)
country:iran or country:russia sector:telecom → country:IR or (country:RU and sector:telecommunications)
country:iran, russia sector:"oil and gas" → (country:IR or country:RU) and sector:oil-gas
country:iran country:russia → country:IR or country:RU
uses:T1566,"cobalt strike" → uses:T1566 or uses:S0154
uses:T1566 and uses:T1059 → uses:T1566 and uses:T1059
country:IR AND (sector:energy OR sector:telecom) NOT uses:T1059 → country:IR and (sector:energy or sector:telecommunications) and -uses:T1059
sector:telcom → sector:telecommunications
country:iran kitten → country:IR and name:kitten
iranian groups sector:telecom -uses:T1566 → country:IR and sector:telecommunications and -uses:T1566
show me actors sector:telecom not from china → -country:CN and sector:telecommunications
target:ukraine target:energy → region:UA and sector:energy
not country:iran → -country:IR
cobalt strike users from russia → uses:S0154 and country:RU
mimikatz users in the energy sector → uses:S0002 and sector:energy
which persistence techniques do iranian groups use → type:technique tactic:persistence and by:(country:IR)
techniques for lateral movement used by russian actors → type:technique tactic:lateral-movement and by:(country:RU)
android malware used by iranian groups → type:malware platform:android and by:(country:IR)
who has cobalt strike and not mimikatz → uses:S0154 and -uses:S0002
groups w/ mimikatz w/o psexec → uses:S0002 and -uses:S0029
american targets of chinese groups → region:US and country:CN
german banks hit by russian hackers → region:DE and sector:finance and country:RU
who targets banks but not american banks → sector:finance and -region:US
groups not targeting banks in europe → not (sector:finance and region:europe)
list ransomware operators from Russia → uses:ransomware and country:RU
state-sponsored groups → sponsor:state
state-sponsored groups targeting telecom → sponsor:state and sector:telecommunications
motive hacktivism → motivation:hacktivism
hacktivists → motivation:hacktivism
financially motivated groups from russia → motivation:financial and country:RU
campaigns in 2022 → type:campaign seen:2022
campaigns between 2019 and 2021 → type:campaign seen:2019..2021
campaigns by iranian groups before 2020 → type:campaign seen:..2019 and by:(country:IR)
groups last seen in 2023 → last-seen:2023
actors first seen after 2020 → first-seen:2021..
new groups since 2023 → first-seen:2023..
groups active in 2021 targeting energy → seen:2021 and sector:energy
how many iranian groups target telecom → country:IR and sector:telecommunications
groups that use T1566 and T1059 but not cobalt strike → uses:T1566 and uses:T1059 and -uses:S0154
iran OR russia AND telecom → country:IR or (country:RU and sector:telecommunications)
(iran OR russia) AND telecom → (country:IR or country:RU) and sector:telecommunications
groups from (iran or russia) that target (energy or telecom) → (country:IR or country:RU) and (sector:energy or sector:telecommunications)
groups targeting ukraine other than APT28 → region:UA and -id:G0007
russian groups excluding APT28 and turla → country:RU and not (id:G0007 or id:G0010)
either iranian or russian groups targeting energy → (country:IR or country:RU) and sector:energy
most common techniques among russian actors → type:technique by:(country:RU)
top 10 malware used by chinese groups → type:malware by:(country:CN)
which tools do most iranian groups share → type:tool by:(country:IR)
top techniques → type:technique by:()
most used malware → type:malware by:()
tools that chinese groups use but russian groups do not → type:tool by:(country:CN) and not (by:(country:RU))
malware unique to north korean groups → type:malware by:(country:KP) and not (by:(-country:KP))
top exploited vulnerabilities → type:vulnerability by:()
esxi ransomware → type:software platform:esxi and uses:ransomware
north korean crypto thieves → country:KP and sector:cryptocurrency
who targets ukraine except russia → region:UA and -country:RU
who is targeting europe excluding germany → region:europe and -region:DE
groups from anywhere but china targeting taiwan → -country:CN and region:TW
groups targeting finance, excluding FIN7 and carbanak → sector:finance and not (id:G0046 or id:G0008)
groups targeting the energy sector and using either powershell or T1566 → sector:energy and (uses:T1059.001 or uses:T1566)
techniques common to iranian and russian groups → type:technique by:(country:IR) and by:(country:RU)
which techniques do both iranian and russian groups use → type:technique by:(country:IR) and by:(country:RU)
malware used by iranian and russian groups → type:malware by:(country:IR or country:RU)
telecom except iran → sector:telecommunications and -country:IR
apt groups that are not chinese, russian or iranian → not (country:CN or country:RU or country:IR)
campaigns from 2020 to 2022 by russian groups → type:campaign seen:2020..2022 and by:(country:RU)
groups attributed to the GRU → sponsor:gru
iranian kittens → country:IR and name:kitten
groups with bear in the name → name:bear
china AND (telecom OR energy) NOT APT41 → country:CN and (sector:telecommunications or sector:energy) and -id:G0096
top ten techniques of chinese groups → type:technique by:(country:CN)
groups targeting the defence industrial base → sector:defense
russian groups in 2022 → country:RU and seen:2022
techniques used by APT28 but not APT29 → type:technique by:(id:G0007) and not (by:(id:G0016))
malware used by iranian groups but not russian ones → type:malware by:(country:IR) and not (by:(country:RU))
tactic:persistence type:technique by:(id:G0016) → type:technique tactic:persistence and by:(id:G0016)
first-seen:2020..2022 country:iran → first-seen:2020..2022 and country:IR
sponsor:state platform:linux → sponsor:state and platform:linux
`
  .trim()
  .split('\n')
  .map((line) => {
    const [question = '', filters = ''] = line.split(' → ');
    return [question, filters] as const;
  });

/** Questions and texts that look like lists and are none. */
export const notLists: readonly string[] = `
APT39
who is apt28
does apt28 target banks in europe
lazarus group
which sectors does APT28 target
techniques of Lazarus Group
who uses mimikatz
groups using mimikatz
which groups use T1566
who exploits CVE-2017-11882
printer
turkey
government
french
the german team won
who is from germany
snake in the office
bank of america
chinese food
german engineering
I am travelling to Germany next week
the bank in france is closed
who is attending the meeting in Berlin
new laptop for the finance department
teams in europe
rock groups from germany
list employees in germany
Rabncor group: who do they work for?
russian dolls
groups
`
  .trim()
  .split('\n');
