import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CardParts } from '../../src/briefing/finish-card.ts';
import { clearName } from '../../src/briefing/names.ts';
import type { Card } from '../../src/cards/card.ts';
import {
  type ClearText,
  clearDay,
  clearText,
  clearWord,
  joinClear,
  whenClear,
} from '../../src/cards/clear-text.ts';
import { type ClearedCard, clearFor, cardOf as shownOf } from '../../src/cards/cleared.ts';
import { jsonLineFor } from '../../src/cards/cleared-json.ts';
import { renderHtml } from '../../src/cards/html/render.ts';
import { renderSlackMessage } from '../../src/cards/slack/render.ts';
import { renderAdaptiveCard } from '../../src/cards/teams/render.ts';
import { renderText } from '../../src/cards/text/render.ts';
import type { ShownSubscription } from '../../src/chat/shown-subscription.ts';
import { subscriptionCard } from '../../src/chat/subscription-cards.ts';
import { isAllowed, type Tlp, tlpLevels } from '../../src/domain/tlp.ts';
import type { OutgoingMessage } from '../../src/schedule/types.ts';
import type { StoredSubscription } from '../../src/store/delivery-types.ts';
import '../helpers/property-runs.ts';
import { sampleCard } from '../helpers/sample-card.ts';

const level = fc.constantFrom(...tlpLevels);

/** Everything that goes out of a card for an audience. */
function payloads(card: ClearedCard): readonly string[] {
  return [
    JSON.stringify(renderSlackMessage(card).payload),
    JSON.stringify(renderAdaptiveCard(card).payload),
    renderHtml(card),
    renderText(card, { width: 100 }),
    JSON.stringify(shownOf(card)),
    jsonLineFor(shownOf(card), card.ceiling),
  ];
}

function cardOf(marking: Tlp, sources: readonly Tlp[], more: Partial<Card> = {}): Card {
  return {
    title: 'zztitle',
    marking,
    badges: [{ text: 'zzbadge', tone: 'neutral' }],
    sections: [{ type: 'text', id: 'x', rank: 0, paragraphs: [[{ text: 'zztext' }]] }],
    sources: sources.map((one, index) => ({
      number: index + 1,
      title: 'zzsource',
      marking: one,
      confidence: null,
    })),
    withheld: { count: 0, highest: null },
    actions: [{ type: 'command', label: 'zzlabel', value: { verb: 'ask', question: 'zzquestion' } }],
    asOf: '2026-01-20T03:00:00.000Z',
    fallbackText: 'zzfallback',
    ...more,
  };
}

describe('the gate', () => {
  it('lets nothing out of a card that is marked above the audience, in no form', () => {
    fc.assert(
      fc.property(level, level, fc.array(level, { maxLength: 3 }), (ceiling, marking, sources) => {
        const out = payloads(clearFor(cardOf(marking, sources), ceiling)).join('\n');
        const isAllowedHere = [marking, ...sources].every((one) => isAllowed(one, ceiling));

        expect(out.includes('zztitle')).toBe(isAllowedHere);
        if (!isAllowedHere) expect(out).not.toMatch(/zz/);
      }),
      { numRuns: 60 },
    );
  });

  it('lets into a notification what is CLEAR, and of a marked card what a composer vouches for', () => {
    const notice = clearText`zznotice`;
    const pushed = (card: Card): readonly string[] => {
      const one = clearFor(card, 'red');
      const slack = renderSlackMessage(one).payload;
      const teams = renderAdaptiveCard(one).payload;
      return [slack.text, teams.fallbackText, teams.speak, shownOf(one).fallbackText];
    };

    expect(new Set(pushed(cardOf('clear', ['clear'])))).toEqual(new Set(['zzfallback']));
    expect(new Set(pushed(cardOf('green', ['clear'], { notice })))).toEqual(new Set(['zznotice']));
    for (const card of [cardOf('green', []), cardOf('clear', ['amber'])])
      expect(new Set(pushed(card))).toEqual(new Set(['An answer for this place.']));
    expect(pushed({ ...cardOf('red', [], { notice }), fallbackText: 'zzother' })).not.toContain('zzother');
  });
});

describe('jsonLineFor', () => {
  const marked = (tlp: string, word: string) => ({ source: 's', tlp, word });

  it('leaves out what is marked above the audience, and facts that nobody states any more', () => {
    const value = {
      tlp: 'green',
      facts: [
        { predicate: 'a', sources: [marked('clear', 'one'), marked('amber', 'two')] },
        { predicate: 'b', sources: [marked('red', 'three')] },
        { predicate: 'c', sources: [] },
      ],
      messages: [{ role: 'single', card: { marking: 'amber', title: 'four' } }],
      odd: [marked('ultraviolet', 'five')],
      withheld: { count: 1, highest: 'red' },
    };

    expect(JSON.parse(jsonLineFor(value, 'green'))).toEqual({
      tlp: 'green',
      facts: [
        { predicate: 'a', sources: [marked('clear', 'one')] },
        { predicate: 'c', sources: [] },
      ],
      messages: [{ role: 'single' }],
      odd: [],
      withheld: { count: 1, highest: 'red' },
    });
  });

  it('changes nothing of what an audience may see', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (value) => {
        fc.pre(!/"(?:tlp|marking)"/.test(JSON.stringify(value)));
        expect(jsonLineFor(value, 'clear')).toBe(JSON.stringify(value));
      }),
      { numRuns: 100 },
    );
  });

  it('is done with what is nested without end', () => {
    const top: { sources?: unknown; next?: unknown } = {};
    let last = top;
    for (let depth = 0; depth < 5_000; depth += 1) {
      const next = {};
      last.next = next;
      last = next;
    }

    expect(jsonLineFor(top, 'clear').length).toBeLessThan(1_000);
  });
});

/** What `{ ...one }` is of a type. */
type Copy<Whole> = { -readonly [Name in keyof Whole]: Whole[Name] };

describe('a way to a platform without the gate', () => {
  it('does not compile', () => {
    const card: Card = sampleCard;
    const secret: string = card.title;
    // Never run: the compiler is the test, and says so when one of these is no error any more.
    const paths = (): readonly unknown[] => [
      // @ts-expect-error: a card that did not pass
      renderSlackMessage(card),
      // @ts-expect-error: a card that did not pass
      renderAdaptiveCard(card),
      // @ts-expect-error: a card that did not pass
      renderHtml(card),
      // @ts-expect-error: a card that did not pass
      renderText(card, { width: 80 }),
      // @ts-expect-error: a look-alike
      renderSlackMessage({ card, ceiling: 'clear' }),
      // @ts-expect-error: another card in what passed
      (copy: Copy<ClearedCard>) => renderText(Object.assign(copy, { card })),
      // @ts-expect-error: another ceiling for what passed
      (copy: Copy<ClearedCard>): ClearedCard => Object.assign(copy, { ceiling: 'red' }),
      // @ts-expect-error: a message for a delivery
      { key: 'k', card } satisfies OutgoingMessage,
      // @ts-expect-error: a subscription with filters as they were written
      (one: StoredSubscription) => subscriptionCard('t', one, new Date(0)),
      // @ts-expect-error: other filters in what was read so
      (shown: ShownSubscription): ShownSubscription => ({ ...shown, filters: secret }),
      (shown: ShownSubscription, one: StoredSubscription): ShownSubscription =>
        // @ts-expect-error: a subscription put over what was read so
        ({ ...shown, ...one }),
      // @ts-expect-error: words of data
      clearText`About ${secret}.`,
      // @ts-expect-error: words of data
      clearWord(secret),
      // @ts-expect-error: words of data
      secret satisfies ClearText,
      // @ts-expect-error: a name that may be marked
      joinClear([whenClear(secret, 'amber')], clearText`, `),
      // @ts-expect-error: a name that may be marked
      (entity: Parameters<typeof clearName>) => clearText`${clearName(...entity)}`,
      // @ts-expect-error: a notice of unknown words
      { title: 't', sections: [], notice: secret } satisfies CardParts,
    ];

    expect(paths).toBeTypeOf('function');
  });

  it('ends in an error where types were talked out of it', () => {
    const passed = clearFor(cardOf('clear', []), 'clear');
    const forged: ClearedCard = Object.assign({}, passed, { card: cardOf('red', []) });

    for (const render of [renderSlackMessage, renderAdaptiveCard, renderHtml, renderText])
      expect(() => render(forged)).toThrow(TypeError);
    expect(() => renderText(structuredClone(passed))).toThrow(TypeError);
  });

  it('is not opened by a cast: only the gate’s own files make what passed', () => {
    const forging = /\bas (?:unknown as )?(?:Cleared[A-Z]\w*|ClearText)\b|<Cleared[A-Z]\w*>\s*[({]/;
    const found = sourceFiles('src').filter((path) => forging.test(readFileSync(path, 'utf8')));

    expect(found).toEqual(['src/cards/clear-text.ts']);
  });

  it('is not opened by printing an answer as JSON past the gate', () => {
    for (const file of ['ask', 'diff', 'why', 'digest', 'digest-run'])
      expect(readFileSync(`src/cli/${file}.ts`, 'utf8')).not.toMatch(
        /JSON\.stringify\((?:card|json|\{? ?\.\.\.|answer)/,
      );
  });

  it('is not opened by data that vouches for itself: whose marking is asked is known', () => {
    const vouching = sourceFiles('src').filter((path) => /\bwhenClear\(/.test(readFileSync(path, 'utf8')));

    expect(vouching).toEqual([
      'src/briefing/actor-card.ts',
      'src/briefing/digest-fallback.ts',
      'src/briefing/names.ts',
      'src/cards/clear-text.ts',
    ]);
  });
});

function sourceFiles(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name))
    .map((name) => join(folder, name))
    .sort();
}

it('clear words are put together as they stand', () => {
  const name = whenClear('APT900', 'clear');

  expect(whenClear('APT900', 'green')).toBeUndefined();
  expect(name === undefined ? '' : clearText`${name} by ${2} on ${clearDay(0)}.`).toBe(
    'APT900 by 2 on 1970-01-01.',
  );
  expect(joinClear([clearWord('a'), clearWord('b')], clearText` or `)).toBe('a or b');
});
