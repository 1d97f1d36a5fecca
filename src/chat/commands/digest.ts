import { parseDigestFilters } from '../../briefing/digest-filter.ts';
import { defineCommand } from './types.ts';

interface DigestInput {
  readonly days: number;
  readonly filters: string;
}

const defaultDays = 7;
const maxDays = 3_660;

export const digestCommand = defineCommand<DigestInput>({
  name: 'digest',
  summary: 'What changed in the last days, for you alone; filters narrow it.',
  usage: 'digest [preview] [DAYS] [FILTERS]',
  examples: [
    'digest',
    'digest 30',
    'digest preview 14 country:iran sector:telecom',
    'digest -source:misp-galaxy',
  ],
  parse: (rest) => {
    const [, days, filters = ''] =
      /^(?:preview\b\s*)?(?:(\d{1,6})(?:\s*d(?:ays?)?)?(?=\s|$)\s*)?(.*)$/is.exec(rest) ?? [];
    const count = days === undefined ? defaultDays : Number(days);
    if (count < 1 || count > maxDays) {
      return { kind: 'usage', problem: `A digest looks back 1 to ${maxDays} days.` };
    }
    const parsed = parseDigestFilters(filters);
    return parsed.kind === 'bad'
      ? { kind: 'usage', problem: parsed.problem }
      : { kind: 'ok', input: { days: count, filters } };
  },
  run: async ({ days, filters }, { desk, place, whole }) => ({
    card: await desk.digest({ days, filters, ceiling: place.ceiling, whole }),
    audience: 'asker',
  }),
});
