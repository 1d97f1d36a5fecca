import { nameKey } from './name-key.ts';
import { findPhrases, type Phrases, phrasesOf } from './phrases.ts';

/** A sector of the economy or of society, under one key whatever a publisher calls it. */
export interface Sector {
  /** Lower-case words with hyphens: `telecommunications`. */
  readonly key: string;
  /** For people: "Telecommunications". */
  readonly label: string;
}

/**
 * One line a sector: key, label, then other names that mean the same, by `|`. The words are those of the MISP
 * galaxy `sector`, of the Council on Foreign Relations' categories, of STIX 2.1's `industry-sector-ov` and of
 * common use. A name that begins with `=` is read only as a whole text, never spotted inside prose.
 */
const sectorTable = `
academia|Academia|Academia - University|Academic|Universities|University|Higher education|Academic institutions
accounting|Accounting|Accountancy|=Tax firm|=Auditing
activists|Activists|=Activist|Human rights activists|Human rights organizations|Human rights
advertising|Advertising|=Marketing
aerospace|Aerospace|=Space|Satellite|Satellite navigation|Space industry|Aerospace and defense
agriculture|Agriculture|Agricultural|=Farming|Food and agriculture
arts|Arts and culture|=Arts|=Culture
automotive|Automotive|Automobile|Car makers|Automakers
aviation|Aviation|Civil Aviation|Airlines|=Airline|Air transport|Airports
business-services|Business services|=Services|Professional services|=Consulting|=Business|=Commercial
casinos|Gambling|=Casino|Casinos|Gambling companies|Gambling Websites|=Betting|Online gambling
chemical|Chemical|=Chemicals|Chemical industry|Petrochemical|Petrochemicals
citizens|Individuals|=Citizens|=Individual|=Private individuals
civil-society|Civil society|=Society|Pro-democracy and human rights political organizations
construction|Construction|Civil engineering|=Building|Real estate
cryptocurrency|Cryptocurrency|Cryptocurrencies|Cryptocurrency exchanges|=Crypto|Blockchain|Digital currency
critical-infrastructure|Critical infrastructure|=Infrastructure|=Critical manufacturing
defense|Defense|Defence|Defense industrial base|Defense contractor|Defense contractors|Defense industry|Defence industry|Defence contractors|=Arms
diplomacy|Diplomacy|Diplomatic|Embassies|=Embassy|Foreign affairs|Foreign ministries|Diplomats|=Diplomat
dissidents|Dissidents|Dissident|=Opposition|=Separatists|Political opposition
education|Education|Educational|Schools|=School|Education sector
electric|Electric power|=Electric|Electricity|Electric utility|Electric utilities|Power grid|=Power|Electric utility sector
electronics|Electronics|=Electronic|Electronics Manufacturers
energy|Energy|Energy sector|=Energy Company|=Utilities|=Utility|Energy companies
engineering|Engineering
entertainment|Entertainment|Media and Entertainment|=Streaming service
environment|Environment|=Environmental
finance|Finance|=Financial|Financial services|=Bank|Banking|Banks|Financial institutions|=Payment|=Investment|Financial sector|=Payments|Financial industry|FinTech
food|Food and beverage|=Food|=Restaurant|Restaurants
gaming|Gaming|=Game|Video games|Video game industry|=Games|Online gaming
government|Government|Government, Administration|Government Administration|=Administration|Public sector|=Country|Public administration|Government agencies and services|Government Institutions|Government entities|Government agencies|Governmental|=Governments|=State|National government|=Government-national
healthcare|Healthcare|=Health|=Medical|Health care|Hospitals|=Hospital|Medical sector|Covid-19 research organizations
high-tech|High tech|High-Tech|High technology|=Hightech|High-tech industry
hospitality|Hospitality|=Hotels|=Hotel|=Hospitality-leisure|Hospitality and leisure
industrial|Industrial|=Industry|=ICS|Industrial control systems|=Industrial sector
insurance|Insurance
intelligence|Intelligence services|=Intelligence|=Security Service|Intelligence agencies|=Security services
intergovernmental|Intergovernmental organisations|=Intergovernmental|International organizations|International organisations
journalists|Journalists|=Journalist
justice|Justice|=Judiciary|=Courts
law-enforcement|Law enforcement|=Police|Police - Law enforcement
legal|Legal services|=Legal|Law firms|=Lawyers|=Law
life-science|Life science|=Biomedical|Biotechnology|=Biotech|Life sciences
logistics|Logistics|=Logistic
manufacturing|Manufacturing|=Manufacturer|=Manufacturers|=Steel|=Metal|Manufacturers of
maritime|Maritime|=Shipping|Shipping companies|Ports and shipping|Shipbuilding
media|Media|News - Media|=News|News media|=Press|Television broadcast|Publishing industry|Broadcasting|=Communications media
military|Military|Armed forces|=Army
mining|Mining|Metals and mining
multi-sector|Multi-sector|Multiple sectors
ngo|NGOs|=NGO|Non-governmental organizations|=Non-profit organisation|=Nonprofits|=Non-profit|Non-governmental organisations|Non-profits|=Nonprofit|=voluntary|=charitable|=not-for-profit
nuclear|Nuclear|Nuclear energy
oil-gas|Oil and gas|=Oil|=Gas|Petroleum|Oil & gas|=Oil and natural gas
pharmaceutical|Pharmaceutical|=Pharmacy|Pharmaceuticals|=Pharma
political-party|Political parties|=Political party|Political organizations|=Politics|=Political|Political organisations
private-sector|Private sector
religious|Religious organisations|Religious organization|Religious Organizations|=Islamic organisation|=Islamic forums|=Religion|=Religious
research|Research|=Research - Innovation|Scientific Research|Research institutes|Research institutions|=Science
retail|Retail|eCommerce|E-commerce|=Online marketplace|Retailers|=Trade
security|Security industry|=Security|=Security actors|=IT - Security|=Security systems|Cybersecurity companies|Security vendors
semiconductor|Semiconductors|=Semiconductor|Semi-conductors|Semiconductor Industry|=Chips
social-networks|Social networks|Social media
sport|Sport|=Sports|Anti-doping
technology|Information technology|=IT|=Technology|IT firms|IT companies|IT service providers|IT industry|IT sector|Information Technology sector|=Tech|Software companies|=Software|=Programming|Managed Services Provider|Managed service providers|MSPs|=Digital services|=Digital infrastructure|=DNS service provider|=Hosting|Cloud service providers|Information and communications technology|=IT services
telecommunications|Telecommunications|=Telecoms|=Telecomms|Telecom|Telecommunication|=Telco|=Telcos|=Communications|=Communication|Mobile operators|Internet service providers|=ISP|=IT - ISP|=Communication equipment|Telecom operators|Telecommunications sector
think-tanks|Think tanks|Think Tank|=Policy institutes
tourism|Tourism
transport|Transportation|=Transport|Transportation systems|Public transport|=Rail|=Railway|Railways
travel|Travel|Travel industry|Travel agencies
water|Water|=Water supply|Wastewater|Water utilities
`;

const byKey = new Map<string, Sector>();
const spotted = new Map<string, Sector>();
for (const line of sectorTable.trim().split('\n')) {
  const [key = '', label = '', ...others] = line.split('|');
  const sector: Sector = { key, label };
  for (const written of [label, key, ...others]) {
    const isWholeOnly = written.startsWith('=');
    const name = isWholeOnly ? written.slice(1) : written;
    if (!byKey.has(nameKey(name))) byKey.set(nameKey(name), sector);
    if (!isWholeOnly) spotted.set(name, sector);
  }
}
const phrases: Phrases<Sector> = phrasesOf(spotted);

/** Every wording of every sector, for whoever reads questions; `isWholeOnly`: means little inside a sentence. */
export const sectorWordings: readonly {
  readonly text: string;
  readonly key: string;
  readonly isWholeOnly: boolean;
}[] = sectorTable
  .trim()
  .split('\n')
  .flatMap((line) => {
    const [key = '', ...texts] = line.split('|');
    return texts.map((text) => ({ text: text.replace(/^=/, ''), key, isWholeOnly: text.startsWith('=') }));
  });

/** The label of a sector's key: "Telecommunications"; the key itself where it is none of the table. */
export function sectorLabel(key: string): string {
  return byKey.get(nameKey(key))?.label ?? key;
}

/** Everyday words that are sectors as a label, and mean little inside a sentence. */
const endings =
  /(?<!\s)\s+(?:sectors?|industry|industries|organi[sz]ations?|compan(?:y|ies)|firms|entities)$/i;

/**
 * Reads a text that names a sector as a whole, in any of its usual wordings ("Telecoms", "telecommunications
 * sector", "Government, Administration"); undefined when it is none of the table.
 */
export function parseSector(text: string): Sector | undefined {
  const trimmed = text.trim();
  if (trimmed === '' || trimmed.length > 80) return undefined;
  return byKey.get(nameKey(trimmed)) ?? byKey.get(nameKey(trimmed.replace(endings, '')));
}

/** The key under which a sector's label is compared: the table's, else the label's own letters and digits. */
export function sectorKey(text: string): string {
  return parseSector(text)?.key ?? nameKey(text);
}

/** A sector with the words that name it in a text. */
export interface FoundSector extends Sector {
  readonly text: string;
}

/** The sectors named in a prose text, each once, in order of first mention. Linear in the length of the text. */
export function findSectors(text: string): readonly FoundSector[] {
  const found = new Map<string, FoundSector>();
  for (const hit of findPhrases(text, phrases)) {
    if (!found.has(hit.value.key)) found.set(hit.value.key, { ...hit.value, text: hit.text });
  }
  // "IT" is a sector only in capitals, before a noun or in a list of sectors.
  if (!found.has('technology') && /(?:^|[\s,(])IT(?=[\s,.;)]|$)/.test(text.slice(0, 100_000))) {
    found.set('technology', { key: 'technology', label: 'Information technology', text: 'IT' });
  }
  return [...found.values()];
}
