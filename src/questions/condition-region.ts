import { isCountryCode, parseCountry } from '../domain/country.ts';
import { nameKey } from '../domain/name-key.ts';
import { parseRegion, type Region } from '../domain/region.ts';

/**
 * The countries of each region that `domain/region.ts` names: UN M49's divisions, members of alliances (as of 2026),
 * and common use where neither says anything. ISO 3166-1 alpha-2.
 */
const northernEurope = 'DK EE FI GB IE IS LT LV NO SE AX FO GG IM JE SJ';
const westernEurope = 'AT BE CH DE FR LI LU MC NL';
const southernEurope = 'AD AL BA CY ES GI GR HR IT ME MK MT PT RS SI SM VA XK';
const easternEurope = 'BG BY CZ HU MD PL RO RU SK UA';
const europe = `${northernEurope} ${westernEurope} ${southernEurope} ${easternEurope}`;
const gulf = 'AE BH KW OM QA SA';
const levant = 'IL JO LB PS SY';
const middleEast = `${gulf} ${levant} EG IQ IR TR YE`;
const northAfrica = 'DZ EG LY MA SD TN EH';
const eastAfrica = 'BI DJ ER ET KE KM MG MU MW MZ RE RW SC SO SS TZ UG YT ZM ZW';
const middleAfrica = 'AO CD CF CG CM GA GQ ST TD';
const southernAfrica = 'BW LS NA SZ ZA';
const westAfrica = 'BF BJ CI CV GH GM GN GW LR ML MR NE NG SH SL SN TG';
const subSaharan = `${eastAfrica} ${middleAfrica} ${southernAfrica} ${westAfrica}`;
const centralAsia = 'KG KZ TJ TM UZ';
const eastAsia = 'CN HK JP KP KR MN MO TW';
const southAsia = 'AF BD BT IN IR LK MV NP PK';
const southeastAsia = 'BN ID KH LA MM MY PH SG TH TL VN';
const caucasus = 'AM AZ GE';
const westernAsia = `${gulf} ${levant} ${caucasus} CY IQ TR YE`;
const asia = `${centralAsia} ${eastAsia} ${southAsia} ${southeastAsia} ${westernAsia}`;
const melanesia = 'FJ NC PG SB VU';
const polynesia = 'AS CK NU PF TK TO TV WF WS';
const oceania = `AU NZ ${melanesia} ${polynesia} FM GU KI MH MP NR PW`;
const northAmerica = 'BM CA GL PM US';
const centralAmerica = 'BZ CR GT HN NI PA SV';
const caribbean = 'AG AI AW BB BL BQ BS CU CW DM DO GD GP HT JM KN KY LC MF MQ MS PR SX TC TT VC VG VI';
const southAmerica = 'AR BO BR CL CO EC FK GF GY PE PY SR UY VE';
const latinAmerica = `MX ${centralAmerica} ${caribbean} ${southAmerica}`;
const union = 'AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK';

const members: Readonly<Record<string, string>> = {
  africa: `${northAfrica} ${subSaharan}`,
  americas: `${northAmerica} ${latinAmerica}`,
  antarctica: 'AQ',
  asia,
  'asia-pacific': `${eastAsia} ${southAsia.replace('IR ', '')} ${southeastAsia} ${oceania}`,
  'association-of-southeast-asian-nations': southeastAsia,
  balkans: 'AL BA BG GR HR ME MK RO RS SI XK',
  'baltic-states': 'EE LT LV',
  benelux: 'BE LU NL',
  caribbean,
  caucasus,
  'central-america': centralAmerica,
  'central-asia': centralAsia,
  'central-europe': 'AT CH CZ DE HU LI PL SI SK',
  'commonwealth-of-independent-states': 'AM AZ BY KG KZ MD RU TJ UZ',
  'east-africa': eastAfrica,
  'east-asia': eastAsia,
  'eastern-europe': easternEurope,
  eurasia: `${europe} ${asia}`,
  europe,
  'european-union': union,
  'five-eyes': 'AU CA GB NZ US',
  'gulf-states': gulf,
  'horn-of-africa': 'DJ ER ET SO',
  'korean-peninsula': 'KP KR',
  'latin-america': latinAmerica,
  levant,
  maghreb: 'DZ LY MA MR TN',
  melanesia,
  mena: `${middleEast} ${northAfrica}`,
  'middle-africa': middleAfrica,
  'middle-east': middleEast,
  nato: 'AL BE BG CA CZ DE DK EE ES FI FR GB GR HR HU IS IT LT LU LV ME MK NL NO PL PT RO SE SI SK TR US',
  'nordic-countries': 'DK FI IS NO SE',
  'north-africa': northAfrica,
  'north-america': northAmerica,
  'northeast-africa': 'DJ EG ER ET SD SO SS',
  'northern-europe': northernEurope,
  oceania,
  polynesia,
  'south-america': southAmerica,
  'south-asia': southAsia,
  'southeast-asia': southeastAsia,
  'southern-africa': southernAfrica,
  'southern-europe': southernEurope,
  'sub-saharan-africa': subSaharan,
  'west-africa': westAfrica,
  'western-asia': westernAsia,
  'western-europe': westernEurope,
};

const countriesByRegion: ReadonlyMap<string, ReadonlySet<string>> = new Map(
  Object.entries(members).map(([key, codes]) => [key, new Set(codes.split(' '))]),
);

const fiveEyes: Region = { key: 'five-eyes', name: 'Five Eyes' };

/** Reads a text that names a region as a whole; also the Five Eyes, which no source names as one. */
export function parseTargetRegion(text: string): Region | undefined {
  return ['fiveeyes', '5eyes', 'fvey'].includes(nameKey(text)) ? fiveEyes : parseRegion(text);
}

/** The countries of a region, by ISO code; empty for a region without a list (`global`) and for anything else. */
export function countriesIn(region: string): ReadonlySet<string> {
  return countriesByRegion.get(region) ?? none;
}

const none: ReadonlySet<string> = new Set();

const inside = new Map<string, ReadonlySet<string>>();

/**
 * Every key that counts as the place: of a country itself only; of a region itself, the countries in it, and the
 * regions that lie in it as a whole.
 */
export function placesIn(key: string): ReadonlySet<string> {
  const known = inside.get(key);
  if (known !== undefined) return known;
  const countries = countriesIn(key);
  const regions = [...countriesByRegion]
    .filter(([, codes]) => countries.size > 0 && [...codes].every((code) => countries.has(code)))
    .map(([name]) => name);
  const places: ReadonlySet<string> = new Set([key, ...countries, ...regions]);
  // Keys come from questions too: only those of the table are kept.
  if (countries.size > 0) inside.set(key, places);
  return places;
}

/** A place for people: "Middle East", "Germany". */
export function placeName(key: string): string {
  if (isCountryCode(key)) return parseCountry(key)?.name ?? key;
  return key === fiveEyes.key ? fiveEyes.name : (parseRegion(key.replaceAll('-', ' '))?.name ?? key);
}
