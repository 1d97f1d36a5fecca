import { nameKey } from '../../../src/domain/name-key.ts';
import type { SearchEntity } from '../../../src/search/types.ts';
import type { LabelledQuery } from './classes.ts';

/** Question, then the main name of what must be found (several with a bar; a dash for nothing). */
const labelled = `
APT39 → APT39
apt-39 → APT39
АРТ39 → APT39
ＡＰＴ３９ → APT39
chafer → APT39
Chafer APT → APT39
remix kiten → APT39
remixkitten → APT39
re-mix kitten → APT39
kitten remix → APT39
REMIX_KITTEN → APT39
g0087 → APT39
G 0087 → APT39
APT399 → -
APT 3 9 → -
atp39 → -
apt3 → APT3
who is behind lazarus group? → Lazarus Group
lazarus → Lazarus Group
lazrus → Lazarus Group
laz4rus → Lazarus Group
Lаzarus Grоup → Lazarus Group
lazarus gruop → Lazarus Group
what did wizrad spyder do → Wizard Spider
wizard spyder → Wizard Spider
fancybear → APT28
is fancy bear active in europe → APT28
"fancy bear" → APT28
sofacy → APT28
sofaccy → APT28
cozy baer → APT29
<http://TEMP.Veles|TEMP.Veles> → TEMP.Veles
veles → TEMP.Veles
FIN 7 → FIN7
fin77 → -
UNC2452 → APT29
UNC2453 → -
kimsuky → Kimsuky
kimsukky → Kimsuky
kimsuki → Kimsuky
turla → Turla
sandworm → Sandworm Team
sandwrm team → Sandworm Team
mudy water → MuddyWater
muddywater → MuddyWater
static kitten → MuddyWater
gamaredon → Gamaredon Group
gameredon → Gamaredon Group
oilrig → OilRig
oil rig apt → OilRig
scarcruft → APT37
scar cruft → APT37
molerats → Molerats
cobalt strike → Cobalt Strike
mimikats → Mimikatz
emotett → Emotet
T1566.001 → Spearphishing Attachment
t1566 → Phishing
T1566/001 → Spearphishing Attachment
S0002 → Mimikatz
snake in the office → -
the quick brown fox jumps over the lazy dog → -
we saw a sea turtle at the beach → -
sea turtle → Sea Turtle
what is the weather → -
sekret blizard → Turla
whats new on starr blizard → Star Blizzard
gobblin pandda → GOBLIN PANDA
wizrd spidr → Wizard Spider
tyfoon vollt → Volt Typhoon
Kimsuki grupp → Kimsuky
muddiwatr → MuddyWater
gamrdeon → Gamaredon Group
kimsku → Kimsuky
kimsuk → Kimsuky
muddyw → MuddyWater
naiko → Naikon
TEMP.Velles → TEMP.Veles
temp.herrmit → TEMP.Hermit
operation ghosst → Operation Ghost
most used tools among iranian actors → -
which actor hacked the ministry → -
groups first seen before 2015 → -
linux malware used by chinese groups → -
the windows hosts of the groups → -
is machete active in ecuador → Machete
a machete on the wall → -
an emissary of the ministry was attacked by geese → -
oil rig workers went home → -
a fluffy kitten and a brown bear → -
APT-C-0036 → APT-C-36
APT-C0023 → APT-C-23
what is apt c 0023 → APT-C-23
APT-C-0001 → -
APT-C-0032 → -
apt c 0017 is active → -
TAG-C-0010 → -
GOLD RIVER → GOLD RIVERVIEW
The White Co → The White Company
Fox Kit → Fox Kitten
good morning team → -
who wants coffee → -
hammer → APT21
pistachio → Wizard Spider
librarian → Silent Librarian
niagara → FIN7
override → Naikon
wandering → GOLD REBELLION
pirates → Webworm
who has a hammer for me → -
the pirates came at noon → -
rain → -
M1031 → -
DS0009 → -
`;

/** The hand-written part of the set, for the entities that have these main names. */
export function handLabelled(entities: readonly SearchEntity[]): readonly LabelledQuery[] {
  const byName = new Map<string, string[]>();
  for (const { id, name } of entities) byName.set(nameKey(name), [...(byName.get(nameKey(name)) ?? []), id]);
  return labelled
    .trim()
    .split('\n')
    .map((line): LabelledQuery => {
      const [text = '', name = ''] = line.split(' → ');
      const expected = name === '-' ? [] : (byName.get(nameKey(name)) ?? ['no such name']);
      return { className: 'by hand', text, expected };
    });
}
