/**
 * Words of everyday English in their base forms. They veto: a word of this list is never taken for a misspelt name,
 * and a name that is such a word ("Snake", "Cobalt") counts only alone or with words of the field around it.
 */
const baseWords = `
a able about above abroad absent accept access accident account ache achieve acid across act action active actor actual
add address adjust admin admit adopt adult advance advantage adventure advice advise affair affect afford afraid africa
after afternoon again against age agency agenda agent ago agree ahead aid aim air airline airplane airport alarm album
alcohol alert alien alike alive all alley allow almond almost alone along alpha already also alter alternative although
always am amateur amazing ambition ambulance america among amount ample amuse an analyse analysis analyst analyze
ancestor anchor ancient and angel anger angle angry animal ankle anniversary announce annoy annual another answer ant
antelope anxiety anxious any anybody anymore anyone anything anyway anywhere apart apartment apologise apologize
apology apparent appeal appear appearance apple application apply appoint appointment approach approve april apron arch
archer archive area arena argue argument arise arm army around arrange arrest arrive arrow art article artist as ash
aside ask asleep aspect assemble assess asset assign assist assistant associate assume assure at athlete atlas atom
attach attack attempt attend attention attic attitude attorney attract auction audience audio audit august aunt aura
australia author auto automatic autumn available avenue average avoid awake award aware away awesome awful awkward axe
axiom baby bachelor back background backpack backup backyard bacon bad badge badger bag bait bake baker balance balcony
bald ball ballet balloon bamboo ban banana band bandage bandit bank bar barbecue barber bare bargain bark barley barn
baron barrel barrier base baseball basement basic basil basin basis basket basketball bass bat batch bath bathroom
battery battle bay bazaar be beach bead beagle beam bean bear beard beast beat beautiful beauty beaver became because
become bed bedroom bee beef been beer beet beetle before beg began begin behave behaviour behavior behind being belief
believe bell belly belong below belt bench bend beneath benefit berry beside best bet better between beyond bicycle big
bike bill billion bin bind biology bird birth birthday biscuit bishop bit bite bitter bizarre black blackboard
blackbird blade blame blank blanket blast blaze bleed blend bless blew blind blink blizzard block blonde blood bloom
blossom blow blown blue blueberry blueprint board boat body boil bold bolt bomb bone bonus book bookcase bookshop boom
boost boot border bore born borrow boss both bother bottle bottom bounce boundary bow bowl bowling box boy boyfriend
bracelet brain brake branch brand brass brave bread break breakfast breast breath breathe breed breeze brew brick bride
bridge brief bright brilliant bring britain broad broadcast broccoli broke broken bronze broom brother brought brown
browse browser bruise brush bubble bucket buckeye bud buddy budget buffalo bug build builder building bulb bull bullet
bulletin bump bunch bundle bunny burden burger burn burst bury bus bush business busy but butcher butter butterfly
button buy buyer buzz by bye cab cabbage cabin cabinet cable cactus cafe cage cake calcium calculate calendar call calm
camel camera camp campaign campus can canada canal cancel cancer candidate candle candy cannon cannot canoe canvas cap
capable capacity cape capital captain caption capture car caravan carbon card cardinal care career careful careless
carpet carrier carrot carry cart cartoon carve cascade case cash cashier castle cat catch category caterpillar cathedral
cattle cause caution cave cease ceiling celebrate cell cellar cement cent center centre central century ceramic cereal
ceremony certain certificate chain chair chairman chalk challenge chamber champagne champion chance change channel
chaos chapel chapter character charge charity charlie charm chart chase chat cheap cheat check cheek cheer cheese cheetah
chef chemical chemist chemistry cherry chess chest chestnut chew chicken chief child childhood children chill chimney
chin china chip chocolate choice choir choke choose chop chorus chose christmas chrome church cicada cigarette cinema
circle circuit circus citizen city civil claim clap clarify class classic classmate classroom clay clean clear clerk
clever click client cliff climate climb clinic clip cloak clock clone close cloth clothes cloud clover clown club clue
coach coal coast coat cobalt cobra cobweb cocktail cocoa coconut code coffee coffin coin cold collar colleague collect
collection college collide colony colour color column comb combine come comedy comet comfort comfortable comic command
comment commerce commit committee common communicate community company compare compass compete competition compile
complain complete complex compliment compose compost compound comprehensive computer con concentrate concept concern
concert conclude concrete condition conduct cone conference confidence confident confirm conflict confuse confusion
congratulate connect connection conscious consent consider consist console constant construct consult consumer contact
contain container content contest context continue contract contrast contribute control convenient convention
conversation convert convince cook cooker cookie cool cooper cooperate cope copper copy coral core corn corner corporate
correct corridor cost costume cottage cotton couch cough could council counsel count counter country county couple
coupon courage course court cousin cover cow coward cowboy coyote crab crack craft crane crash crayon crazy cream create
creative creature credit creek creep crew crib cricket crime criminal crimson crisis crisp critic critical crocodile
crop cross crow crowd crown crucial cruel cruise crumb crush crust cry crystal cube cucumber cuba culture cup cupboard
curb cure curious curl currency current curry curse curtain curve cushion custom customer cut cute cyber cycle cyclone
dad daily dairy daisy damage damp dance danger dangerous dare dark darkness darling dart dash data database date daughter
dawn day daylight dead deadline deaf deal dealer dear death debate debt decade december decide decimal decision deck
declare decline decorate decrease deep deer default defeat defence defend defense define degree delay delete deliberate
delicate delicious delight deliver delivery delta demand demo democracy demon demonstrate dense dentist deny depart
department depend deploy deposit depress depth deputy derive descend describe description desert deserve design designer
desire desk desktop despair desperate despite dessert destination destroy detail detect detective determine develop
developer device devil devote dew diagram dial dialogue diamond diary dictionary did die diet differ difference different
difficult difficulty dig digest digital dignity dilemma dim dine dining dinner dinosaur diploma direct direction director
dirt dirty disable disagree disappear disappoint disaster disc discipline discount discover discuss discussion disease
dish dishwasher disk dislike dismiss display dispute distance distant distinct distribute district disturb dive diver
divide division divorce dizzy do dock doctor document does dog doll dollar dolphin domain dome domestic dominate donate
done donkey door doorbell dose dot double doubt dough dove down download downstairs downtown dozen draft drag dragon
dragonfly drain drama draw drawer drawing dream dress drift drill drink drip drive driver driveway drone drop drove drown
drug drum drunk dry duck due dull dumb dump dune during dusk dust duty dwarf dye dynamic each eager eagle ear early earn
earring earth earthquake ease east eastern easter easy eat echo eclipse ecology economy edge edit editor educate education
effect effective efficient effort egg eight eighteen eighty either elbow elder elect election electric electrician
electricity element elephant elevator eleven eligible eliminate elite else elsewhere email embarrass embassy ember embrace
emerald emerge emergency emotion emperor emphasis empire employ employee employer empty enable encounter encourage end
enemy energy engage engine engineer england english enjoy enormous enough ensure enter enterprise entertain enthusiasm
entire entrance entry envelope environment envy epic episode epoch equal equation equip equipment era eraser error
escalator escape especially essay essential establish estate estimate eternal europe evaluate even evening event
eventually ever every everybody everyday everyone everything everywhere evidence evil evolve exact exam examine example
excel excellent except exception excess exchange excite exclude excuse execute exercise exhaust exhibit exist exit exotic
expand expect expense expensive experience experiment expert expire explain explode explore export expose express
extend extension external extra extreme eye eyebrow fable fabric face facility fact factor factory fade fail failure
faint fair fairy faith fake falcon fall false fame familiar family famous fan fancy fantastic fantasy far fare farm
farmer fashion fast fasten fat fatal fate father fault favour favor favourite favorite fear feast feather feature
february fed federal fee feed feel feet feline fell fellow felt female fence fern ferret ferry festival fetch fever few
fiber fibre fiction field fierce fifteen fifth fifty fig fight figure file fill film filter fin final finance financial
find fine finger finish fire fireman fireplace firefly firework firm first fish fisherman fist fit five fix flag flame
flamingo flannel flap flash flat flavour flavor flea fleet flesh flew flexible flight float flood floor florist flour
flow flower flu fluid flute fly foam focus fog fold folk follow food fool foot football footprint for forbid force forecast
forehead foreign forest forever forge forget forgive fork form formal format former formula fort fortnight fortune forty
forum forward fossil foul found foundation fountain four fourteen fourth fox frame france freak free freedom freelance
freeze freezer freight french frequency frequent fresh friday fridge friend friendly friendship fright frog from front
frost frown frozen fruit frustrate fry fuel fulfil full fun function fund fundamental funeral fungus funny fur furniture
further fury fuse fusion future gain galaxy gale gallery gallium gallon game gamma gang gap garage garbage garden gardener
garlic gas gasoline gate gather gauge gave gazelle gear gecko geese gem gender general generate generation generous genius
gentle gentleman genuine geography geometry germany gesture get ghost giant gift ginger giraffe girl girlfriend give
glacier glad glance glass global globe gloom glory glove glow glue go goal goat goblin god gold golden goldfish golf gone
good goodbye goodness goods goose gorilla gossip govern government grab grace grade gradual graduate grain grammar grand
grandfather grandma grandmother grandpa grandparent granite grant grape graph graphic grasp grass grasshopper grateful
grave gravity gravy gray grease great greed greedy green greenhouse greet grey grief grill grim grin grind grip groan
grocery groom ground group grow growth guarantee guard guess guest guide guilty guitar gulf gull gum gun gust gut guy gym
habit had hail hair haircut hairdresser half hall hallway ham hamburger hammer hamster hand handbag handkerchief handle
handsome handy hang happen happy harbour harbor hard hardly hardware hare harm harmony harsh harvest has hat hatch hate
haul haunt have hawk hay hazard haze hazel he head headache headline headphone headquarters heal health healthy heap hear
heart heat heater heaven heavy hedge hedgehog heel height helicopter helium hell hello helmet help hen her herb herd here
heritage hermit hero heron herself hesitate hexagon hey hide high highlight highway hike hill him himself hint hip hippo
hire his history hit hive hobby hockey hold hole holiday hollow holly holy home homework honest honey honeybee honeymoon
honour honor hood hook hop hope horizon horn hornet horrible horror horse hose hospital host hostel hot hotel hound hour
house household housewife how however hub hug huge human humble humid humour humor hundred hung hunger hungry hunt hunter
hurricane hurry hurt husband hut hydrogen hyena i ice iceberg icicle icon idea ideal identify identity idiot idle idol if
ignore ill illegal illness illustrate image imagine imitate immediate immense immune impact implement imply import
important impossible impress improve impulse in inbox inch incident include income increase incredible indeed independent
index india indicate indigo individual indoor industry inevitable infect infer infinite influence inform information
ingredient inherit initial injure injury ink inn inner innocent innovation input inquire insane insect insert inside insight
insist inspect inspire install instance instant instead institute instruct instrument insult insurance intelligence
intelligent intend intense intent interact interest interface interfere interior internal international internet interpret
interrupt interval interview into introduce invade invent invest investigate invisible invite invoice involve ireland iris
iron ironic is island isle issue it italy item its itself ivory ivy jackal jacket jade jaguar jail jam january japan jar
jasmine jaw jazz jealous jeans jelly jellyfish jet jewel jewelry job jog join joint joke joker jolly journal journalist
journey joy judge judgment juice july jump june jungle junior jupiter jury just justice justify kangaroo karate keen keep
kennel kept kettle key keyboard kick kid kidney kill kilo kilometre kilometer kind king kingdom kiss kit kitchen kite
kitten kiwi knee kneel knew knife knight knit knock knot know knowledge known koala kraken label laboratory labour labor
lace lack lad ladder lady ladybug lake lamb lamp lance land landlord landscape lane language lantern lap laptop large lark
laser last late later laugh laughter launch laundry lava lavender law lawn lawyer lay layer layout lazy lead leader leaf
league leak lean leap learn lease least leather leave lecture led left leg legacy legal legend leisure lemon lend length
lens lentil leopard less lesson let letter lettuce level liberty library licence license lick lid lie life lift light
lightning like lilac lily limb lime limit limp line linen lion lip lipstick liquid list listen literature litter little
live lively liver living lizard load loaf loan lobby lobster local locate location lock locker locust loft log logic
lonely long longhorn look loop loose lord lorry lose loss lost lot lotus loud lounge love lovely lover low loyal luck
lucky luggage lunar lunch lung lurid lurk luxury lynx lyric machine mad made magazine magic magician magnesium magnet
magnificent magpie maid mail main maintain major majority make male mall mammal man manage management manager mandarin
manganese mango manner mantis manual manufacture manuscript many map maple marathon marble march mare margin marine mark
market marriage married marry mars marsh marvel mask mass massive master mat match mate material math mathematics matrix
matter mattress mature maximum may maybe mayor maze me meadow meal mean meaning meant meanwhile measure meat mechanic
medal media medicine medium meet meeting mega melody melon melt member memory mental mention menu merchant mercury mercy
mere merge merit mermaid merry mess message messenger met metal meteor meter method metre mice microphone microscope
microwave middle midnight might migrate mild mile military milk mill million mind mine mineral minimum minister minor mint
minus minute miracle mirage mirror miserable miss missile mission mist mistake mix mixture mobile model moderate modern
modest modify moist moisture mole mom moment monday money monitor monk monkey monsoon monster month monument mood moon
moonlight moose moral more morning mortgage mosquito moss most moth mother motion motive motor motorbike motorcycle
motorway mount mountain mouse mouth move movement movie mow much mud muddy muffin mug mule multiple multiply mum murder
muscle museum mushroom music musical musician must mustard mute mutual my myself mystery mystic myth nail name nap napkin
narrow nasty nation national native natural nature naughty near nearby neat necessary neck necklace need needle negative
neglect negotiate neighbour neighbor neither nephew neptune nerve nervous nest net network neutral never new newcomer news
newsletter newspaper next nice nickel niece night nightmare nine nineteen ninety nitro no noble nobody nod noise none
noodle noon nor normal north northern nose not note notebook nothing notice notify notion nova novel november now nowhere
nuclear number numerous nurse nut oak oasis obey object objective obligation oblige observe obstacle obtain obvious
occasion occupy occur ocean october octopus odd of off offence offend offense offer office officer official often oil ok
okay old olive olympic omega omelette on once one onion online only onto opal open opera operate opinion opponent
opportunity oppose opposite optical optimism option or oracle oral orange orbit orchard orchestra orchid order ordinary
ore organ organic organise organize oriental origin original ostrich other otherwise otter ought our ours ourselves out
outcome outdoor outer outfit outgoing output outside outstanding oval oven over overall overcome overlook overnight
overseas overtime owe owl own owner oxygen oyster pace pack package packet pad page paid pain paint painter painting pair
pajamas palace pale palm pan pancake panda panel panic panther pants paper parade paradise paragraph parallel parcel
pardon parent park parking parliament parrot part participate particular partner party pass passage passenger passion
passive passport password past pasta paste pastry patch patchwork path patience patient patrol pattern pause pavement paw
pay payment pea peace peach peacock peak peanut pear pearl pebble pedal pelican pen penalty pencil penguin pension people
pepper per perceive percent perfect perform performance perfume perhaps period permanent permission permit persist person
personal personality persuade pest pet petal petrol pharmacy phase phoenix phone phosphorus photo photograph photographer
phrase physical physics piano pick pickaxe pickle picnic picture pie piece pier pig pigeon pile pilgrim pill pillar pillow
pilot pin pine pineapple pink pint pioneer pipe pirate pitch pity pizza place plague plain plan plane planet plank plant
plaster plastic plate platform platinum play player playground pleasant please pleasure plenty plot plow plug plum plumber
plus pocket poem poet poetry point poison polar pole police policeman policy polish polite political politician politics
poll pollution pond pony pool poor pop pope popcorn popular population porch pork porridge port portable porter portion
portrait position positive possess possible possibility post postcard poster postman postpone pot potato potassium potential
pottery pound pour poverty powder power powerful practical practice praise prawn pray prayer precious precise predator
predict prefer pregnant premier premium prepare presence present president press pressure pretend pretty prevent previous
prey price pride priest primary prime prince princess principal principle print printer prior prison prisoner private
prize probably problem procedure proceed process procrastinate produce producer product production profession professional
professor profile profit program programme progress project promise promote prompt pronounce proof proper property
proposal propose protect protein protest proud prove provide province prune public publish pudding puddle pull pulse puma
pump pumpkin punch punish pupil puppet puppy purchase pure purple purpose purse pursue push put puzzle pyramid python
qualify quality quantity quarrel quarter queen question queue quick quiet quilt quit quite quiz quota quote rabbit raccoon
race rack radar radiator radio radish radium raft rage rail railway rain rainbow raincoat raise raisin rally ram ramp ran
random rang range rank rapid rare rash raspberry rat rate rather ratio rattle rattlesnake raven raw ray razor reach react
read ready real realise reality realize really reap reaper rear reason reasonable rebel recall receipt receive recent
reception recipe reckon recognise recognize recommend record recover recruit recycle red reduce reef refer referee reflect
reform refresh refrigerator refund refuse regard region register regret regular regulate reindeer reject relate
relationship relative relax release relevant relief religion reluctant rely remain remark remember remind remote remove
renew rent repair repeat replace reply report represent reptile republic reputation request require rescue research
resemble reserve reservoir resident resign resist resolve resort resource respect respond response responsible rest
restaurant restore restrict result resume retail retire return reveal revenge reverse review revise revolution reward
rhino rhythm rib ribbon rice rich rid riddle ride ridge ridiculous rifle right ring riot ripe ripple rise risk ritual rival
river road roar roast rob robber robin robot rock rocket rocky rod role roll romance romantic roof rook room root rope rose
rotate rotten rough round route routine row royal rub rubber rubbish ruby rude rug rugby ruin rule ruler rumour rumor run
runner runway rural rush russia rust sabre sack sacred sacrifice sad saddle safe safety saffron saga sage said sail sailor
saint sake salad salary sale salmon salon salt same sample sand sandal sandstorm sandwich sandy sapphire sarcasm sardine sat
satellite satisfaction satisfy saturday sauce saucepan sausage savage save saw say scale scandal scar scarab scare scarf
scarlet scatter scene scenery scenic schedule scheme scholar school science scientist scissors scold scoop scope score
scorpion scotland scout scrape scratch scream screen screw script sculpture sea seafood seagull seal search season seat
second secret secretary section sector secure security see seed seek seem seldom select self selfish sell seller seminar
send senior sensation sense sensible sensitive sentence separate september sequel sequence series serious serpent servant
serve server service session set settle seven seventeen seventy several severe sew sex shade shadow shake shall shallow
shame shampoo shape share shark sharp shatter shave she shed sheep sheet shelf shell shelter shepherd sheriff shield shift
shine ship shirt shiver shock shoe shoot shop shopping shore short shortage shortcut should shoulder shout shovel show
shower shred shrimp shrink shrub shrug shut shutter shy sibling sick side sidewalk siege siesta sigh sight sign signal
signature silence silent silicon silk silly silver similar simple since sincere sing singer single sink sip sir siren
sister sit site situation six sixteen sixty size skate skeleton sketch ski skill skin skinny skip skirt skull sky slap
slave sleep sleepy sleeve slice slide slight slim sling slingshot slip slipper slope slot slow slug slum sly small smart
smash smell smile smoke smooth snack snail snake snap snatch sneak sneeze sniff snow snowball snowflake snowman so soap
soar sob soccer social society sock socket soda sodium sofa soft software soil solar sold soldier sole solid solo solution
solve some somebody somehow someone something sometimes somewhat somewhere son song soon sore sorrow sorry sort soul sound
soup sour source south southern souvenir space spade spain spare spark sparrow speak speaker spear special specialist
species specific speech speed spell spend sphere sphinx spice spicy spider spike spill spin spinach spine spiral spirit
spit splash split spoil sponge sponsor spoon sport spot spray spread spring springtail sprint spruce spy squad square squash
squeeze squid squirrel stab stable stadium staff stage stain stair staircase stake stall stamp stand standard star starfish
stare start startle starve state statement station statue status stay steady steak steal steam steel steep steer stem step
stepmother stereo stick sticker sticky stiff still sting stir stitch stock stocking stole stolen stomach stone stood stool
stop storage store storey stork storm story stove straight strain strand strange stranger straw strawberry stream street
strength stress stretch strict strike string strip stripe strive stroke strong structure struggle stubborn student studio
study stuff stumble stupid style subject submarine submit subscribe substance substitute subtle suburb subway succeed
success such suck sudden suffer sufficient sugar suggest suggestion suit suitable suitcase sulphur sum summary summer
summit sun sunday sunflower sunglasses sunlight sunny sunrise sunset sunshine super superb superior superman supermarket
supper supply support suppose sure surf surface surfer surgeon surgery surprise surrender surround survey survive suspect
suspend swallow swamp swan swap swarm swear sweat sweater sweep sweet swift swim swing switch sword symbol symphony symptom
syrup system table tablet tackle tactic tail tailor take tale talent talk tall tango tank tap tape target tart task taste
tax taxi tea teach teacher team teapot tear tease technical technique technology teenager telegram telephone telescope
television tell temper temperature temple temporary tempt ten tenant tend tender tennis tense tent term terminal terrace
terrible terrific territory terror test text textbook than thank that thaw the theatre theater theft their theirs them
theme themselves then theory therapist therapy there thermal these they thick thief thigh thin thing think third thirsty
thirteen thirty this thorn thorough those though thought thousand thread threat three threshold threw thrive throat throne
through throughout throw thrown thumb thunder thunderstorm thursday thus tick ticket tide tidy tie tiger tight tile till
timber time timetable tin tiny tip tire title titan to toast tobacco today toe toffee together toilet token told tolerate
tomato tomb tomorrow ton tone tongue tonight too took tool tooth toothbrush toothpaste top topic torch tornado tortoise
toss total touch tough tour tourist tournament tow toward towards towel tower town toy trace track tractor trade trader
tradition traffic tragedy trail train trainer trait tram tramp transfer transform translate transmit transparent transport
trap trash travel traveler traveller tray treasure treat treatment treaty tree tremendous trend trial triangle tribe trick
trident trigger trim trip triple triumph trolley troop trophy tropical trouble trousers trout truck true trumpet trunk
trust truth try tsunami tube tuesday tulip tumble tuna tune tunnel turkey turn turtle tutor twelve twenty twice twin twist
two type typhoon typical ugly ultimate umbrella unable uncle under undergo underground underneath understand underwear
undo unfold unfortunate unicorn uniform union unique unit unite universal universe university unknown unless unlike until
unusual up update upgrade upload upon upper upset upstairs urban urge urgent us usage use useful user usual utility vacant
vacation vacuum vague valid valley valuable value vampire van vanilla vanish vapor variety various vary vase vast vault
vegetable vegetarian vehicle veil vein velvet vendor venom venture venue venus verb verdict verify verse version versus
vertical very vessel vest veteran via vibrant victim victory video view viking villa village villain vine vinegar vintage
violence violet violin viper virtual virtue virus visa visible vision visit visitor visual vital vitamin vivid vocabulary
voice volcano volleyball volt volume volunteer vote voyage vulture wage wagon waist wait waiter waitress wake walk wall
wallet walnut walrus waltz wander want war wardrobe warehouse warm warn warrior was wash washing wasp waste watch watchdog
water waterfall watermelon wave wax way we weak wealth weapon wear weasel weather weave web website wedding wednesday weed
week weekday weekend weekly weigh weight weird welcome weld well went were west western wet whale what whatever wheat wheel
wheelchair when whenever where whereas wherever whether which while whip whirl whisker whisper whistle white who whole whom
whose why wicked wide widow width wife wild wilderness wildlife will willing willow win wind windmill window windy wine wing
winner winter wipe wire wisdom wise wish wit witch with withdraw within without witness wizard wolf woman women won wonder
wonderful wood wooden wool word wore work worker workshop world worm worry worse worst worth would wound wrap wreck wrestle
wrist write writer written wrong wrote yacht yard yarn yawn yeah year yearly yeast yell yellow yes yesterday yet yield yoga
yogurt you young your yours yourself youth zebra zero zinc zip zone zoo zoom
`;

/** Words of offices and computers that are as common where this product is used, and carry no actor. */
const officeWords = `
admins agenda api app apps attachment authenticate backend backlog badge ballot bandwidth billing blog bluetooth bookkeeping
booking boardroom bugfix cache calendar catering certificate changelog chatbot checklist checkout cleaner cloud cluster
compiler compliance config configuration connector cookie copier crashed credential cron dashboard debug deploy deployment
desktop dev devops directory disk dns docker docs domain driver ethernet excel exchange fax feedback file filesystem finance
firewall firmware folder frontend gateway git github google guest hackathon hardware headset helpdesk holiday hostname hr
html http https hub inbox infra ink install internet intern invoice ios ip java javascript json kanban keyboard kernel
kubernetes laptop latency license linux login logout logs lunch mac macos mailbox maintenance manager meeting memo merge
microsoft migration modem monitor mouse network newsletter node office offline onboarding oncall online operator outage
outlook password patch payroll pdf pipeline plugin policy portal postgres powerpoint printer printout procurement projector
prototype proxy python queue rack ram reboot receptionist refactor release remote repo repository reset restart roadmap
rollback roster router runbook salary scanner scheduler schema screenshot script scrum server session sharepoint shell
shredder signin signup slack slides spam spreadsheet sprint sql stapler standup startup storage subnet support sync
sysadmin teams template terminal ticket timesheet timezone toner training uninstall update upgrade upload uptime url usb
username vacation vendor video vm voicemail vpn webcam webinar website whiteboard wifi windows wireless workflow workspace
workstation zoom
`;

const everyday: ReadonlySet<string> = new Set(
  `${baseWords} ${officeWords}`.split(/\s+/).filter((word) => word !== ''),
);

/** Endings and what may stand in their place in the base form. */
const endings: readonly (readonly [ending: string, bases: readonly string[]])[] = [
  ['s', ['']],
  ['es', ['', 'e']],
  ['ies', ['y']],
  ['ves', ['f', 'fe']],
  ['ed', ['', 'e']],
  ['ied', ['y']],
  ['ing', ['', 'e']],
  ['er', ['', 'e']],
  ['ers', ['', 'e']],
  ['ier', ['y']],
  ['est', ['', 'e']],
  ['iest', ['y']],
  ['ly', ['', 'le']],
  ['ily', ['y']],
  ['ful', ['']],
  ['less', ['']],
  ['ness', ['']],
  ['ment', ['']],
  ['able', ['', 'e']],
  ['y', ['', 'e']],
  ['en', ['', 'e']],
  ['ion', ['', 'e']],
  ['ions', ['', 'e']],
  ['ation', ['', 'e']],
  ['or', ['', 'e']],
  ['ors', ['', 'e']],
  ['ish', ['', 'e']],
  ['al', ['', 'e']],
  ['ous', ['']],
  ['th', ['']],
];

/** True for an everyday English word, also plural, in another tense, or with a common ending. Lower case expected. */
export function isEverydayWord(word: string): boolean {
  if (everyday.has(word)) return true;
  return endings.some(([ending, bases]) => {
    if (word.length < ending.length + 3 || !word.endsWith(ending)) return false;
    const stem = word.slice(0, -ending.length);
    if (bases.some((base) => everyday.has(stem + base))) return true;
    const isDoubled = stem.length > 3 && stem.at(-1) === stem.at(-2);
    return isDoubled && everyday.has(stem.slice(0, -1));
  });
}
