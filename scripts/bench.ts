// `npm run bench`: figures on this machine. `npm run bench -- lookup start import` runs only those named.
import { benchDigests } from '../test/bench/digests.ts';
import { benchImport } from '../test/bench/import.ts';
import { benchLookup } from '../test/bench/lookup.ts';
import { benchQuestions } from '../test/bench/questions.ts';
import { benchSlack } from '../test/bench/slack.ts';
import { benchSoak } from '../test/bench/soak.ts';
import { benchStart } from '../test/bench/start.ts';
import { benchTeams } from '../test/bench/teams.ts';

const benches: Readonly<Record<string, () => Promise<string>>> = {
  lookup: benchLookup,
  questions: benchQuestions,
  start: benchStart,
  import: benchImport,
  digests: benchDigests,
  slack: benchSlack,
  teams: benchTeams,
  soak: benchSoak,
};

const wanted = process.argv.slice(2);
for (const name of wanted.length > 0 ? wanted : Object.keys(benches)) {
  const bench = benches[name];
  if (bench === undefined) {
    console.error(`no bench named ${name}; known: ${Object.keys(benches).join(', ')}`);
    process.exit(2);
  }
  console.log(`\n== ${name} (npm run bench -- ${name})`);
  console.log(await bench());
}
