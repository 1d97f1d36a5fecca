import { beforeAll, describe, expect, it } from 'vitest';
import { labelOf, tacticTitles } from '../../src/briefing/labels.ts';
import { pageCard } from '../../src/briefing/page-card.ts';
import type { Answer } from '../../src/briefing/types.ts';
import type { Card, Section, Span } from '../../src/cards/card.ts';
import { citedNumbers, textsOf } from '../../src/cards/cited-numbers.ts';
import { checkSlackPayload } from '../../src/cards/slack/check.ts';
import { renderSlackMessage } from '../../src/cards/slack/render.ts';
import { checkAdaptiveCard } from '../../src/cards/teams/check.ts';
import { renderAdaptiveCard } from '../../src/cards/teams/render.ts';
import { createDesk, type Desk } from '../../src/chat/desk.ts';
import { countryName } from '../../src/domain/country.ts';
import type { Tlp } from '../../src/domain/tlp.ts';
import { silentLog } from '../../src/support/log.ts';
import { bundledStore } from '../helpers/bundled-store.ts';
import { cleared } from '../helpers/cleared.ts';
import { createMemoryStore, ids } from '../helpers/knowledge.ts';
import { allActions, readCard, sectionTexts } from '../helpers/reading.ts';
import { labelledCompare } from '../questions/labelled-compare.ts';

const clock = { now: () => new Date('2026-01-20T03:00:00Z') };
const sample = createDesk({ store: createMemoryStore().store, clock, log: silentLog });
let desk: Desk;

beforeAll(() => {
  desk = createDesk({ store: bundledStore(), clock, log: silentLog });
});

function ask(text: string, ceiling: Tlp = 'green'): Promise<Answer> {
  return sample.ask(text, ceiling);
}

describe('a comparison of two actors', () => {
  it('counts what they share of what either has, and how rare it is', async () => {
    const { outcome, card, answers } = await ask('compare APT900 and APT901');

    expect(outcome).toBe('answer');
    expect(answers.map(({ id }) => id)).toEqual([ids.actor, ids.secondActor]);
    expect(card.title).toBe('APT900 and APT901 compared');
    expect(sectionTexts(card, 'overlap').slice(0, 2)).toEqual([
      'Techniques: 1 of 2 (50 %) — 2 of APT900, 1 of APT901',
      'Software: 1 of 2 (50 %) — 2 of APT900, 1 of APT901',
    ]);
    expect(sectionTexts(card, 'overlap')).toContain('Attributed to: 0 of 2 (0 %) — 1 of APT900, 1 of APT901');
    expect(sectionTexts(card, 'shared-techniques')).toEqual([
      'Script Runner (T9022) — used by 2 of 2 actors with techniques',
    ]);
    expect(sectionTexts(card, 'shared-software')).toEqual(['NetPeek — used by 2 of 2 actors with software']);
  });

  it('names what either has alone', async () => {
    const { card } = await ask('APT900 vs APT901');

    expect(sectionTexts(card, 'only-1')).toContain('Software (1): HeronDoor');
    expect(sectionTexts(card, 'only-1')).toContain('Campaigns (1): Operation Reed');
    expect(sectionTexts(card, 'only-2')).toEqual(['Attributed to (1): North Korea']);
  });

  it('tells what speaks for a link and what against it, as recorded', async () => {
    const { card } = await ask('links between APT900 and APT901');

    expect(sectionTexts(card, 'shared-names')[0]).toMatch(/^Shared Name — of APT900 .*Alpha Framework/);
    expect(sectionTexts(card, 'speaks-for')).toContain('Both are called “Shared Name”');
    expect(sectionTexts(card, 'speaks-against')).toEqual(
      expect.arrayContaining([
        'Alpha Framework has an entry for each of the two',
        'Attributed to different countries: APT900: Iran; APT901: North Korea',
      ]),
    );
    expect(sectionTexts(card, 'verdict')[0]).toContain('are two here');
  });

  it('has the facts of both sides', async () => {
    const { facts } = await ask('compare APT900 and APT901');

    for (const subject of [ids.actor, ids.secondActor]) {
      expect(facts).toContainEqual(
        expect.objectContaining({
          subject,
          predicate: 'uses',
          object: expect.objectContaining({ id: ids.peek }),
        }),
      );
    }
    expect(facts.every(({ sources }) => sources.length > 0)).toBe(true);
  });

  it('shows nothing above the ceiling, and counts it', async () => {
    const green = await ask('compare APT900 and APT901', 'green');
    const amber = await ask('compare APT900 and APT901', 'amber');

    expect(JSON.stringify(green)).not.toMatch(/Quiet|Russia|Delta exchange/);
    expect(green.withheld).toEqual({ count: 2, highest: 'amber' });
    expect(readCard(amber.card)).toContain('Russia');
    expect(amber.card.marking).toBe('amber');
  });

  it('keeps to what was asked for', async () => {
    const { card } = await ask('compare the malware of APT900 and APT901');

    expect(sectionTexts(card, 'overlap')).toEqual([
      'Malware: 0 of 1 (0 %) — 1 of APT900, none known of APT901',
    ]);
    expect(card.sections.map(({ id }) => id)).not.toContain('shared-techniques');
  });
});

describe('a comparison of one thing with itself', () => {
  it('says that both are one, and by what evidence', async () => {
    const answer = await desk.ask('compare APT39 and Chafer', 'green');

    expect(answer.answers.map(({ name }) => name)).toEqual(['APT39']);
    expect(answer.card.title).toBe('APT39 and Chafer are one');
    expect(sectionTexts(answer.card, 'names').join('\n')).toMatch(/Chafer — same as: .*ATT&CK.*MISP/);
    expect(sectionTexts(answer.card, 'records').join('\n')).toContain('joined by one ATT&CK id');
    expect(answer.facts.length).toBeGreaterThan(0);
  });
});

describe('a name that several carry', () => {
  it('is told with who is meant, and a button asks for the other', async () => {
    const { card } = await desk.ask('compare Winnti and Mustang Panda', 'green');
    const notes = sectionTexts(card, 'notes');

    expect(notes[0]).toBe(
      '“Winnti” is a name of actor Winnti Group and actor APT41; here the actor Winnti Group is meant.',
    );
    const other = allActions(card).flatMap((action) =>
      action.type === 'command' && action.label === 'APT41' ? (action.value.question ?? []) : [],
    );
    const swapped = await desk.ask(other[0] ?? '', 'green');
    expect(swapped.answers.map(({ name }) => name)).toEqual(['APT41', 'Mustang Panda']);
  });
});

describe('a name that nobody has', () => {
  it('is said, with near names and the one that is known', async () => {
    const answer = await desk.ask('compare APT28 and Foo Bear', 'green');

    expect(answer.outcome).toBe('suggest');
    expect(answer.card.title).toBe('Nothing is called “Foo Bear”');
    expect(sectionTexts(answer.card, 'known')).toEqual(['APT28 is known here; a comparison takes two.']);
    expect(answer.suggestions.length).toBeGreaterThan(0);
  });

  it('is left out of a comparison of the others', async () => {
    const answer = await desk.ask('compare APT28, APT29 and Foo Bear', 'green');

    expect(answer.outcome).toBe('answer');
    expect(answer.answers.map(({ name }) => name)).toEqual(['APT28', 'APT29']);
    expect(sectionTexts(answer.card, 'notes')[0]).toBe(
      'Nothing here is called “Foo Bear”, so it is left out.',
    );
  });
});

describe('one name alone', () => {
  it('is answered with those that share most, each with a button that compares', async () => {
    const answer = await desk.ask('compare APT28', 'green');
    const [first] = allActions(answer.card).flatMap((action) =>
      action.type === 'command' && action.value.verb === 'ask' ? (action.value.question ?? []) : [],
    );

    expect(answer.card.title).toBe('Compare APT28 with whom?');
    const compared = await desk.ask(first ?? '', 'green');
    expect(compared.answers.map(({ name }) => name)).toEqual(
      answer.answers.slice(0, 2).map(({ name }) => name),
    );
  });

  it('is what the button of an actor’s card asks', async () => {
    const { card } = await desk.ask('APT28', 'green');
    const button = card.actions.find((action) => action.label === 'Compare…');

    expect(button).toMatchObject({ value: { verb: 'ask', question: 'compare G0007' } });
  });
});

/** Lines that state something of the world, not of the asking. */
const factual = /^(?:overlap|pairs|shared-.*|only-\d|speaks-.*)$/;

function factualSections(card: Card): readonly Section[] {
  return card.sections.filter(({ id }) => factual.test(id));
}

describe('every comparison of the labelled set', () => {
  const texts = labelledCompare.map(([text]) => text);

  it.each(texts)('%j cites a source in each line and fits both platforms', async (text) => {
    const { card, facts } = await desk.ask(text, 'green');

    for (const section of factualSections(card)) {
      for (const line of textsOf(section)) {
        if (!line.some((span) => span.text === 'nothing to compare')) {
          expect(line.some(({ cites }) => (cites ?? []).length > 0)).toBe(true);
        }
      }
    }
    const numbers = new Set(card.sources.map(({ number }) => number));
    for (const number of citedNumbers(card.sections)) expect(numbers).toContain(number);
    expect(facts.every(({ sources }) => sources.length > 0)).toBe(true);
    expect(checkSlackPayload(renderSlackMessage(cleared(card)).payload)).toEqual([]);
    expect(checkAdaptiveCard(renderAdaptiveCard(cleared(card)).payload)).toEqual([]);
  });

  it('names nothing but what is recorded', async () => {
    const { knowledge } = await desk.contextAt('green');
    const recorded = new Set([...knowledge.entities.values()].map(labelOf));
    for (const { id } of knowledge.entities.values()) {
      for (const { value, given } of knowledge.claims(id)) {
        recorded.add(value);
        if ('text' in given) recorded.add(given.text);
        if ('country' in given && given.country !== undefined) recorded.add(countryName(given.country));
      }
    }
    for (const title of tacticTitles.values()) recorded.add(title);
    const isCited = ({ cites }: Span): boolean => (cites ?? []).length > 0;
    for (const text of texts.filter((one) => /^compare .* and /i.test(one))) {
      const { card } = await desk.ask(text, 'green', { whole: true });
      const listed = card.sections.filter(({ id }) => /^(?:shared-(?!names)|only-)/.test(id));
      for (const span of listed.flatMap(textsOf).flat().filter(isCited))
        expect(recorded).toContain(span.text);
    }
  });

  it('can be paged wholly, section by section', async () => {
    const whole = await desk.ask('compare APT28, APT29 and Lazarus Group', 'green', { whole: true });
    for (const { id } of whole.card.sections) {
      for (const page of [0, 1, 50]) {
        const card = pageCard(whole.card, id, page, { question: 'compare APT28, APT29 and Lazarus Group' });

        expect(card?.sections).toHaveLength(1);
        if (card !== undefined)
          expect(checkSlackPayload(renderSlackMessage(cleared(card)).payload)).toEqual([]);
      }
    }
  });
});
