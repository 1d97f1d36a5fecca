import { parseCountry } from '../domain/country.ts';
import { countryTable } from '../domain/country-table.ts';
import { regionWordings } from '../domain/region.ts';
import { sectorWordings } from '../domain/sector.ts';
import type { Wording } from './filter-near.ts';

export interface CountryWording extends Wording {
  readonly kind: 'country';
  /** ISO 3166-1 alpha-2. */
  readonly key: string;
  /** True for "Iranian", false for "Iran". */
  readonly isAdjective: boolean;
}
export interface RegionWording extends Wording {
  readonly kind: 'region';
  readonly key: string;
}
export interface SectorWording extends Wording {
  readonly kind: 'sector';
  readonly key: string;
  /** Means a sector only where one is expected: "power", "news". */
  readonly isWholeOnly: boolean;
}

/** How countries are written in questions, beside the table's names. */
const moreCountries: readonly (readonly [string, string])[] = [
  ['DPRK', 'KP'],
  ['PRC', 'CN'],
  ['N Korea', 'KP'],
  ['NK', 'KP'],
  ['N. Korean', 'KP'],
  ['S Korea', 'KR'],
  ['ROK', 'KR'],
  ['Holland', 'NL'],
  ['British', 'GB'],
  ['English', 'GB'],
  ['UK', 'GB'],
  ['USA', 'US'],
  ['U.S', 'US'],
  ['U.S.', 'US'],
  ['U.K.', 'GB'],
  ['UAE', 'AE'],
  ['KSA', 'SA'],
  ['Americans', 'US'],
  ['Israelis', 'IL'],
  ['Russians', 'RU'],
  ['Iranians', 'IR'],
  ['North Koreans', 'KP'],
  ['Persian', 'IR'],
];

function readCountries(): readonly CountryWording[] {
  const lines = countryTable.trim().split('\n');
  const listed = lines.flatMap((line) => {
    const [code = '', , ...names] = line.split('|');
    return names.map((name) => countryWording(name, code, name !== names[0]));
  });
  return [...listed, ...moreCountries.map(([name, code]) => countryWording(name, code, true))];
}

function countryWording(name: string, code: string, mayBeAdjective: boolean): CountryWording {
  const isAdjective =
    mayBeAdjective && /(?:an|ese|ish|i|ch|ic|ans|ean|er|ek)$/.test(name) && !/ of /.test(name);
  return { kind: 'country', text: name.toLowerCase(), key: code, isAdjective };
}

/** Every country by name, official name and demonym. */
export const countryWordings: readonly CountryWording[] = readCountries();

export const listRegionWordings: readonly RegionWording[] = [
  ...regionWordings.map(
    ({ text, key }): RegionWording => ({ kind: 'region', text: text.toLowerCase(), key }),
  ),
  ...['five eyes', 'fvey', '5 eyes'].map(
    (text): RegionWording => ({ kind: 'region', text, key: 'five-eyes' }),
  ),
  // "Korea" names two states.
  { kind: 'region', text: 'korea', key: 'korean-peninsula' },
  { kind: 'region', text: 'korean', key: 'korean-peninsula' },
  { kind: 'region', text: 'koreans', key: 'korean-peninsula' },
  { kind: 'region', text: 'mid east', key: 'middle-east' },
  { kind: 'region', text: 'gulf', key: 'gulf-states' },
  { kind: 'region', text: 'baltic', key: 'baltic-states' },
  { kind: 'region', text: 'nordic', key: 'nordic-countries' },
  { kind: 'region', text: 'gulf countries', key: 'gulf-states' },
];

/** What people call sectors in questions, beside the table's words. */
const moreSectors: Readonly<Record<string, string>> = {
  academia: 'academics|researchers at universities|colleges|college',
  aerospace: 'satellites|satellite operators|space agencies',
  agriculture: 'farms|farmers|agri-food|agrifood',
  automotive: 'car manufacturers|car makers|carmakers|automaker|automobile manufacturers',
  aviation: 'airlines|airport|airports|air transport',
  casinos: 'casino|gambling',
  'civil-society': 'civil society groups',
  'critical-infrastructure': 'critical national infrastructure|cni',
  cryptocurrency: 'crypto exchanges|crypto exchange|crypto firms|defi|bitcoin exchanges|cryptocurrency firms',
  defense:
    'defense industrial base|defence industrial base|defense contractors|defence contractors|defense sector|military contractors|arms makers|weapons makers|dib',
  diplomacy: 'foreign ministry|embassies|ministries of foreign affairs',
  electric:
    'power companies|power plants|power grids|power grid|power utilities|electrical grid|the grid|electricity providers',
  energy: 'energy providers|utility companies|utilities',
  education: 'schools|school districts',
  entertainment: 'movie studios|film studios',
  finance:
    'banks|bank|banking|lenders|credit unions|fintechs|fintech companies|financials|financial orgs|payment processors|payment providers|stock exchanges|investment firms|finance sector|swift',
  government:
    'gov|govt|govts|governments|government bodies|federal agencies|ministries|ministry|municipalities|local governments|local government|public institutions|parliaments|state agencies|gov entities|public bodies',
  healthcare:
    'hospitals|hospital|clinics|health care providers|health|medical|health services|health systems|medical facilities|health orgs|medical devices|doctors|patients',
  hospitality: 'hotels|hotel chains',
  industrial: 'ics|ot|ics/ot|scada|industrial control',
  insurance: 'insurers|insurance companies',
  intergovernmental: 'united nations|international bodies|igos',
  journalists: 'reporters|journalism',
  'law-enforcement': 'police forces|police departments',
  legal: 'lawyers|attorneys',
  manufacturing: 'manufacturers|factories|manufacturing plants',
  maritime: 'shipping|shipping lines|ports|shipyards',
  media: 'media outlets|newspapers|broadcasters|news outlets|the press|tv stations',
  military: 'militaries|army|armies|armed forces|navy|navies|air forces',
  ngo: 'ngos|charities|non profits|aid organizations|humanitarian organizations',
  nuclear: 'nuclear power plants|nuclear facilities|nuclear plants',
  'oil-gas':
    'oil|oil companies|oil & gas|oil and natural gas|oil firms|gas companies|petrochemicals|oil producers',
  pharmaceutical: 'pharma|pharma companies|drug makers|drugmakers|vaccine makers|vaccine research',
  'political-party': 'political campaigns|politicians|elections',
  research: 'researchers|scientists|labs|laboratories',
  retail: 'retailers|shops|online shops|online stores|ecommerce|e-commerce|online retailers',
  security: 'security researchers|security firms|security companies|antivirus vendors',
  semiconductor: 'chip makers|chipmakers|chip manufacturers|semiconductors|chips|semis|semicon|fabs',
  technology:
    'tech|tech companies|it|it companies|it services|software companies|software vendors|cloud providers|msps|managed service providers|service providers|saas providers|data centers',
  telecommunications:
    'telcos|telco|telecos|teleco|telecoms|telecom|isps|isp|phone companies|mobile carriers|carriers|mobile networks|mobile network operators|telephone companies|communications|tel cos',
  'think-tanks': 'thinktanks|thinktank|think-tank|think-tanks',
  transport: 'railways|rail|trains|transit',
  water: 'water systems|water treatment|water treatment plants|water facilities|water companies',
};

/** Words of other sentences too. */
const wholeOnlyWords =
  /^(?:it|ot|health|medical|school|tech|chips|semis|fabs|shops|doctors|patients|oil|communications|labs)$/;

export const listSectorWordings: readonly SectorWording[] = [
  ...sectorWordings.map(
    ({ text, key, isWholeOnly }): SectorWording => ({
      kind: 'sector',
      text: text.toLowerCase(),
      key,
      isWholeOnly,
    }),
  ),
  ...Object.entries(moreSectors).flatMap(([key, texts]) =>
    texts
      .split('|')
      .map((text): SectorWording => ({ kind: 'sector', text, key, isWholeOnly: wholeOnlyWords.test(text) })),
  ),
];

/** A country in any form that `parseCountry` reads, and the forms of questions. Codes may be in any case. */
export function readCountry(text: string): string | undefined {
  const lower = text.trim().toLowerCase();
  return (
    moreCountries.find(([name]) => name.toLowerCase() === lower)?.[1] ??
    (parseCountry(text) ?? parseCountry(text.toUpperCase()))?.code
  );
}
