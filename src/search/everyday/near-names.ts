/** Words of English that are a slip or two from a name, and mean none. */
export const nearNames = `
abhor abridge achoo acme aconites acrid acrider adamant addend addenda aerates aeroplane afire aflame ahchoo airdrop
airily airlock airway altars altos alumnus amaze amazed amazes ambit ambling amnesiac amoebae amoebas amoebic ampere
anchorite anchorites anchorman anchormen anchovy angleworm angularity anorak antics antidote aperitif apexes
apostate appetites apses aptest archivists ardent argon arias aroma arrowroot artful aspen aspirin assassinate
astride astrologer atria atrium atrocious attar attest attire auspice avail avast babushka backbit backbite
backbiting backchat backdrop backfield backfields backfire backhoe backtrack backwater backwaters backwoods bade
badly badness bairns baleen ballsing balsam bandies bankbook bannock banshees barfly barmaid barneys barnstorm
barque batten beaus bedbug bedbugs bedsit beekeeper beeline beeper beeps befog bellhops berates besoms bicker
bifocal bigmouth bigness bimbo bimbos biomass biplane birdsong bison bistro bitten bittern bitterns bittersweets
blackball blackguards blackhead blackheads blackish blackjacked blackjacks blackmail blackmailer blackmailers
blackmails blacktop blare blazon bleach bleaker blimps blindfold blisters blither blitzkriegs bloater bloodhounds
bloopers blotter bluebell bluebottles bluenose bluest bluster bobsled boggles bollard bonbon bonnet bonnets boohoo
bookworms boon boorish bopped bouncier bovine boxcars bracken brash brawling braying breadline brickbat brittle
brittler broiler bromide bromides broomsticks brownie brutes bucking buckle buckshot buffet buffeting bumble
bumblebees bushwhack busload bustle butterfat cabals cabana cabanas cabdriver cabers cachets cadaver cadence cadmium
caesium caiman cairns caisson cajole calcify calcine calcite calico callus calypsos cambers cambium campy candour
canines capsule carats carbine carboy carboys carbs cardiac cardiae cardigan cardio carers caress carhop caribou
carnival carobs carport carrion carton cartons carvery cashback catboat catcall catchalls catchword caveat ceded
cellist cellists centime centimes cerebrum cerebrums cerise cesium cession chalet chameleons chaperon chaperoned
chaperones chaperons chaps charier chars chatline chichi chichis chicory chided chides chiffon chimed chimeras
chimes chiming chino chinos chinstraps chintzy chiseled chiseler chiselers chiselled chiseller chisels chives choler
cholera chopsticks christens chrysalises chunter chunters chutes cider cigars cilium cinches cindering citron
citrons clacking clambering clambers clamming clamor clamoring clamping clarets clarion cleaved cleavers cleaves
climes clodhopper clodhoppers clopped cloudbursts clouted clutch cobble cobnut codas codfish codger codices cogent
coked collier colorants colorfast comas comer comfier comically commie commies compact computerate condos confides
confluent congruence conics conifers connective connives consciousnesses consigning cooed coolant coolants cooping
copped copses copter copters copycat corgi corgis corked corking cornice cornices corolla coronas coshes cosies
cosign cosigning cosine cosines cosmically cosset coven cowbell cower cowers cowpat cowrie coxed coxing coyer cozen
cozier cozies crackdown crackpot crampon cramps crams crass crayfish creaks credo creepier crier cries crikey cripes
critter crocus cronies crossbar crosswalks crotch crude cruder crumbling crunch crunchy crutches cubism curies
curter cutest cutlets cybersex cynically dacha dammit daredevils darkening darkroom datelines dazzle dazzles
deadbolts deaden deadened deadens deadlocks deathtrap debasement decompression decontrol decontrols decryption
deerstalker defilement defog defoliated defraud defrayal defrayed defrays defrost delicacy delis dementia demoted
demotes denims dens dents derided derides dermis derogate derogated descale desolate desolately desolates desolation
detergent detonated detonator detract detractor devolution dialog diaper diatom dickeys dikes dinars diners dioxin
dirge disavow dishpan dishwater disorder dispense dispenser dispensers dispossess dispossessed dispossesses
dispossession disservice dissing divans divas diverge diverged divergence diverges diverging dodge dodgers dodgier
dodos doffed dogcart dogfight dogfishes doghouse dogsled dollhouse doltish donnish doodads doormen dopey dorsal
dotcom dovish dowdier downier downwind downy dragoons dreamboat dried dries dupes dustbin dustmen dustpans dyadic
dykes earthward earthwork earthworks earthworms eaves echelons effacement elapses elation eldest elide elocution
embargoed embargoes embitter embryo emirates emirs emote emoted emotes emulation enchanter endear endive endue
endurable entwine epistle equating eradication erectile ermine errata etches evasively eventual evocation
executioners exigent exorcise exorcism exorcists exotically expat expats expend expends expletive expound extant
extortion eyeball faker fakers fanboy felonious fessed fesses fibulae fiches fickler ficklest fiend filet fillet
finest finking fireballs firepower fishmongers fivers flake flaked flakes flakier flambeing flambes flaxen flayed
flicker flier fliest flocked fluffy flume flumes flyer foamier foggy foghorn fondle fondue foodie footsie forbade
forbear forebear forecastle forefinger forehands foreshadow foreshadows forgone foyer fracas frats fraying freehold
freeloader freemen frescoes frets frisson fritter froths frugal fruitfully frumps funkier furor furore furors
fusspot fustian gadfly gaffe gaffed gaffer gaffes gaggles galling gambit gambol gamer gammon ganglion gannet
gargling garnet gasholder gaskets gasman gatekeeper gaucho gauchos gawking gawps gayer gazers gearshifts geddit
geeks geeky gelling gendarme geneses gentlewomen geode ghostlier ghostwriters ghostwrites ghostwritten ghostwrote
gibbering gibbers giggles gimmicks gimmicky ginseng givers glassware glosses gluttons gluttony gnarling goatee
goddesses godlier godlike godmother godson gofer goggle goggled goldbrick goober goodies goody gooey goofed goofing
goofy goop gophers gorgons grafter grafting grappling grayish grazing greenery gremlins gridlock griffons grits
gritter growling grownup grueling gruffly gunfire gunshot gusset gyration hairdos hairline haler hallow handball
handbook handcar handcart handrail handwork handyman hangmen hardball hardy hark harking hashtag hassle hatband
hatbox hatpin hazmat headcase headdresses headlight headlock headman headword hearse heavyset hemline hereto
hermetic herpes hetero hightail hoagie hoard hoarded hoarder hoarders hoards hoarier hoarse hoarser hoary hoaxed
hocking hoggish hogwash holier holism holograph homeboy honeydew honked honking hoodie hoodooed hoodoos hoofing
hookah hookahs hookups hookworm hookworms hooping hooray hooting horny horrid hotpot hover howdy hummingbird hunkers
hussars hustle hydrant hydras hydrate hyper hyperspace icebox icecaps iced improvidence imprudent impure incubate
incubated incubates incubation incubators infernos infiltrator inflame ingestion ingrate inkwell inlaid inmost innit
insomniac insularity intercession interjection interlace interlink interlocked interlocks interplanetary
intersection intrepid intuit iodise ionise ionises ionizes ipecac irradiation itches jabot jackboot jackpots jalopy
janitor jargon javelin jelling jerkin jigsaws jinking jinni jinxing jitters jittery joggles jostle jovially jumbled
jumbo jumbos juror jurors kapok karakul karat karts kazoos kenning kestrel keyholes keypads kilned kilning kilter
kindling kingfisher kinglier kingmaker kinking kipping knackering knicker labium lairds lairs lambada lambent lame
lamed lament laments lampoon landline landslid landslip landslips lapels lasagne lasagnes lasses lassos latent
lawmaker lawman layman leafier leches lemma lessee leviathans lexis liaise lidos lifework lightship limbo limbos
limpid linage lineament liners lingo linnet lino lionise lipid livest lockouts looming loonie loopy lopped louts
louvre lowish lubes lucid lupus lyceums machetes madcap madly madman madness magenta magma magnesia magnetism
malaria mama mamas mambo mambos mamma mandala mandalas mandrakes mange mangy manics mannish manses mantel mantels
mantes mantissa mantle mantles mantoes mantra mantras maraca marts masts matador matadors matey matins mayfly
medulla mercuric mermen mesquite meteoric meteorite meteorites metric midday midst mileage miler milkmaids millet
minaret mincers minibikes minicab minim minions misdealt misdid misdo misers misery misfit mishap mishit mislay
misled missal miters mittens mixers moaned moaner moans moated modicum molar molars moldier molests moneymaker
moneymakers monger mongrel monies monocle moodier mooing moonlit moped moping mopped moppet moron morphed morphia
morphing morphs mortise moshed motet motets motherhood mottled mouldier moussed mover mudpack muftis mumble mushy
mussel mutest muzak myopic mythical naiver nebular nemeses neocon nestle neutrinos newest newscasters newscasts
newsreel nicer nicest nighthawks nightie nightshirt nippy nitre nodal noncom nosedived nosedives novelette
novelettes nuder nudest nukes oafish oared oarlock obsidian ocelot oddment odium offish oinking okras oldest oldie
oldies olfactory opium orangeades ordeal ordinals outburst outface outsell ovarian pacemakers padlock pageboy
paintbox pallor panders panoply pantie panties pappy parasol parlay parlor partook passel passim patchier payback
payouts peacemaker peacemakers pedants peerages penis penlight pennon perjury perming pertest pestle phonier
phosphoric phosphors photon photons pica pickpockets pillock pincer piney piper pipits pissing pitchfork pixies
plaint plaintive plaints plaited planar pleat plectrum plectrums plenary plexus plodder plonker plosive plutocrat
pokeys polarise polarised polarises polarity polarize polarizes polecats polestar polka pollard pollards polyglots
polymorphic pompom pompoms pontoon poplars poppy pored poseur postie pothook powerboats powerlessly prancer prat
prates preppy pressie prickles privet privets proctor pronghorn pronoun pronto prorate prorates protracted provident
prudent pubes pukes pulsate pulsated pulsates punnet punters puritan pushchair pustule quack quasar quatrain quaver
quavers quickfire quickie quicklime quiver racer ragas ragbag ragga raglan ragtag rainstorm ramble rancid rancour
ranter raptor raptures rarer raspier raspiest rasping rasps raspy rattan raver ravers reamed reamer reamers rebus
recants recap recces recedes recline reclined recliner reclines redcaps reddish redwood reeling reeve regalia reggae
rein relish remits renege reneges reorg reprise resilient resin resonated resonator respite respondent restive
retinue reused revel reverberate revile revue revved rhodium rhyming rinsing riper roadie roamer rodent roguish
romaine romper rotas rote rouse rout routs rove roved roves rowdier rower rowlock rubles ruckus ruder rugrat rumpus
rupees rupture ruses russet rustle sachet sachets sadism sadness safer sagest sagged salaam salience saltpeter
samosa samosas sampan sandbar sandlot sandpit sarcomas saris saver scapula scarper scarps scatterbrained
scatterbrains scavenge scavenged scavengers scavenges scepter schoolbags schoolbook schoolbooks schoolboy schooldays
scimitars scramble scrambling scramming scrimping scrota scrubber scrunch scrupling sculpting scupper sealant
secondhand secrecy seedbed seedier sellouts septa sepulchered sepulchers sepulchre sepulchred sepulchres sequin
serveries shack shacked shadier shambling shank shard shards sharia shariah sharpshooters shellfire shindigs
shinning shirk shoddier shootout shotgun showstopper shunned shutout sicken sickles sideshows sidesteps sidewall
sienna signet silage silica silicone silkier silos silverfishes simpleton simplex sinecure siphon sirloin sitars
sixpence sizer skidded skidpan skillet skimp skitter skitters skive skived skiver skivers skydiver skyjack skywriter
slake slicker slicks slideshow slier sliest slimier slither slitter slivered slivers slothful slough sloven slowpoke
slyer slyest smartened smartens smitten smolder smote snakebite snaky snapdragon snare snicked snivel snobs
snowdrift snowdrifts snowfall soapier soapy softy soggier soggy solace solarium sombre sonar songbird sonnet sootier
sopped soppier sordid sorghum soundbites soupier sourdoughs spacesuit spake spank spar sparkled sparkler sparkles
spars spatula spawns specters spectres speedup spellbind spellbinds spic spics spieling spiniest splatter splayed
splint splinted splinters splutter sporing sprier sprog spurn spymaster staider stampede stanchions starfruit steed
stenography stingier stinker stolider stoplight stowaways straps strata strays streaked streaker striation stridden
strident strides stripling strudel stunt sturdier suaver suckle suctions sulfur sulkier sulkily sulphuric summat
summitry summon sunburn sunburns sundown sunhat sunlit sunspots suntrap superhuman supermen supernovae superscript
superwoman suppler surefire surmise swallowtails swirling swisher swivel synapses systemic takeoff tamer tamest
tampered tandoori tangent tangle tannin tantrum tardy tarns taros tarpon tartan tasers tassel taters tattletale
taxicab taxman tealight teardrops temped tenet termini termites thorium throngs tickles tidal tiddler tiler timeworn
tinging tinted tinting titter titters toadstools toastmasters toddle toddled toddles toecap tollbooths tollgates
tomcat toolbox tootsie topee topically toppled topside torpid torrid torsion tortilla tortoiseshells totems totes
tousled townie toyboy tracksuit tragic trailblazers tramway transom trapdoor trawling treeline triage trickier
tricksters trier trimester triplet tripod tripos trisect tritest trivet trope tropes trouper tubers tuners tunnies
turban turbans tureen tutus tweed twitter twofer twopences typeface ultimatums umbrage unctions undercut untied
uppercuts upscale upstage upstate urine useless uterus utmost valance vale valence vales valet varmint vellum veneer
venomously veracious verger verging vermilion vesper vestige viler virago virgin visage vista vivacious vivas
voguish volition voodoos voter voyeurs wackos wafting wailing wainscots wanna wantoned wantonly warlocks warmth
watchword waterbed waterbeds waterboard waterier waterline waterlines waterspouts weedier weeper wellies wetland
wetlands whacked whimper whirlpools whitener whopper whops wider wienie wildcat wildcats wildfires wimpy wincing
windfall windscreen windscreens windshields windward wingtip winking winkle wisecrack wiser wisps wispy witchery
wolfish wolfram woodcraft woodwind woodworm wordier wormholes wraiths wreaks wretch yashmak zebus zeppelins zinging
zircons
`;
