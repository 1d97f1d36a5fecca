/** Words of everyday English in their base forms, a to l. */
export const commonWordsAToL = `
a abandon abbey able abolish abort about above abroad abrupt absent absolute absorb abstract abundant abuse abused
academic academy accelerate accent accept access accessibility accident acclaim accommodate accompany accomplish
accord account accountant accumulate accurate accuse ache achieve acid acknowledge acquire acre acronym across act
action activate active activist activity actor actress actual acute adapt add addition additional address adequate
adjacent adjust admin administer administration administrator admit adopt adult advance advantage adventure
advertise advertisement advice advise aerial aesthetic affair affect affection affiliate afford afraid africa after
afternoon afterward afterwards again against age aged agency agent aggressive ago agree agricultural agriculture
ahead aid aim air airline airplane airport aisle alarm albeit album alcohol alert algebra alien align alike alive
all allege alley alliance allocate allow alloy ally almond almost alone along alpha alphabet already also alter
alternate alternative although altitude aluminium aluminum always am amateur amazing ambition ambulance amend
america amid among amount ample amplify amuse an analog analogy analyse analysis analyst analyze anatomy ancestor
ancestry anchor ancient and angel anger angle angry angus animal ankle anniversary announce annoy annual anon
anonymous another answer ant antelope antenna anthem anti anticipate antique anxiety anxious any anybody anyhow
anymore anyone anything anyway anywhere apart apartment apocalypse apologise apologize apology apostle apparent
appeal appear appearance appendix applaud apple application apply appoint appointment appreciate apprentice approach
appropriate approve approximate april apron aquarium aquatic arbitrary arcade arch archaeology archer architect
architecture archive arctic area aren arena argue argument arid arise aristocrat arithmetic arm armor armored armour
army around arrange arrest arrive arrow arsenal arsonist art article artifact artificial artist as ascend ascent ash
aside ask asleep aspect assassin assault assemble assert assess asset assign assist assistance assistant associate
association assume assumption assure asteroid at athlete atlantic atlantis atlas atmosphere atmospheric atom atomic
attach attack attain attempt attend attention attic attitude attorney attract attribute auction audience audio audit
auditorium august aunt aura australia authentic authentication author authorise authority authorize authorized auto
autobiography automate automatic autonomy autumn available avalanche avatar avenge avengers avenue average aviation
avocado avoid await awake award aware away awesome awful awkward ax axe axiom axis baby bach bachelor back backdoor
background backpack backstage backward backyard bacon bad badger bag bagel bail bait bake baker balance balcony bald
ball ballad ballet balloon bamboo ban banana band bandage bandit bang banjo bank bankrupt banner baptist bar
barbecue barber bare bargain barista baritone bark barley barn baron barracks barrel barrier bart base baseball
basement basic basil basilica basin basis basket basketball bass bat bath bathroom baton battalion battery battle
bay bazaar be beach beacon bead beagle beak beam bean bear beard bearing beast beat beaten beautiful beauty beaver
became because become bed bedroom bedtime bee beef been beer beet beetle before beg began begin behalf behave
behavior behaviour behind behold being belief believe bell belly belong below belt bench bend beneath benefit berry
beside best bestow bet beta betray better between beverage beyond bias bible bicycle bid big bike bilateral
bilingual bill billion bin bind biography biological biology bird birth birthday biscuit bishop bit bitcoin bite
bitter bizarre black blackbird blackboard blacklist blackout blacksmith blade blame blank blanket blast blatant
blaze bleed blend bless blew blind blink blitz blizzard bloc block blockbuster blonde blood bloom blossom blow blown
blue blueberry blueprint bluesky blunt blur board boat body boil bold bolster bolt bomb bombard bond bone bonfire
bonus book bookcase booklet bookmark bookshop boom boost boot booth border bore boredom born borrow boss botanical
both bother botnet bottle bottom boulder bounce bound boundary bounty bouquet boutique bow bowl bowling box boy
boycott boyfriend bracelet bracket brag brain brake branch brand brass brave bravery breach bread break breakdown
breakfast breakout breakthrough breakup breast breath breathe bred breed breeze brethren brew brewery bribe brick
bride bridge brief bright brilliant bring britain broad broadcast broccoli broke broker bronze broom broth brother
brotherhood brought brown browse browser bruise brunch brush brutal bubble bucket buckeye bud buddhist buddy budget
buffalo bug build builder building bulb bull bullet bulletin bully bump bunch bungalow bunny burden bureau
bureaucrat burger burglar burial burn burrito burst bury bus bush business busy but butcher butler butter butterfly
button buy buyer buzz by bye bypass bytes byzantine cab cabaret cabbage cabin cabinet cable cactus cadet caesar cafe
cage cake calcium calculate calculus calibre call calm came camel camera camouflage camp campaign campus can canada
canal canary cancel cancer candid candidate candle candy canister cannon cannot canoe canon canopy canton canvas
canyon cap capable capacity cape capital cappuccino captain caption captive capture car caravan carbon card cardinal
care career careful careless cargo caricature carousel carpet carriage carrier carrot carry cart cartel cartoon
carve casa cascade case cash cashier casino casserole cassette cast caste castle casual casualty cat catalog
catalogue catch category caterpillar cathedral catholic cattle cause caution cavalry cave cease cedar ceiling
celebrate celebrity celestial cell cellar cement cemetery census cent center central centre century ceramic cereal
ceremony certain certify chain chair chairman chalk challenge chamber champagne champion chance chancellor
chandelier change channel chant chaos chapel chaplain chapter character charcoal charge chariot charity charlie
charm chart charter chase chassis chat cheap cheat check cheek cheer cheerful cheese cheetah chef chemical chemist
chemistry cherry chess chest chestnut chew chic chicken chief child childhood childish children chill chimney chin
china chip chocolate choice choir choke choose chop chord choreography chorus chose christ christian christmas
chrome chronic chronicle chrono chunk church cicada cigarette cinema cinematic cinnamon cipher circa circle circuit
circulate circumstance circus citadel cite citizen city civic civil civilian civilisation civilization claim clan
clap clarify clarinet clarity clash class classic classmate classroom clause clay clean cleanup clear clearance
clergy clerk clever cliche click client cliff climate climb cling clinic clinical clip cloak clock clone close
closet cloth clothes clover clown club clue coach coal coalition coarse coast coastal coat cobalt cobblestone cobra
cobweb cocktail cocoa coconut code coffee coffin cognitive coherent coin coincide cold collaborate collapse collar
colleague collect collection collective collector college collide colon colonel colonial colonist colony color
colour column comb combat combine come comeback comedy comet comfort comfortable comic comma command commandment
commando commemorate commence comment commerce commission committee commodity common commonwealth communicate
community commute companion company comparable compare compartment compass compassion compatible compel compensate
compete competent competition compile complain complement complete complex complexity compliment component compose
composer composition compost compound comprehensive compress comprise compromise compulsory computer comrade con
conceal concede conceive concentrate concept conception concern concert concession concise conclude concrete condemn
condense condition conduct cone confederate confer conference confess confidence confident confine confirm conflict
conform confront confuse confusion congee congratulate congregation congress conjunction connect connection conquer
conquest conscience conscious consecutive consensus consent consequence conservative conserve consider considerable
considerate consist consolidate conspiracy constable constant constellation constituency constitute constitution
constrain construct construction consul consult consumer consumption contact contain contemplate contemporary
contempt contend content contest context continue contract contradict contrary contrast contribute contributor
control controversy convene convenient convention conversation convert convey convict convince cook cooker cool
cooper cooperate coordinate cope copper copy coral cord cordial core corn corner coronation coronavirus corporate
corps corpse corpus correct corridor corrode corrupt corruption cosmetic cosmic cosmos cost costume cottage cotton
couch cough could council counsel count counter country county coup couple coupon courage courgette course court
cousin cove covenant cover covert cow coward cowboy coyote crab crack cradle craft craftsman crane crash crater
crayon crazy cream create creation creative creator creature credible credit creed creek creep crescent crest crew
crib cricket crime criminal crimson crisis crisp critic critical crocodile croissant crop cross crossing crossover
crossroad crow crowd crown crucial cruel cruelty cruise crumb crusade crush crust cry crypt cryptic crypto crystal
cuba cube cucumber cult cultivate cultural culture cumulative cunning cup cupboard curator curb cure curious curl
currency current curriculum curry curse cursor curtain curve cushion custody custom customer cut cute cve cyber
cybercrime cybersecurity cyborg cycle cyclone cylinder czar dad dagger daily dairy daisy damage dame damp dance
dandelion danger dangerous danish dare dark darkness darling darn dart dash data database date daughter dawn day
daylight daytime deacon dead deadline deadly deaf deal dealer dealership dean dear death debate debris debt debut
decade decay deceive december decent deception deceptive decide decimal decipher decision decisive deck declaration
declare decline decompose decorate decrease decree dedicate deed deem deep deer deface defeat defect defence defend
defense defiant deficit define definite definition degree delay delegate delete deliberate delicate delicious
delight deliver delivery delta demand demise demo democracy demographic demolish demon demonstrate denial denote
denounce dense density dental dentist deny depart department departure depend dependent depict deposit depress
deprive depth deputy derive descend descendant describe description desert deserve design designate designer
desirable desire desk despair desperate despise despite dessert destination destined destiny destroy destruction
destructive detach detachment detail detain detect detection detective detention deter deteriorate determination
determine devastate develop developer deviate device devil devise devote dew dharma diabetes diagnose diagonal
diagram dial dialect dialogue diamond diary dice dictate dictator dictionary did die diesel diet differ difference
different differential difficult difficulty diffuse dig digit digital dignity dilemma dilute dim dimension diminish
dine dining dinner dinosaur dip diploma diplomacy diplomat direct direction director dirt dirty disability disable
disagree disappear disappoint disaster disc disciple discipline disclose disclosure discount discourage discourse
discover discrete discriminate discuss discussion disease disguise dish dishwasher dislike dismiss dispatch disperse
displace display disposal dispose dispute disrupt dissent dissolve distance distant distinct distinction distinguish
distort distract distribute district disturb dive diver divergent diverse diversity divert divide divine division
divorce dizzy do dock doctor doctrine document documentary does dog doll dollar dolphin dome domestic dominant
dominate domino donate done donkey donor doom door doorbell doorway dorm dormitory dose dot double doubt dough
doughnut dove down download downstairs downtown dozen draft drag dragon dragonfly dragonfruit drain drake drama
drastic draw drawer drawing dream dress drift drill drink drip drive driveway drone drop drought drove drown drug
drum drunk dry dual dubbed duchess duck dude due duke dull dumb dummy dump dune dungeon duplicate durable duration
during dusk dust duty dwarf dwell dye dynamic dynamics dynamite dynasty each eager eagerly eagle ear earl early earn
earnest earplug earring earth earthquake ease east easter eastern easy eat eccentric echo eclipse ecology economy
ecosystem edge edit editor editorial educate education effect effective efficient effort egg eight eighteen eighty
either elaborate elastic elbow elder elderly elect election electoral electorate electric electrical electrician
electricity elegant element elephant elevate elevation elevator eleven eleventh eligible eliminate elite eloquent
else elsewhere email embark embarrass embassy embed ember emblem embody embrace emerald emerge emergency emigrate
eminent emission emit emotion empathy emperor emphasis empire empirical employ employee employer empty enable encode
encompass encounter encourage encrypt encrypted encryption encyclopedia end endeavour endless endorse endow
endurance enemy energetic energy enforce engage engine engineer england english enhance enigma enjoy enlighten
enlist enormous enough enrich enroll ensure entail enter enterprise entertain enthusiasm enthusiast entire entitle
entity entrance entrepreneur entropy entry enumerate envelope environment envy epic epidemic epilogue episcopal
episode epsilon equal equation equator equip equipment equity equivalent era erase eraser erect erosion errand error
erupt eruption escalator escape escort especially espionage espresso essay essence essential establish estate
estimate eternal eternity ethic ethical ethnic euro europe evacuate evade evaluate evasion eve even evening
eventually ever evergreen every everybody everyday everyone everything everywhere evidence evident evil evolution
evolve exact exaggerate exam examine example excavate exceed excellent except exception excerpt excess excessive
excite exclude exclusion exclusive excursion excuse execute executive exempt exercise exfiltrate exhaust exhibit
exile exist exit exodus exotic expand expansive expect expedition expel expenditure expense expensive experience
experiment expert expertise expire explain explicit explode exploit exploitation exploration explore explosion
explosive exponent export expose exposure express exquisite extend extension exterior external extinct extra extract
extraordinary extravagant extreme eye eyebrow eyelash fable fabric facade face facebook facilitate facility fact
faction factor factory faculty fade fail failure faint fair fairground fairly fairy faith fake falafel falcon fall
fallout false fame familiar family famine famous fan fanatic fancy fanny fantastic fantasy far fare farewell farm
farmer fascinate fascist fashion fast fasten fat fatal fate father fault fauna favor favorite favour favourite fear
feasible feast feather feature february fed federal federation fee feed feel feet feline fell fellow fellowship felt
female feminine feminist fence fern ferocious ferret ferry fertile fest festival feud fever few fiber fibre fiction
fidelity field fierce fiesta fifteen fifth fifty fig fight figure fill film filter filthy fin final finale finalist
financial find fine finger finish finite fire firearm firefly fireman fireplace firework firm first fiscal fish
fisherman fist fit five fix fixture flag flair flame flamingo flank flannel flap flare flash flashback flat flavor
flavour flaw flea fleet flesh flew flexible flight fling flip flood floor flora florida florist flour flourish flow
flower flu fluctuate fluid flute flux fly foam focal focus fog foil fold folk folklore follow food fool foot footage
football footprint for forbid force forecast forehead foreign foreman foremost forensic forensics foresee forest
forever forge forget forgive form formal format formation former formidable formula formulate fort forthcoming
fortify fortnight fortress fortune forty forum forward fossil foster fought foul found foundation foundry fountain
four fourteen fourth fox fraction fracture fragile fragment fragrant frame framework france franchise frank frantic
fraud freak free freedom freelance freestyle freeze freezer freight french frequency frequent fresh freshman
friction friday fridge friend friendly friendship fright frog from front frontier frost frown fruit frustrate fry
fuel fugitive fulfil fulfill full fun functional functionality fund fundamental funeral fungal fungus funk funny fur
furnace furnish furniture further fury fuse fusion future gain galaxy gale gallant gallery gallium gallon gallop
gamble gambling game gameplay gamma gang gap garage garbage garden gardener garlic garment garrison gas gasoline
gate gather gauge gave gaze gazelle gear gearbox gecko geese gem gemini gender general generate generation generator
generic generous genesis genetic genius genre gentle gentleman gentlemen gentry genuine geography geometric geometry
germ germany gesture get ghetto ghost giant gift gig gigantic ginger gingerbread giraffe girl girlfriend give
glacier glad glamour glance glass glide glimpse glitch global globe gloom gloomy glory glossy glove glow glue go
goal goalkeeper goat goblin god gold goldfish goldsmith golf gone gonna good goodbye goodness goods goose gorge
gorilla gospel gossip gothic govern government gown grab grace grade gradual graduate grain grammar grand
grandfather grandma grandmother grandpa grandparent granite granola grant grape graph graphic graphical grasp grass
grasshopper grassroots grateful grave gravel gravity gravy gray grease great greed greedy green greenhouse greet
grenade grey grid grief grievance griffin grill grim grin grind grip groan grocery groom groove ground group grove
grow growth guacamole guarantee guard guardian guerrilla guess guidance guide guild guilt guilty guitar guitarist
gulf gull gum gun guru gust gut guy gym gypsy habit habitat hack hacker had hail hair hairbrush haircut hairdresser
half hall hallway halo halt ham hamburger hammer hammock hamster hand handbag handful handicap handkerchief handle
handler handsome handy hang hangar hanover happen happy harassment harbor harbour hard hardcore hardly hare harm
harmonica harmony harness harp harsh harvest has hash hat hatch hate hatred haul haunt have haven havoc hawk hay
hazard haze hazel hazelnut he head headache heading headline headmaster headmistress headphone headquarters heal
health hear heart heat heater heaven heavy hedge hedgehog heel height heir helicopter helium hell hello helm helmet
help hemisphere hen hence her herald herb herd here herein heresy heritage hermit hero heroic heroine heron herself
hesitant hesitate heterogeneous hexagon hey hiatus hide hierarchy high highland highlight highway hijack hike
hilarious hill him himself hinder hinge hint hip hippo hire his historian historic historical history hit hive hmm
hobby hockey hold hole hollow holly holocaust holy home homeland homeless homestead homework homicide homogeneous
hone honest honey honeybee honeymoon honor honorary honour hood hook hop hope hopeful hopscotch horde horizon horn
hornet horrible horror horse hose hospital host hostage hostel hostile hostility hot hotel hound hour hourly house
household housewife housing how however hug huge hull human humanitarian humanity humble humid humiliate hummus
humor humorous humour hundred hung hunger hungry hunt hunter hurricane hurry hurt husband hut hybrid hydrogen hyena
hygiene hymn hype hypothesis i ice iceberg icicle icon iconic idea ideal identify identity ideology idiom idiot idle
idol if ignite ignorant ignore ill illegal illness illuminate illusion illustrate illustrator image imagination
imagine imitate imitation immediate immense immigrant immigration imminent immortal immune impact impair imperative
imperial impersonate impetus implant implement implicit imply import important impose impossible impress imprison
improper improve impulse in inbound inc incentive inception inch incident incline include inclusive income
incorporate increase incredible incumbent incur indeed independent index india indicate indicator indie indigenous
indigo indirect individual indoor induce indulge industrial industry inevitable infamous infant infantry infect
infection infer inferior infinite inflation inflict influence influential info inform information infostealer
infrastructure ingenious ingredient inhabit inhabitant inherent inherit inhibit initial initiate initiative inject
injection injure injury injustice inmate inn inner inning innocent innovation innovative input inquire inquiry
insane inscription insect insecure insert inside insight insist inspect inspector inspire installation instant
instead instinct institute institution institutional instruct instructor instrument insufficient insulate insult
insurance insurrection intact intake integral integrate integration integrity intellect intellectual intelligence
intelligent intend intense intensity intent interact interaction intercept interception interest interface interfere
interim interior intermediate internal international interpret interrupt interstate interval intervene intervention
interview intimate into intricate intrigue intrinsic intro introduce introduction intrude intrusion intuition invade
invalid invasion invent inventory inverse invest investigate investor invisible invite invoke involve ionic ireland
iris iron ironic irony irregular irrigate irritate is island isle isolate isotope issue it italy item its itself
ivory ivy jack jackal jacket jade jaguar jail jailed jam january japan jar jasmine jaw jazz jealous jeans jelly
jellyfish jersey jet jewel jewelry jewish jihad job jockey jog join joint joke joker jolly journal journalism
journalist journey joy jubilee judge judgment judicial juice jukebox july jump junction june jungle junior junk
jupiter jurassic jurisdiction jurisprudence jury just justice justify juvenile kaleidoscope kali kangaroo kappa
karate karma kayak kebab keen keep kennel kept ketchup kettle key keystone keyword kick kid kidnap kidney kill kilo
kilometer kilometre kind kinda kinetic king kingdom kinship kiss kit kitchen kite kitten kiwi knee kneel knew knife
knight knighthood knit knock knockout knot know knowledge known koala kraken label labor laboratory labour lace lack
lad ladder ladies lady ladybug lagoon lake lamb lamp lance land landfall landfill landing landlord landmark
landscape landslide lane language lantern lap lapse large lark larva lasagna laser last lasting late later latin
latte lattice laugh laughter launch laundry lava lavender law lawn lawyer lay layer layout lazy lead leader leaf
leaflet league leak leakage leaked lean leap learn lease least leather leave lecture led left leftist leg legacy
legal legend legion legislate legislation legislature legitimate leisure lemon lend length lens lentil leopard less
lesson lest let lethal letter lettuce level lever leverage levy liable liaison liar liberal liberate liberty
librarian library licence lick lid lie life lifeguard lifetime lift light lighthouse lightning like likelihood
likewise lilac lily limb lime limestone limit limitation limp line linear linen linguist linguistic link lion lip
lipstick liquid liquor list listen literacy literal literally literary literature lithium litigation litter little
liturgy live lively liver living lizard load loaf loan lobby lobster local locate location lock locker locomotive
locus locust lodge loft log logic logical logo lollipop lone lonely long longhorn look lookout loop loophole loose
lord lore lorry lose loser losers loss lost lot lottery lotus loud lounge love lovely lover low loyal loyalist luck
lucky ludicrous luggage lumber luminous lunar lunchtime lung lure lurid lurk lush luxury lynx lyric lyrics
`;
