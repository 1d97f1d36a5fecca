import { describe, expect, it } from 'vitest';
import { createDesk } from '../../src/chat/desk.ts';
import { silentLog } from '../../src/support/log.ts';
import { createMemoryStore, ids } from '../helpers/knowledge.ts';
import { allActions, readCard, sectionTexts } from '../helpers/reading.ts';

const clock = { now: () => new Date('2026-01-20T03:00:00Z') };
const at = Date.parse('2026-01-18T06:00:00Z');
const changes = [
  {
    id: 1,
    at,
    source: 'alpha',
    recordId: ids.actor,
    kind: 'claim-added' as const,
    title: 'APT900',
    marking: 'clear' as const,
    detail: { predicate: 'alias', value: 'Velvet Heron', relation: 'same-as' },
  },
];
const desk = createDesk({ store: createMemoryStore({ changes }).store, clock, log: silentLog });
const ask = (text: string) => desk.ask(text, 'green');

describe('a question after names', () => {
  it('says who coined one and who uses it, in which sense', async () => {
    const answer = await ask('who calls APT900 Velvet Heron');

    expect(answer.outcome).toBe('answer');
    expect(sectionTexts(answer.card, 'coined')).toEqual(['coined by Delta Press']);
    expect(sectionTexts(answer.card, 'users')).toEqual([
      'Same as: Alpha Framework, Beta galaxy',
      'Overlaps: Delta Press',
    ]);
    expect(answer.facts.every(({ sources }) => sources.length > 0)).toBe(true);
  });

  it('gives every name with its coiner and users', async () => {
    const rows = sectionTexts((await ask('vendor names of APT900')).card, 'names');

    expect(rows[0]).toMatch(/^APT900 \|/);
    expect(rows).toContain('Velvet Heron | Delta Press | Alpha Framework, Beta galaxy, Delta Press');
  });

  it.each([
    ['what does CrowdStrike call APT900', 'No source here says what CrowdStrike calls APT900.'],
    ['who calls APT900 Foobar', 'No source here calls APT900 “Foobar”.'],
  ])('says that no source does in answer to "%s"', async (text, words) => {
    const answer = await ask(text);

    expect(readCard(answer.card)).toContain(words);
    expect(answer.facts).toEqual([]);
  });
});

describe('a question after news', () => {
  it('is answered by what imports brought since then', async () => {
    const answer = await ask('what is new on velvet heron');

    expect(answer.outcome).toBe('answer');
    expect(answer.answers.map(({ name }) => name)).toEqual(['APT900']);
    expect(answer.card.title).toBe('What changed about APT900');
    expect(readCard(answer.card)).toContain('Velvet Heron');
  });

  it.each([
    ['what is new on APT900 since yesterday', 'since 2026-01-19'],
    ['anything new about APT900 since january', 'since 2026-01-01'],
    ['what changed for APT900 in the last 10 days', 'since 2026-01-10'],
    ['news on APT900 since december', 'since 2025-12-01'],
    ["what's new this week", 'since 2026-01-19'],
    ["what's new", 'since 2025-12-21'],
  ])('takes the time of "%s"', async (text, words) => {
    expect((await ask(text)).card.subtitle?.map((span) => span.text).join('')).toContain(words);
  });

  it('lets one be chosen of several who carry the name', async () => {
    const answer = await ask('anything new on Shared Name since 2025');

    expect(answer.outcome).toBe('ambiguous');
    expect(
      allActions(answer.card).map((action) => (action.type === 'command' ? action.value.question : '')),
    ).toEqual([
      expect.stringMatching(/^diff intrusion-set--.* since 2025-01-01/),
      expect.stringMatching(/^diff intrusion-set--.* since 2025-01-01/),
    ]);
  });

  it('refuses a time that has not come', async () => {
    expect((await ask('what is new on APT900 since 2031')).outcome).toBe('refused');
  });
});

describe('a question that no record answers', () => {
  it.each([
    'is APT900 going to attack us',
    'how do I block APT900',
    'who is the leader of APT900',
    'how many members does APT900 have',
    'who hacked acme corp',
    'attribute this malware to an actor',
  ])('states nothing in answer to "%s", and offers questions that work', async (text) => {
    const answer = await ask(text);

    expect([answer.outcome, answer.answers, answer.facts]).toEqual(['refused', [], []]);
    expect(answer.card.sources).toEqual([]);
    const offered = allActions(answer.card).flatMap((action) =>
      action.type === 'command' ? (action.value.question ?? []) : [],
    );
    expect(offered.length).toBeGreaterThan(0);
    if (!text.includes('APT900')) return;
    for (const question of offered) expect(['found', 'answer']).toContain((await ask(question)).outcome);
  });

  it('tells since when something is active, and that nobody records its founding', async () => {
    const answer = await ask('when was APT900 founded');

    expect(sectionTexts(answer.card, 'activity')).toEqual(['active since 2014 — Beta galaxy']);
    expect(readCard(answer.card)).toContain('When it was founded is not recorded.');
  });
});
