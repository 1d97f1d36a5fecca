import { answerText } from './ask.ts';
import { defineCommand } from './types.ts';

export const compareCommand = defineCommand<string>({
  name: 'compare',
  summary: 'What two to five actors or software share, what tells them apart, and what is recorded of links.',
  usage: 'compare X and Y [and Z…]',
  examples: ['compare APT28 and APT29', 'compare the malware of APT33 and OilRig'],
  parse: (rest) =>
    rest === ''
      ? { kind: 'usage', problem: 'Say what to compare: two to five names, aliases or ids.' }
      : { kind: 'ok', input: rest },
  run: (names, context) => answerText(`compare ${names}`, context),
});
