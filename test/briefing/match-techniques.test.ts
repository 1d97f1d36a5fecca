import { beforeAll, describe, expect, it } from 'vitest';
import { rarityOf } from '../../src/briefing/rarity.ts';
import type { Answer } from '../../src/briefing/types.ts';
import { citedNumbers, textsOf } from '../../src/cards/cited-numbers.ts';
import { checkSlackPayload } from '../../src/cards/slack/check.ts';
import { renderSlackMessage } from '../../src/cards/slack/render.ts';
import { checkAdaptiveCard } from '../../src/cards/teams/check.ts';
import { renderAdaptiveCard } from '../../src/cards/teams/render.ts';
import { createDesk, type Desk } from '../../src/chat/desk.ts';
import { silentLog } from '../../src/support/log.ts';
import { bundledStore } from '../helpers/bundled-store.ts';
import { cleared } from '../helpers/cleared.ts';
import { createMemoryStore, ids } from '../helpers/knowledge.ts';
import { readCard, sectionTexts } from '../helpers/reading.ts';
import { labelledTechniques } from '../questions/labelled-techniques.ts';

const clock = { now: () => new Date('2026-01-20T03:00:00Z') };
const sample = createDesk({ store: createMemoryStore().store, clock, log: silentLog });
let desk: Desk;

beforeAll(() => {
  desk = createDesk({ store: bundledStore(), clock, log: silentLog });
});

function names({ answers }: Answer): readonly string[] {
  return answers.map(({ name }) => name);
}

describe('actors by a list of techniques', () => {
  it('come in the order of their overlap, each with what matches and what speaks against', async () => {
    const { outcome, card, answers, facts } = await sample.ask('match T9021.001, T9022, HeronDoor', 'green');

    expect(outcome).toBe('answer');
    expect(answers.map(({ id, score }) => [id, score])).toEqual([
      [ids.actor, 1],
      [ids.secondActor, 0],
    ]);
    expect(card.title).toBe('Actors that match 2 techniques and 1 software');
    const [first, second] = sectionTexts(card, 'actors');
    expect(first).toMatch(/^1\. APT900 — 100 %; 3 of 3: /);
    expect(first).toContain('HeronDoor (1 actor)');
    expect(second).toMatch(/^2\. APT901 — 0 %; 1 of 3: Script Runner \(T9022\) \(2 actors\)/);
    expect(second).toContain('no source ties it to Letter with a Trap (T9021.001), HeronDoor');
    expect(second).toContain('what matches is common');
    expect(second).toContain('only 2 such things are known of it');
    expect(facts).toContainEqual(
      expect.objectContaining({
        subject: ids.actor,
        predicate: 'uses',
        object: expect.objectContaining({ id: ids.door }),
      }),
    );
  });

  it('say what was read, what is unknown, and how it is counted', async () => {
    const { card } = await desk.ask('match T1566, T9999, T1193, foo bar', 'green');

    expect(sectionTexts(card, 'unknown-entries')).toEqual(['T9999', 'foo bar']);
    expect(sectionTexts(card, 'summary')[0]).toContain('2 entries are unknown here and left out.');
    expect(sectionTexts(card, 'summary')[0]).toContain('An overlap is no attribution');
    expect(sectionTexts(card, 'entries').join('\n')).toContain('T1193 was revoked in favour of T1566.001');
    expect(sectionTexts(card, 'formula')[0]).toContain('ln((N + 1) / (n + 1))');
  });

  it('are found by what they alone combine', async () => {
    expect(names(await desk.ask('T1566, Mimikatz, Remexi', 'green'))[0]).toBe('APT39');
  });

  it('count a sub-technique for its technique, and the technique for its sub-technique in part', async () => {
    const { knowledge } = await desk.contextAt('green');
    const phishing = knowledge.entity('T1566');
    const wide = [...knowledge.entities.values()].find(
      (one) =>
        phishing !== undefined && one.type === 'intrusion-set' && onlyWide(one.id, phishing.id, knowledge),
    );
    const { card } = await desk.ask('match T1566.001 T1566.002 T1566.003', 'green', { whole: true });
    const line = sectionTexts(card, 'actors').find((text) => text.includes(` ${wide?.name} — `));

    expect(line).toContain('not as closely as Spearphishing Attachment (T1566.001)');
    expect(line).toContain('by the wider technique only');
  });

  it('are none where nothing of the list is known', async () => {
    const answer = await desk.ask('T9998, T9999, T9997', 'green');

    expect(answer).toMatchObject({ outcome: 'not-found', answers: [] });
    expect(sectionTexts(answer.card, 'unknown-entries')).toEqual(['T9998', 'T9999', 'T9997']);
  });

  it('say that a publisher no longer tracks one', async () => {
    const { knowledge } = await desk.contextAt('green');
    const rarity = rarityOf(knowledge);
    const gone = [...knowledge.entities.values()].find(
      ({ id, type, deprecated }) =>
        type === 'intrusion-set' && deprecated && rarity.usedBy(id, 'techniques').size > 0,
    );
    if (gone === undefined) return;
    const used = [...rarity.usedBy(gone.id, 'techniques')].flatMap(
      (id) => knowledge.entities.get(id)?.externalIds[0] ?? [],
    );
    const { card } = await desk.ask(`match ${used.join(' ')} T1566 T1059`, 'green', { whole: true });

    expect(sectionTexts(card, 'actors').find((text) => text.includes(` ${gone.name} — `))).toContain(
      'its publisher no longer tracks it',
    );
  });

  it('are paged by ids where the text is too long for a button', async () => {
    const filler = 'The operators moved on and waited for the night. '.repeat(300);
    const { card } = await desk.ask(`${filler} T1566.001 ${filler} T1003 and T1105 with Mimikatz.`, 'green');
    const [more] = card.actions;

    expect(more).toMatchObject({ value: { verb: 'more', question: 'match T1566.001 T1003 T1105 S0002' } });
    const again = await desk.ask('match T1566.001 T1003 T1105 S0002', 'green');
    expect(sectionTexts(again.card, 'actors')).toEqual(sectionTexts(card, 'actors'));
  });

  it.each(labelledTechniques.map(([text]) => text))(
    'cites each line of %j and fits both platforms',
    async (text) => {
      const { card, facts, answers } = await desk.ask(text, 'green');

      for (const section of card.sections.filter(({ id }) => id === 'actors' || id === 'entries')) {
        for (const line of textsOf(section))
          expect(line.some(({ cites }) => (cites ?? []).length > 0)).toBe(true);
      }
      const numbers = new Set(card.sources.map(({ number }) => number));
      for (const number of citedNumbers(card.sections)) expect(numbers).toContain(number);
      for (const { id } of answers)
        expect(facts.some(({ subject, object }) => subject === id || object.id === id)).toBe(true);
      expect(checkSlackPayload(renderSlackMessage(cleared(card)).payload)).toEqual([]);
      expect(checkAdaptiveCard(renderAdaptiveCard(cleared(card)).payload)).toEqual([]);
    },
  );

  it('show nothing above the ceiling', async () => {
    expect(readCard((await sample.ask('match T9021.001, T9022', 'clear')).card)).not.toMatch(/Quiet|Delta/);
  });
});

type World = Awaited<ReturnType<Desk['contextAt']>>['knowledge'];

/** Uses a technique, and none of its sub-techniques. */
function onlyWide(
  actor: Parameters<World['claims']>[0],
  technique: Parameters<World['claims']>[0],
  knowledge: World,
): boolean {
  const rarity = rarityOf(knowledge);
  const used = rarity.usedBy(actor, 'techniques');
  return used.has(technique) && !rarity.partsOf(technique).some((part) => used.has(part));
}
