import { describe, expect, it } from 'vitest';
import { exported } from './world.ts';

describe('an export', () => {
  it('as JSON is the answer as programs read it', async () => {
    const outcome = await exported('APT900', 'json', 'green');

    const json: unknown = outcome.kind === 'exported' ? JSON.parse(outcome.text) : undefined;
    expect(json).toMatchObject({ question: 'APT900', outcome: 'found', text: 'the card as text' });
  });

  it.each(['stix', 'markdown', 'json', 'csv'] as const)(
    'as %s tells how much its ceiling keeps back',
    async (form) => {
      const outcome = await exported('APT900', form, 'green');

      expect(outcome).toMatchObject({
        notes: [expect.stringMatching(/^\d+ items withheld by their marking: up to TLP:AMBER$/)],
      });
    },
  );

  it.each([
    ['nobody of that name', 'stix'],
    ['Shared Name', 'stix'],
    ['who uses NetPeek', 'stix'],
    ['who uses NetPeek', 'markdown'],
    ['help', 'csv'],
  ] as const)('of “%s” as %s is none, and the answer tells why', async (question, form) => {
    expect(await exported(question, form, 'green')).toMatchObject({ kind: 'unclear', answer: { question } });
  });
});
