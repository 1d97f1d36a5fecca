/**
 * Lines as people type them at work and at home that name no actor and nothing else of the field, many with words that
 * are names elsewhere.
 */
export const everydayLines: readonly string[] = `
can you move the stand-up to half past nine
we need a scribe for the workshop on tuesday
who has the keys to the archive room
the budget for next year is still frozen
please rename the folder before you share it
could you put the slides on the shared drive
rename the branch to hotfix and delete the old one
the printer on the third floor is jammed again
is anybody in the office on friday
my badge does not open the side entrance
let us park this until the review
the new intern starts on the first of march
I am out for the rest of the afternoon
the catering for the summit needs a headcount
our lead engineer is on parental leave
who will present the agenda at the all-hands
the contract renewal is due in november
please sign the updated travel policy
the legal team wants another clause in the contract
we hired an envoy to speak with the council
the auditor asked for receipts from last spring
move the sticky notes to the other whiteboard
does the conference room have a second screen
the pioneer of this method gave a talk yesterday
what is the wifi password for guests
the elevator doors close too fast
someone left a bunch of bananas on my desk
can we order a standing desk for the new colleague
the receptionist found a pair of glasses
please bring a copy of your passport to the embassy
he was promoted to head of the marine department
the survey closes at midnight on sunday
we are collecting money for a farewell gift
where do I book the shuttle to the airport
the minutes of the meeting are on the wiki
thanks for covering my shift on saturday
could somebody water the cactus while I am away
the fire drill starts at eleven
our landlord wants to raise the rent by ten percent
the cleaning crew comes after eight
heavy rain and gusts are expected along the coast
a thick fog covered the valley this morning
the blizzard closed every school in the county
it will be sunny with a light breeze in the evening
the typhoon lost its strength before landfall
a sandstorm turned the sky orange over the desert
last night the temperature fell below zero
hail damaged the vineyards in the south
the hurricane season begins in june
do I need an umbrella tomorrow
the river burst its banks after the storm
there was a rainbow above the lake
the avalanche risk is high above two thousand metres
spring came early this year
what a lovely sunset over the bay
the tide is high at noon
snow is forecast for the mountains
the drought has emptied the reservoir
dust from the sahara reached the alps
lightning struck the old oak twice
our goalkeeper saved two penalties in the final
the tigers beat the falcons by three points
she won the marathon in just over two hours
he ran the last lap with a torn muscle
the panthers signed a new quarterback
the coach shouted from the sideline
which channel shows the tennis tonight
the referee showed a red card for the tackle
they climbed the north face in winter
the spider on the wall was as big as my hand
the bears lost again in overtime
a rookie scored the winning goal in extra time
the dragons won the relegation playoff
my daughter plays hockey on mondays
the sprinter missed the start of the heat
the cyclist attacked on the last climb
the panda cub at the zoo turned one today
the home side hit the post twice
rowing practice is at six in the morning
he bought new boots for the ski season
the chess club meets in the library on wednesdays
the boxer threw an uppercut in the second round
the jockey fell at the last fence
my laptop is slow since the update on monday
outlook keeps asking for my password
the vpn drops every twenty minutes
please reset the pin of my phone
I cannot open the attachment from the supplier
the scanner sends files to the wrong folder
my second monitor stays black after lunch
the mouse pointer jumps around on its own
please install a pdf reader on the kiosk
the build server ran out of disk space
teams crashes when I share my screen
the backup of the file server failed on sunday
can you add me to the mailing list of the choir
the charger of my tablet is broken
two factor login does not work on my new phone
the ticket about the projector can be closed
excel shows hashes in the date column
please restore the deleted calendar entry
the keyboard types the wrong letters
my headset has no sound in calls
the website is down for maintenance until ten
how do I map the network drive on a mac
our sprint board has three blocked cards
the unit tests are flaky on windows
please merge the pull request before the freeze
the container runs out of memory under load
the certificate of the staging site expires on monday
add an index on the customer column
the migration locks the orders table for a minute
rename the variable to something shorter
the linter complains about a missing comma
bump the version and tag the release
the cron job did not run last night
cache misses went up after the deploy
the proxy returns a bad gateway at peak time
the pipeline needs a bigger runner
the query planner ignores the new index
revert the commit that broke the header
simmer the sauce for twenty minutes and stir
add a pinch of salt and two cloves of garlic
the dough must rest for an hour
fold the egg whites into the batter
which wine goes with roast duck
sprinkle some cinnamon over the apples
peel the carrots and cut them into sticks
bake at two hundred degrees until golden
the soup needs more pepper and a bay leaf
grandma has the best recipe for plum cake
marinate the chicken overnight in yoghurt
whisk the cream until it is stiff
grate the cheese over the pasta
the oven light does not work any more
do we have butter and flour for pancakes
serve the salad with lemon and olive oil
crush the cardamom in a mortar
pickles and mustard go well with the sausages
she poured honey over the porridge
the curry was far too spicy for the children
boil the potatoes in their skins
a glass of orange juice and a croissant please
the parliament votes on the pension bill today
the mayor opened the new bridge on saturday
the central bank left interest rates unchanged
an earthquake shook the island at dawn
the strike at the harbour enters its second week
the museum shows paintings from the golden age
the film won three awards at the festival
the airline cancelled forty flights on monday
a lorry lost its load on the motorway
the price of copper rose to a record
oil fell below seventy dollars a barrel
an oil rig in the north sea was evacuated
the oil rig workers went home for christmas
scientists found a new species of beetle
the rocket launch was postponed because of wind
the court ruled in favour of the tenants
the election commission counts the last ballots
the governor visited the flooded villages
a wildfire burned two hundred acres of forest
firefighters brought the wildfire under control
the actor received a lifetime award
the orchestra tours japan in autumn
the pope met the president in rome
the novel is about a lighthouse keeper
the band released its first album in ten years
the prime minister reshuffled her cabinet
the company recalled a batch of baby food
unemployment fell for the third month in a row
a russian novelist won the prize
the iranian film was shown with subtitles
chinese new year is in february
the korean restaurant round the corner is closed
she speaks russian, turkish and a little persian
the iranian team lost on penalties
an israeli start-up grows tomatoes in the desert
the indian ocean is warmer than last year
please use a long passphrase and never reuse it
rotate the api keys every ninety days
turn on encryption for all laptops
lock your screen when you leave the desk
we will run a phishing test for all staff next month
patch the servers before the weekend
the firewall rule for the new office is missing
who approves access to the vault
the password policy asks for twelve characters
store the recovery codes in a safe place
back up the database before the upgrade
the security awareness training takes twenty minutes
review the admin accounts every quarter
do not plug in unknown usb sticks
the audit found two accounts without an owner
the web filter blocks the travel site
enable logging on the mail gateway
which teams still use the old vpn client
the penetration test starts on the first monday
the risk register has four open items
shred the printouts after the meeting
the ciso wants a one-page summary by noon
our backup tapes are stored off site
the badge readers are replaced in august
update the incident contact list
the disk encryption key is kept in escrow
a machete hung above the fireplace
they cut the bush with a machete and a saw
bring a machete for the trail
the emissary of the king arrived by boat
he spoke as an emissary for the farmers
the bookworm finished two novels in a week
bumblebees love the lavender in our garden
a cuckoo called from the edge of the forest
the bloodhound followed the scent to the barn
we found termites in the wooden beams
the chameleon changed from green to brown
wear goggles when you use the drill
the gopher dug holes all over the lawn
an earthworm was on the pavement after the rain
he solved the jigsaw in one evening
the chisel is in the top drawer
use the crosswalk near the school
chopsticks are next to the soy sauce
a fireball lit the sky for a few seconds
the blister on my heel is getting worse
she sewed a teardrop on the costume
the sandman comes when the children sleep
the trickster in the story is a fox
the scavenger hunt begins at the fountain
the executioner in the play wears a mask
the windshield of the rental car is cracked
put the broomstick back into the closet
the ghostwriter of the memoir stayed unknown
the whirlpool in the hotel is out of service
the skid marks on the road were long
the pacemaker was replaced in a short operation
he sidestepped the question with a joke
the sharpshooter at the fair won a teddy bear
the stowaway was found on the ferry
the silverfish in the bathroom are back
the dustman comes on thursdays
the milkmaid by vermeer hangs in amsterdam
the hydra has nine heads in the myth
the phoenix rises from the ashes
the kraken sinks the ship in the last chapter
medusa turned him into stone
the titan fell into the sea
zeus was angry with prometheus
our neighbours named their dog apollo
the play was sold out for weeks
a game of patience kills the time
the silence after the concert was magical
she wore a platinum ring
mercury is closer to the sun than venus
cobalt blue is my favourite colour
the nickel in the alloy prevents rust
iron the shirt before the interview
the maze in the castle garden is closed
the dragonfly sat on a reed
a rattlesnake hid under the porch
the scarab in the museum is four thousand years old
the viper exhibit opens at noon
a turtle laid her eggs on the beach
the kitten sleeps in the laundry basket
a charming kitten is looking for a home
two fluffy kittens and their mother
a remix of the old song
the wizard in the book has a grey beard
a spider spun its web across the window
the big panda ate all the bamboo
the bear raided the campsite
a fancy dress party at the town hall
the cozy cabin sleeps four
the reaper leans on his scythe in the painting
the molar had to be pulled
the lemon tree needs a bigger pot
the mint in the garden grows like mad
the volt meter shows nothing
the salt shaker is empty
silk curtains and a linen cloth
the forest was quiet at midnight
a star fell over the hill
the secret ingredient is nutmeg
the cadet saluted the captain
the aqua park opens in may
they keep an old anchor in the front garden
the ruby on the ring is fake
the jury found him not guilty
the transparent tape is in the drawer
a volatile market worries the investors
gold and silver prices went up
the earth is round and so is an orange
the puma escaped from the zoo
the leopard has spots and the tiger has stripes
a lotus flower opened in the pond
our ghost tour starts at ten
the raven took my sandwich
a lazy sunday with pancakes and a film
first come, first served
second hand bikes for sale
who is next in the queue
who took my umbrella
who are the neighbours on the second floor
what does this button do
where can I hang my coat
when is the next bank holiday
how long does the bus take
why is the sky blue
tell me something nice
find me a good dentist
show me the way to the station
what is the time in lima
who wrote war and peace
what is new in the canteen
lunch anyone
see you tomorrow
good morning everyone
running ten minutes late
thanks a lot
sounds good to me
happy new year
on my way
call me back
coffee break
quick question about parking
`
  .trim()
  .split('\n');

/** Longer texts that name nothing. */
export const everydayParagraphTexts: readonly string[] = [
  `Last weekend we drove to the coast with the children. The weather was changeable: a light breeze in the morning, heavy
rain at noon and a rainbow over the harbour in the evening. On the beach we found a starfish, two crabs and a piece of
amber. My son wants to be a marine biologist now, and my daughter a pirate. On the way back a deer crossed the road and
I had to brake hard. Nobody was hurt, but the cake did not survive.`,
  `Minutes of the planning meeting. The lead of the platform team presented the agenda for the quarter. The migration of the
customer database is on track; the freeze begins on the first of December. Open questions: who owns the calendar service,
and when will the new laptops arrive? Finance asked for an estimate of the hosting costs by Friday. The next meeting is
on the 14th at ten in the big room.`,
  `For the dough, rub the butter into the flour with a pinch of salt, add the egg and a spoon of cold water, and let it rest
for an hour. Meanwhile peel the apples, cut them into slices and toss them with lemon, sugar and cinnamon. Line the tin,
spread the apples, cover them with strips of dough and bake until golden. Serve warm with vanilla ice cream.`,
  `Dear all, the fire brigade will inspect our building on Tuesday. Please keep the corridors clear, do not leave bicycles in
the stairwell and make sure that the doors to the cellar close. If you hear the siren, leave the building by the nearest
exit and gather at the fountain. The lift must not be used. Thank you for your help, the facility team.`,
  `The game began badly for the home side. After four minutes the visitors hit the post, after ten they were ahead. The
coach brought a second striker, and just before the break a long shot from the captain made it one all. In the second half
both goalkeepers were busy. The referee gave a penalty in the last minute, and the tigers won by two goals to one.`,
  `Since the update my machine takes a quarter of an hour to start. The fan is loud, the battery lasts two hours and the
screen flickers when I plug in the charger. I have tried another socket, a different cable and the safe mode. My colleague
has the same model and no trouble at all. Could somebody from the help desk have a look? I am at my desk until four.`,
  `Good passwords are long and used once. A manager remembers them for you and fills them in only on the right page. Turn on
the second factor wherever it is offered, install updates soon, and think before you click on a link in a message that
urges you to hurry. If something looks odd, ask; nobody is blamed for a report that turns out to be harmless. Backups are
kept on another site and tested twice a year.`,
  `The museum of the town tells of salt, silk and silver. In the first room stands a model of the old harbour, in the second
hang portraits of merchants and of an emissary of the king. A machete, a compass and a lantern lie in a glass case. From
the tower one sees the river, the castle and, on a clear day, the mountains. Admission is free on the first Sunday of the
month.`,
];
