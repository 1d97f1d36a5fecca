import { Random } from './random.ts';

const who =
  'my neighbour|the old teacher|our new manager|a young gardener|the night nurse|his uncle|the plumber|a group of tourists|the kitchen staff|her daughter|the bus driver|a friend of mine|the choir|our landlord|the cleaning company|two students|the mayor|a retired captain'.split(
    '|',
  );
const did =
  'repaired|painted|forgot|brought|sold|found|borrowed|cleaned|moved|ordered|measured|watched|described|returned|photographed|carried|admired|dropped'.split(
    '|',
  );
const what =
  'the wooden bench|a basket of pears|the broken kettle|an umbrella|the front door|three bicycles|a jar of honey|the church bell|a pair of gloves|the tall ladder|some fresh bread|the blue curtains|a bunch of keys|the garden hose|an old radio|the birthday cake|a bag of cement|the silver spoon'.split(
    '|',
  );
const where =
  'behind the station|near the harbour|in the attic|at the market|on the second floor|by the lake|under the bridge|in front of the bakery|at the dentist|between two meetings|in the car park|on the balcony|next to the printer|along the canal'.split(
    '|',
  );
const when =
  'yesterday|last spring|before lunch|on a rainy monday|after the concert|during the holidays|at half past six|every other week|shortly before christmas|while it was snowing|as soon as the doors opened|in the early morning'.split(
    '|',
  );
const words =
  `umbrella teapot carpet blanket orchard saddle pepper lantern kettle mustard ribbon marble compass
  cinnamon chimney barley thunder meadow hammock biscuit cushion drawer envelope feather fountain glove hedge invoice
  jacket ladder mirror napkin oven pillow quilt raincoat sandal tablecloth uniform vinegar wardrobe yoghurt zipper canteen
  stapler elevator corridor reception parking timesheet holiday payslip microwave dishwasher toaster laptop charger
  calendar birthday sandwich noodles pancake lemonade grandmother cousin dentist plumber gardener referee
  goalkeeper orchestra museum cathedral lighthouse ferry tram motorway roundabout crossing pavement puddle blizzard
  drizzle sunshine rainbow avalanche earthquake tide glacier canyon volcano island`.split(/\s+/);

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** Sentences, questions, pairs of words and single words that name nothing, made from plain words. */
export function everydayTexts(count: number, seed: number): readonly string[] {
  const random = new Random(seed);
  return Array.from({ length: count }, (_, at) => {
    if (at % 5 === 0) return random.pick(words);
    if (at % 5 === 1) return `${random.pick(words)} ${random.pick(words)}`;
    if (at % 5 === 2) return `who ${random.pick(did)} ${random.pick(what)}?`;
    if (at % 5 === 3) return `what did ${random.pick(who)} do ${random.pick(where)}`;
    return sentence(random);
  });
}

/** Paragraphs of such sentences. */
export function everydayParagraphs(count: number, seed: number): readonly string[] {
  const random = new Random(seed);
  return Array.from({ length: count }, () =>
    Array.from({ length: 5 + random.below(15) }, () => sentence(random)).join(' '),
  );
}

function sentence(random: Random): string {
  const time = random.pick(when);
  const rest = `${random.pick(who)} ${random.pick(did)} ${random.pick(what)} ${random.pick(where)}`;
  return random.below(2) === 0 ? `${capitalised(rest)} ${time}.` : `${capitalised(time)}, ${rest}.`;
}
