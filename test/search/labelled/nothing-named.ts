/** Texts that name nothing in the bundled data: everyday words, office talk, product names, near words. */
export const nothingNamed: readonly string[] = `
printer
weather
lunch menu
the coffee machine is broken again
where is the nearest train station
please reset my password
my laptop does not start since the update
snake in the office
a hammer and a box of nails
the meeting moved to thursday at ten
who ate my sandwich
what time is it in tokyo
happy birthday dear colleague
how do I book a holiday
the quarterly report is due on friday
can someone restart the build server
let us order pizza for the team tonight
strawberry jam with toast
my neighbour plays the violin every evening
the museum opens at nine and closes at six
we need more chairs in the big meeting room
turn left after the second bridge
the cat sleeps on the sofa all day
please find the invoice attached
thank you for your patience
out of office until next monday
could you review my pull request
the deployment failed because of a missing variable
our new colleague starts in october
the elevator is out of order
does anybody have a phone charger
is the canteen open today
I forgot my badge at home
the projector shows no picture
it rains cats and dogs
the river flooded the lower meadows
grandmother baked an apple pie
he painted the fence green last summer
a bottle of red wine and some cheese
the orchestra played a waltz by strauss
the train to hamburg leaves from platform seven
our garden has tulips and roses
wash your hands before dinner
seven wonders of the ancient world
the volcano erupted in the night
a gentle breeze moved the curtains
nothing to see here
lorem ipsum dolor sit amet
asdf
qwertyuiop
zzzzzz
foo bar baz
hello world
1234567890
42
!!!
how are you doing today
what is the capital of france
convert ten miles to kilometres
best pasta recipe
tell me a joke
who won the match yesterday
weather forecast for the weekend
who is the president of brazil
who is my manager
what is the meaning of life
tell me about your day
who uses the blue car
which teams use the meeting room
what tools do carpenters use
printer driver
kitchen sink
garden party
holiday pictures
birthday present
parking permit
expense report
team building event
football stadium
library card
coffee cup
yellow submarine
ice cream
apple tree
mountain bike
swimming pool
paper plane
window cleaner
traffic light
school teacher
police officer
hospital nurse
dentist appointment
supermarket queue
bus driver
taxi fare
airport security
hotel breakfast
concert tickets
theatre play
book club
chess tournament
chocolate cake
vegetable soup
orange juice
green tea
wedding dress
summer dress
winter coat
leather shoes
wooden table
plastic bag
glass of water
candle light
morning coffee
evening walk
weekend trip
monthly salary
annual leave
tax return
bank holiday
rental contract
electric scooter
washing machine
vacuum cleaner
light switch
door handle
flower pot
picture frame
music lesson
piano concert
guitar string
drum set
dance class
yoga mat
tennis racket
golf course
running shoes
`
  .trim()
  .split('\n');
