/**
 * Rarer words of English that are names of actors, malware or tools: in a sentence they mean the thing ("machete") unless
 * words around tell.
 */
export const rareNameWords = `
abyss adonis amnesia amoeba appetite arcane archivist ares argonauts ashen backbend ballista banshee barbwire
bellhop berserk bittersweet blackguard blackheart blackjack blacksnake blister blitzkrieg bloodhound blooper
bluebottle bookworm boombox brat broomstick bumblebee buran cacao cannibal chameleon chamois chaperone chimera
chisel chopstick chrysalis cleaver cloudburst colossus combos crosswalk crutch cuckoo cutlet cyclops deadbolt
deadlock deadwood decaf dendroid dented desolated dodger dogfish downrange drat dreamland driftwood ducktail
dunghill dustman dustpan earthworm echelon eggshell embargo emissary enciphered epically equinox executioner
exorcist eyeglass fickle fireball firebird firewood fishmonger flytrap foxy gamut gasket gearshift gendarmerie
ghostwriter gibberish gimmick glutton goggles gopher gored gosh gotcha graphite grayling gremlin hangman hangover
haymaker hellcat hellhounds hussar hydra incognito incubator inferno interlock iodine jackpot jigsaw keyhole kitty
krypton lamer leash leviathan lockbox lockout lovelock lucifer luminosity macaw machete mamba mandrake meek meow
mettle milkmaid minibike minibus minion moonrise moonwalk morphine mythic nautilus neuron neutrino newscaster
newsreels nighthawk nosedive nuke ogre orangeade orca ordinal overlay pacemaker pacifier paladin parallax payday
peppy pickpocket pintsized plutonium polyglot pompous pulpy pulsar pupa qwerty radiant rancor rapture ratty redcap
revenant rhombus saber saltwater sandman sarcoma sardonic satori satyr scatterbrain scavenger schoolboys scimitar
sepsis sepulcher sharpshooter shindig shipshape shylock sideshow sidestep sidewinder silverfish singularity skid
slapstick sliver snoopy soundbite sourdough sparkle specter spectre splinter spook stowaway strider sunburst sunless
sunspot sutra swallowtail synapse tailgater taskmasters teardrop teleport termite tetra tollbooth torchwood
trailblazer trickster twopence uppercut vamp vermin voyeur warlock waterspout webmasters webworm werewolves
whirlpool whitefly whiteout wildfire windshield winos wisp wolfsbane wormhole wraith xenon zeppelin
`;

/**
 * Names that stand before words of the field, or behind them, in their plain meaning: nationalities, platforms, forms of
 * verbs, ordinals ("russian actors", "which group hacked", "actors first seen"). They are names where they are all that
 * is asked for, or are called so.
 */
export const modifierNames = `
acres action alien android audit autorun aware backspace benchmark blame blank blind blocky boom bouncer brazilian
bread breakthrough brick calendar charger chinese chip cleanup clouded collection collector comment conference
consciousness core coronavirus crash crying crypted crypter cryptographic czech damage dangerous dark deadly death
deed defender delta demo deputy desktop district divergent django done dumb dummy dusk easy encrypt endurance
evolution exchanger exotic expand explorer explosive extractor fake final first frozen glasses global guard hacked
hacking homeland hunt hunter hunters insane inter interception iranian judge jupyter kindest korean landmark lead
legend leverage lick light linux locked locker lockfile losers lucky mechanical mega mini mobile monument mutant
nuclear obscene offence outsider page patcher payload payment photo ping pink pioneer planetary powerless protected
providence pump purge python quantum quoter radiation ransomed rapid rector redact renamer resident responder retro
revive revolution risen rogue root rotor route rush russian sanction sanctions scraper screenshotter sector seed
silent simple solo sport spring static stop streamer stupid superb surprise survey swift switcher telegram template
tiny toxic turkish undead unknown unnamed unsafe validator waiting wiki windows wiper zimbra zlib
`;
