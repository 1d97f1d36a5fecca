import { expect, it } from 'vitest';
import { findTyped } from '../../../src/chat/teams/find-typed.ts';
import { channel } from '../../helpers/subscribers.ts';

const asked = { place: channel, person: 'T1/U1', now: new Date('2026-11-22T12:00:00Z') };

it('tells of what was typed no more than the beginning', async () => {
  const typed = [{ field: 'actors', source: 'actor', isMultiple: false, text: '[ '.repeat(4_000) }] as const;

  const { problems } = await findTyped({ options: async () => [] }, { values: {}, typed }, asked);

  expect(problems).toMatchObject([
    { field: 'actors', text: expect.stringMatching(/^Nothing is found for “\[ /) },
  ]);
  expect(problems[0]?.text.length).toBeLessThan(120);
});
