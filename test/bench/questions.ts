import { createDesk } from '../../src/chat/desk.ts';
import { createLog } from '../../src/support/log.ts';
import { bundledStore } from '../helpers/bundled-store.ts';
import { quantile } from './lookup-figures.ts';

const questions: readonly (readonly [string, readonly string[]])[] = [
  ['an actor’s card', ['APT39', 'who is Lazarus Group', 'remix kiten']],
  ['a part of it', ['what malware does APT39 use', 'ttps of Turla', 'aliases of APT28']],
  [
    'a list',
    ['iran telecom', 'groups using cobalt strike against banks in europe', 'sector:energy -country:russia'],
  ],
  ['a comparison', ['compare APT28 and APT29', 'what do APT39 and OilRig share']],
  ['a comparison of five', ['compare APT28, APT29, Turla, Sandworm Team and Gamaredon Group']],
  ['technique matching', ['match T1566.001, T1059.001, T1003, T1105, T1547.001, Mimikatz']],
];
const rounds = 40;

/** From the text of a question to its finished card, on the bundled data: the first time, and then over and over. */
export async function benchQuestions(): Promise<string> {
  const clock = { now: (): Date => new Date() };
  const desk = createDesk({ store: bundledStore(), clock, log: createLog({ level: 'silent', secrets: [] }) });
  await desk.ask('help', 'green');
  const lines = ['question                     first        p50        p99'];
  for (const [title, texts] of questions) {
    const times: number[] = [];
    for (let round = 0; round < rounds; round += 1) {
      for (const text of texts) {
        const started = performance.now();
        await desk.ask(text, 'green');
        times.push(performance.now() - started);
      }
    }
    const first = times[0] ?? 0;
    const sorted = times.slice(texts.length).sort((a, b) => a - b);
    const cells = [first, quantile(sorted, 0.5), quantile(sorted, 0.99)].map((ms) =>
      `${ms.toFixed(1)} ms`.padStart(11),
    );
    lines.push(`${title.padEnd(22)}${cells.join('')}`);
  }
  return lines.join('\n');
}
