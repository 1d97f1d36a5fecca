/** Words of everyday English in their base forms, m to z. */
export const commonWordsMToZ = `
machine mad made mafia magazine magic magician magistrate magnesium magnet magnetic magnificent magnitude magpie
maid mail mailman main mainland mainline mainstream maintain majestic majesty major majority make makeup male
malicious mall malvertising malware mammal mammoth man manage management mandarin mandate manga manganese mango
mania manifest manifesto manifold manipulate mankind manner manor mansion mantis manual manufacture manuscript many
map maple marathon marble march mare margin marina marine maritime mark market marmalade marriage married marry mars
marsh marshal marshmallow martial martyr marvel masculine mask mass massive master masterpiece mat match mate
material maternal maternity math mathematical mathematician mathematics matrix matter mattress mature maximal
maximum may maybe mayo mayor maze me meadow meal mean meaning meant meanwhile measure meat mechanic mechanical
mechanism medal media mediate mediation medicine medieval meditate medium meet mega melancholy melodic melody melon
melt member memoir memorable memorial memory menace mental mention mentor menu mercantile merchandise merchant
mercury mercy mere merit mermaid merry mess message messenger met meta metabolism metal metaphor meteor meter method
metre metro metropolis metropolitan mice micro microphone microscope microwave middle midnight might migrant migrate
mild mile militant military militia milk milkshake mill million mimic mind mine miner mineral miniature minimal
minimise minimize minimum mining minister ministry minor minority mint minus minute miracle mirage mirror miserable
misleading miss missile mission missionary mist mistake mistletoe mistress mitigation mix mixture mob mobile
mobilise mobilize mock mode model moderate modern modest modification modify module moist moisture mole molecular
molecule mom moment momentum monarch monarchy monastery monday monetary money mongol monk monkey monopoly monsoon
monster month monument monumental mood moon moonlight moonshine moose moral morale more morning morse mortal
mortgage mosaic mosque mosquito moss most moth mother motion motivate motive motor motorbike motorcycle motorway
motto mound mount mountain mourn mouth move movement movie mow much mud muesli muffin mug mule multimedia
multinational multiple multiply mum municipal municipality murder muscle muscular museum mushroom music musical
musician must mustard mutant mutation mute mutual my myself mysterious mystery mystic myth mythology nachos nail
naked name nap napkin narrate narrative narrow nasal nasty nation national native nato natural nature naughty naval
navigate navy near nearby neat nebula necessary necessity neck necklace need needle negative neglect negligible
negotiate neighbor neighbour neither nemesis nephew neptune nerve nervous nest net neural neurons neutral neutron
never new newborn newcomer news newspaper next nexus nice niche nickel niece night nightclub nightgown nightmare
nine nineteen ninety ninja ninth nitro nitrogen no nobel nobility noble nobody nocturnal nod noise nomadic nominal
nominate nominee none nonetheless nonsense noodle noon nope nor norm normal norms north northeast northern northwest
nose nostalgia not notable notation note notebook noted nothing notice notify notion notorious nought nourish nova
novel novelist novelty november now nowadays nowhere nuclear nude nuisance null number numeric numerical numerous
nun nurse nut nutmeg nutrition oak oasis oatcake oath oatmeal obey obfuscate obituary object objective obligation
oblige oblique obscene obscure observation observatory observe obsess obsolete obstacle obtain obvious occasion
occasional occupant occupation occupy occur occurrence ocean oct octave october octopus odd odyssey of off offence
offend offense offer officer official offset offspring often oil ok okay old olive olympic omega omelette omit on
once one ongoing onion only onset onto onward oops opal opaque open opera operate operational opinion opponent
opportunity oppose opposite oppress optical optimal optimise optimism optimize option optional or oral orange orbit
orbital orchard orchestra orchid ordain order ordinance ordinary ore oregano organ organic organise organize orient
oriental orientation origin original originate ornament orphan orthodox ostrich other otherwise otter ought our ours
ourselves out outbound outbreak outcome outcry outdated outdoor outer outfit outgoing outlaw outlet outline
outnumber output outrage outreach outright outside outskirts outstanding outward oval oven over overall overboard
overcome overcrowd overhaul overhead overlap overload overlook overnight overseas oversee oversight overt overthrow
overtime overturn overview overwhelm owe owl own owner oxford oxygen oyster ozone pace pack package packet pact pad
paddle pagan page pageant paid pain paint painter painting pair pajama pajamas palace pale palette palm pamphlet pan
pancake panda pandemic panel panic panorama panther pants papacy papal paper paperclip paprika par parachute parade
paradigm paradise paradox paragraph parallel paralyse parameter paranoid parasite parcel pardon parent parental
parish parity park parking parliament parliamentary parody parrot parsing parsley parsnip part partial participant
participate particle particular partisan partition partner partnership party pass passage passenger passion passive
passport past pasta paste pastime pastor pastoral pastry patchwork patent paternal path pathology patience patient
patriarch patriot patrol patron pattern pause pavement pavilion paw pay payload payment pea peace peach peacock peak
peanut pear pearl peasant pebble peculiar pedal pedestrian peer pelican pen penal penalty pencil penetrate penguin
peninsula penny pension pentagon people pepper per perceive percent perception perfect perform performance perfume
perhaps peril period periodic peripheral permanent permission permit perpetual persecute persist persistence person
persona personal personality perspective persuade persuasion pertinent pervasive pest pet petal petition petrol
petroleum phantom pharaoh pharmacy phase phenomena phenomenon philosopher philosophy phish phishing phoenix phone
phosphorus photo photograph photographer photographic phrase physical physician physicist physics physiology pianist
piano pick pickaxe pickle picnic picture pie piece pier piety pig pigeon pile pilgrim pill pillar pillow pilot pin
pinball pine pineapple pink pinnacle pint pinwheel pioneer pipe piracy pirate pistachio piston pit pitch pity pivot
pizza place plague plain plaintiff plan plane planet planetary plank planner plant plantation plaque plasma plaster
plastic plate plateau platform platinum play playback playboy player playground playlist playoff playpen plea plead
pleasant please pleasure pledge plenty plight plot plow plug plum plumber plunge plural plus plywood pneumonia
pocket podium poem poet poetic poetry pogo point poison poker polar pole polemic police policeman polish polite
political politician politics poll pollution polymer pomegranate pond pontiff pony ponytail pool poor pop popcorn
pope popular populate population porch porcupine pork porridge port portable porter portfolio portion portrait
portray pose position positive posse possess possibility possible post postcard postcode poster posterior postman
postpone posture pot potassium potato potent potential potluck pottery pound pour poverty powder power powerful
practical practice pragmatic prairie praise prawn pray prayer precede precedent precinct precious precipitation
precise precision predator predecessor predict predominant preface prefecture prefer preference prefix pregnancy
pregnant prehistoric prejudice preliminary prelude premier premiere premise premium preparation prepare prerequisite
prescribe prescription presence present presentation preservation preserve presidency president presidential press
pressure prestige prestigious presume pretend pretty prevail prevalent prevent preview previous prey price pride
priest primarily primary primate prime primitive prince princess principal principality principle print printing
prior prism prison prisoner pristine privacy private privilege prize pro probability probable probably probe problem
procedure proceed proceeding process proclaim procrastinate produce producer product production productive
profession professional professor profile profit profound program programme progress prohibit project projection
prolific prologue prolong prominence prominent promo promote promotion prone pronounce proof propaganda propagate
propel proper property prophecy prophet proportion proposal propose proposition prosecute prosecutor prospect
prosper prosperity protagonist protect protective protector protein protest protocol proton proud prove provide
providence provider province provincial provision provisional provoke proximity prune pseudonym psychiatry psychic
psychology public publication publicity publish publisher pudding puddle pulp pulse puma pump pumpkin punch punctual
punish punishment punk pupil puppet puppy purchase pure purge purity purple purpose purse pursue pursuit push put
puzzle pyramid quad qualify quality quantitative quantity quantum quarrel quarry quarter quarterback quartet quasi
queen query quesadilla quest question questionnaire quick quicksand quiet quilt quit quite quiz quota quotation
quote rabbi rabbit raccoon race racial racism racist radar radial radiate radiation radiator radical radio radish
radium radius raft rage raid rail railroad railway rain rainbow raincoat raindrop raise raisin rally rambling ramp
rampage rampant ramsay ran ranch random rang range rank ransom ransomware rap rapid rapper rapport rare rash
raspberry rat rate rather ratify rating ratio rational rattle rattlesnake raven ravine ravioli raw ray razor reach
react reactor read ready real realise reality realize really realm reap reaper rear reason reasonable rebel
rebellion rebound rebuild rebuke recall receipt receive receiver recent reception recess recession recipe recipient
reciprocal recital reckless reckon reclaim recognise recognition recognize recommend reconcile reconnaissance
reconstruct record recount recourse recover recreation recruit rector recur recycle red redeem redhead redirect
reduce redundant reed reef refer referee referendum refine reflect reflection reflective reform refresh refrigerator
refuge refugee refund refusal refuse regain regard regime regiment region regional register registration registry
regret regular regulate regulation regulatory rehearsal rehearse reign reindeer reinforce reissue reject relate
relationship relative relax relay relentless relevance relevant reliable relic relief religion relinquish relocate
reluctance reluctant rely remain remainder remark remarkable remediation remedy remember remind remix remnant
removal remove renaissance rename renew renown renowned rent repair repeat replace replica replicate reply report
reporter represent representative repress reproduce reptile republic republican reputation request require rescue
research resemble reserve reservoir reside residence resident residential residue resign resilience resist
resistance resolution resolve resonance resort resource respect respond response responsible restaurant restoration
restore restraint restrict restriction result resume resurrect resurrection retail retain retaliate retention retire
retrieve retro retrospect return reunion reunite reveal revelation revenge revenue reverse revert review revise
revive revolt revolution revolutionary reward rewritten rhetoric rhine rhino rhythm rib ribbon rice rich rid riddle
ride ridge ridiculous rifle right rigid rigorous rim ring riot ripe ripple rise risen risk risotto rite ritual rival
river riverside road roar roast rob robber robe robin robot robust rock rocket rocky rod rogue role roll roller
rollercoaster romance romantic roof rook rookie room root rootkit rope rose rotate rotation rotor rotten rouge rough
round route routine rover row royal royalty rub rubber rubbish ruby rude rug rugby ruin rule ruler rumble rumor
rumour run runaway runtime runway rural rush russia ruthless sabbath sabre sack sacred sacrifice sad saddle safe
safety saffron saga sage said sail sailor saint sake salad sale salmon salon salsa salt salvage salvation same
sample samurai sanction sanctuary sand sandal sandbox sandcastle sandstorm sandwich sandy sapphire sarcasm sardine
sat satan satellite satire satisfaction satisfy saturday saturn sauce saucepan sausage savage save savvy saw
saxophone say scale scam scan scandal scar scarab scarce scare scarecrow scarf scarlet scatter scenario scene
scenery scenic sceptical schedule scheme scholar scholarship school science scientist scissors scold scoop score
scorpion scotland scout scrap scrape scratch scream screen screenplay screw scripture scroll scrutiny sculptor
sculpture sea seafood seagull seahorse seal search seaside season seasonal seat second secret secretary sect section
sectional sector secular secure security sedan sediment see seed seek seem seesaw seize seldom select selection
selective self selfish sell seller semi semifinal seminar seminary senate senator send senior sensation sense
sensible sensitive sensor sensory sentence sentiment separate september sequel sequence sequential serene serial
series serious sermon serpent servant serve service set setting settings settle settlement settler setup seven
seventeen seventh seventy several severe sew sewage sewer sex sexual shade shadow shaft shake shall shallow shaman
shame shampoo shape share shark sharp shatter shave she shed sheep sheer sheet sheikh shelf shelter shepherd sheriff
shield shift shine ship shipment shipyard shirt shiver shock shoe shoelace shoot shop shopping shore short shortage
shortcut shorthand shortly shorts should shoulder shout shovel show shower shred shrimp shrine shrink shrub shrug
shut shutdown shutter shuttle shy sibling sick side sidebar sidewalk siege sierra siesta sigh sight sigma sign
signal signature significance significant silence silent silhouette silicon silk silly silver similar similarity
simple simplify simulate simulation simultaneous sin since sincere sing singer single singular sinister sink sip sir
siren sister sit site situated situation six sixteen sixth sixty size skate skateboard skating skeleton skeptical
sketch ski skies skill skin skinny skip skipper skirmish skirt skull sky skyline slam slang slap slate slaughter
slave slavery sleep sleepy sleeve sleigh slender slice slide slight slim sling slingshot slip slipper slogan slope
slot slow sludge slug slum slump sly smackdown small smart smash smell smile smith smoke smooth smuggle snack snail
snake snap snapshot snatch sneak sneeze sniff sniper snooze snorkel snout snow snowball snowflake snowman snowmobile
so soap soar sob sober soccer social socialist society sociology sock soda sodium sofa soft software soil solar sold
soldier sole solemn solid solidarity solitary solo soloist solution solve some somebody somehow someone something
sometimes somewhat somewhere son song sonic soon sophisticated soprano sore sorrow sorry soul sound soup sour source
south southeast southern southwest souvenir sovereign space spaceship spade spain span spare spark sparrow sparta
spartan spatial speak speaker spear spearphishing special specialist species specific specification specify specimen
spectacle spectacular spectator spectral spectrum speculate speech speed spell spend sphere sphinx spice spicy
spider spike spill spin spinach spine spiral spire spirit spit splash split spoil spoke spokesman sponge sponsor
spontaneous spoof spoon sporadic sport spot spotlight spouse spray spread spring springtail sprinkler spruce spur
spy spyware squad squadron square squash squeeze squid squirrel stab stability stable stadium staff stage stagger
stain stair staircase stake stakeholder stalk stall stamp stand standard standpoint star stare starfish start
startle starve state statement static station stationary statistic statistics stats statue status statute stay
steady steak steal stealer steam steel steep steer stellar stem step stepmother stereo sterling steward stick
sticker sticky stiff stigma still stimulate stimulus sting stipulate stir stitch stock stocking stoke stole stomach
stone stood stool stop stopwatch store storey stork storm story stove straight strain strait strand strange stranger
strategic strategy straw strawberry stream street strength stress stretch strict strife strike striker striking
string stringent strip stripe strive stroke stroll strong stronghold structural structure struggle stubborn student
studio study stuff stumble stun stunning stupid style stylish stylistic subdivide subject submarine submission
submit subordinate subscribe subscription subsequent subset subsidiary subsidy substance substantial substantive
substitute subtle suburb suburban subway succeed success succession successive successor such suck sudden suffer
suffice sufficient suffrage sugar suggest suggestion suicide suit suitable suitcase suite sulphur sum summary summer
summit sun sunday sunflower sunglasses sunk sunlight sunrise sunscreen sunset sunshine super superb superficial
superhero superintendent superior superiority superman supermarket supernatural supernova superstar supervise
supervisor supper supplement supply supporter suppose suppress supreme sure surf surface surfer surge surgeon
surgery surname surpass surplus surprise surrender surrogate surround surroundings surveillance survey survival
survive survivor susceptible sushi suspect suspend suspense suspicion suspicious sustain sustainable swallow swamp
swan swap swarm swear sweat sweater sweep sweet swim swing switch sword swordfish sworn syllable symbol symbolic
symmetric symmetry sympathetic sympathy symphony symposium symptom synagogue syndicate syndrome synonym synth
synthesis synthetic syrup system systematic table tablet taboo tackle taco tactic tactical tail tailor take takedown
tale talent talk tall tally tambourine tangerine tango tank tap tape target tariff tart task taste tax taxi taxonomy
taxpayer tea teach teacher teacup team teammate teapot tear tease teaspoon teatime tech technical technician
technique technology tedious teenager telegram telegraph telephone telescope television tell temper temperature
temple tempo temporal temporary tempt ten tenant tend tendency tender tennis tenor tense tensor tent tentative tenth
tenure term terminate terminology terrace terrain terrestrial terrible terrific territory terror terrorism terrorist
test testament testify testimony text textbook textile texture than thank thanksgiving that thaw the theater theatre
theft their theirs them thematic theme themselves then theology theorem theoretical theorist theory therapist
therapy there thereby therefore thereof thermal thermometer these thesis they thick thief thigh thimble thin thing
think third thirst thirsty thirteen thirty this thor thorn thorough those thou though thought thoughtful thousand
thread threat threaten three threshold threw thrill thriller thrive throat throne through throughout throw thrown
thrust thug thumb thumbtack thunder thunderstorm thursday thus thyme tick tide tidy tie tiger tight tile till tilt
timber time timeline timetable tin tiny tip tire tissue titan title to toast tobacco today toddler toe toffee tofu
together toilet told tolerance tolerate toll tomato tomb tomorrow ton tone tongue tonic tonight too took tool tooth
toothbrush toothpaste toothpick top topic topography topology torch torment torn tornado torpedo torque tortoise
torture toss total touch tough tour tourist tournament tow toward towards towel tower town toxic toy trace track
tract tractor trade trademark trader tradition traffic tragedy trail train trainer trait traitor trajectory tram
tramp trampoline tranquil transaction transcribe transcript transfer transform transformation transit transition
translate translation transmission transmit transparent transplant transport transverse trap trash trauma travel
traveler traveller tray treadmill treason treasure treasurer treasury treat treatment treaty tree trek tremble
tremendous trench trend trendy trespass triad trial triangle tribal tribe tribunal tribute trick tricycle trident
trigger trilogy trim trinity trio trip triple triumph triumphant trivia trivial trojan troll trolley trombone troop
trophy tropical trouble trousers trout truce truck true trumpet trunk trust truth try tsar tsunami tube tuesday
tugboat tuition tulip tumble tumor tumour tuna tune tunnel turbine turbo turbulent turf turkey turmeric turmoil turn
turnip turnout turnover turquoise turtle tutor tutorial tuxedo twelve twenty twice twilight twin twist two tycoon
type typewriter typhoon typical tyrant ubiquitous ugly ukulele ultimate ultra umbrella umpire unable unanimous
unaware uncertain uncle under undergo undergraduate underground underlying undermine underneath understand undertake
underwear undesirable undo unfamiliar unfold unfortunate unicorn uniform unify uninterested union unique unit unite
universal universe university unknown unless unlike unlock unnamed unprotected unsafe unseen unstable until unused
unusual up upbringing upcoming uphold upon upper upright uprising upset upstairs upstream uptown uranium urban urge
urgent us usable usage use useful user usher usual utilise utility utilize utter vacant vaccine vacuum vague valiant
valid validate valley valuable value vampire van vandal vandalism vanguard vanilla vanish vanity vapor variable
variance variant variation variety various vary vase vast vault vector vegas vegetable vegetarian vehicle veil vein
velocity velvet vendetta vengeance venom vent venture venue venus verb verbal verbatim verdict verify verse version
versus vertex vertical very vessel vest veteran veto via viable vibrant vicar vice viceroy vicinity vicious victim
victor victorian victory videogame view vigorous viking villa village villain vine vinegar vineyard vintage viola
violate violation violence violet violin viper virtual virtualization virtually virtue virtuous virus visa viscount
visibility visible vision visit visitor visual vital vitamin vivid vocabulary vocal vocalist vocation voice void
volatile volcanic volcano volleyball volt voltage volume volunteer vortex vote voucher vow voyage vulgar vuln
vulnerabilities vulnerability vulnerable vulture waffle wage wagon waist wait waiter waitress waive wake walk
walkway wall wallet walnut walrus waltz wander want war ward warden wardrobe ware warehouse warfare warlord warm
warn warp warrant warranty warrior warship was wash washcloth washing wasp waste wasteland watch watchdog water
waterfall watermelon watershed waterslide wave wax way we weak weaken wealth wealthy weapon weaponry wear weasel
weather weave web wedding wedge wednesday weed week weekday weekend weekly weigh weight weird welcome weld well went
were west western wet whale what whatever wheat wheel wheelbarrow wheelchair when whenever where whereas whereby
wherein whereupon wherever whether which whig while whim whip whirl whisker whisper whistle white who whole
wholesale whom whose why wicked wicket wide widespread widow width wife wiki wikipedia wild wilderness wildlife will
willing willingness willow win wind windmill window wine winery wing winner winter wipe wiper wire wisdom wise wish
wishbone wit witch with withdraw within without withstand witness witty wizard wolf woman women won wonder wonderful
wondrous wood wooden woodland woodpecker woodpile woody wool word wore work worker workforce workload workplace
workshop world worldwide worm worry worse worship worst worth worthless worthy would wound wow wrap wrath wreath
wreck wrestle wrist wristwatch write writer wrong wrote xylophone yacht yard yawn yeah year yearbook yearly yeast
yell yellow yep yes yesterday yet yield yodel yoga yogurt you young your yours yourself youth youthful zeal zealous
zebra zen zenith zero zeroday zinc zipper zombie zone zoo zucchini
`;
