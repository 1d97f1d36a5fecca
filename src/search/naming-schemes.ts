/**
 * The common words by which vendors' naming schemes end: CrowdStrike's and BI.ZONE's animals, Microsoft's weather,
 * Unit 42's constellations (their published schemes, 2026).
 */
const schemeNouns: ReadonlySet<string> = new Set(
  `panda bear kitten spider chollima buffalo tiger leopard jackal wolf werewolf crane lynx hawk elephant ocelot sphinx
  hyena saiga blizzard typhoon sandstorm sleet tempest tsunami storm flood cyclone hail rain dust ursa taurus serpens
  pisces libra scorpius likho`.split(/\s+/),
);

/** Names of actors and operations that are everyday expressions all the same. */
const naturalPhrases: ReadonlySet<string> = new Set(
  `seaturtle redoctober lonewolf duststorm blackcat blackbear polarbear brownbear grizzlybear snowleopard seadragon
  newgeneration coldriver goldmouse bluebottle snowstorm icestorm sandstorm thunderstorm firestorm brainstorm goldendragon
  greendragon reddragon blackdragon whitetiger blacktiger seabear watchdog bulldog hotdog firefly dragonfly butterfly
  greenspot hardrain heavyrain stardust deadend fireball flashflood highnoon nightowl earthworm silkworm housefly
  blackwidow redspider teddybear blackpanda redpanda giantpanda babyelephant goldeneagle baldeagle bigbang
  thebigbang wolfspider copypaste animalfarm luckycat silverfox redwolf stormcloud cloudatlas evileye badmagic
  rottentomato tortoiseshell hiddencamera spacepirates doubledragon nightdragon lunamoth redeyes uglyface wildcard
  goldenfalcon desertfalcon desertfalcons stolenpencil holysouls elephantbeetle deputydog springdragon lotusblossom
  whitewolf rocketscience darkhalo themask thegentlemen whitegiant heartland highlander domestickitten tinyspider
  brownfox commonraven blackcube shellcrew
  blacktechnology hippoteam bluemushroom bluepython rivercastle goldwinter goldgarden goldrush socialnetworkteam sharkspider solarsystem anonymousproxy equationgroup silkroad donaldtrump oilrig
  bigpanda wetpanda palepanda dizzypanda wanderingspider singingspider flyingkitten magickitten cleverkitten`.split(
    /\s+/,
  ),
);

/** Words by which vendors' names begin, with any word after. */
const schemeHeads: ReadonlySet<string> = new Set(['gold', 'bronze', 'cobalt', 'nickel', 'earth', 'void']);

/** True when a word is one by which a vendor's names end. */
export function isSchemeNoun(word: string): boolean {
  return schemeNouns.has(word);
}

/** True when a word is one by which a vendor's names begin. */
export function isSchemeHead(word: string): boolean {
  return schemeHeads.has(word);
}

/** True for everyday words that people say together without meaning a name, glued: "seaturtle". */
export function isNaturalPhrase(glued: string): boolean {
  return naturalPhrases.has(glued);
}
