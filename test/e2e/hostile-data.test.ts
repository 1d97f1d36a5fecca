import { describe, expect, it } from 'vitest';
import type { Card } from '../../src/cards/card.ts';
import { type Form, type FormProblem, formIds, optionSources } from '../../src/cards/form.ts';
import { renderSlackForm, slackErrors, slackOptions } from '../../src/cards/slack/form.ts';
import { optionTitle, renderForm } from '../../src/cards/teams/form.ts';
import type { FormReply } from '../../src/chat/surfaces-types.ts';
import type { Asker, Place } from '../../src/chat/types.ts';
import { createChanges } from '../helpers/changes.ts';
import { openConversationWorld } from '../helpers/conversation-world.ts';
import { hostileIds, hostileNames, hostileWorld } from '../helpers/hostile-records.ts';
import { createMemoryStore } from '../helpers/knowledge.ts';
import { luredBy, luredSlack, luredTeams } from '../helpers/lured.ts';
import { allActions } from '../helpers/reading.ts';
import {
  problemsInViews,
  problemsOf,
  problemsOfForm,
  problemsOfLink,
  problemsOfOptions,
} from '../helpers/sweep-cards.ts';

const now = new Date('2026-11-22T12:00:00Z');
const place: Place = {
  platform: 'slack',
  id: 'T1/C1',
  workspace: 'slack:T1',
  kind: 'channel',
  thread: 't',
  ceiling: 'green',
};
const asker: Asker = { role: 'admin', isMemberHere: true, zone: 'Europe/Berlin' };
const asked = { place, person: 'T1/U1', asker, now };
/** The only host that the data link to. */
const hosts = new Set(['fine.example']);

const { actor, other } = hostileNames;
const words: readonly string[] = [
  '<!channel> <@U1> <#C1|x> <!subteam^S1> <https://evil.example|click> :smile: @here &lt;!here&gt;',
  '![i](https://evil.example/x.png) [x](javascript:alert(1)) \\[x\\](https://evil.example) &#91;x&#93;(https://evil.example)',
  "<b>b</b><at>x</at><img src=x onerror=alert(1)><script>1</script>\"><svg onload=alert(1)> ' onclick='x",
  '\u202egnp.exe\u202c \u2066x\u2069 a\u200bb\u2060c\ufeffd\u00ade \u0000\b\r\u2028\u0085 \u001b[31mred\u001b]8;;https://evil.example\u0007',
  '*a* _b_ ~c~ `d` | a | b |\n- one\n1. two\n# three\n> four www.evil.example ftp://evil.example \ud800',
  '__proto__ <!channel>[x](https://evil.example)😀'.repeat(12),
];

/** What shows every kind of card. */
const texts = [
  actor,
  `brief ${actor}`,
  `aliases of ${actor}`,
  `what malware does ${actor} use`,
  `what techniques does ${actor} use`,
  'who uses T7720',
  `compare ${actor} and ${other}`,
  `why ${actor}`,
  'diff since 2026-11-01',
  'digest',
  'digest preview',
  'sources',
  'search plover',
  'list',
  'watch',
  'mute',
  `mute actor ${actor} for 7 days`,
  `watch ${actor}`,
  'subscribe daily 08:00 actor:APT777',
  'settings',
  'plovr',
  'reports on APT777',
];

interface Shown {
  readonly problems: string[];
  cards: number;
  forms: number;
}

function look({ problems, ...shown }: Shown, what: string, card: Card, isLink = false): void {
  shown.cards += 1;
  const found = isLink ? problemsOfLink(card) : [...problemsOf(card), ...problemsInViews(card)];
  const unsound = found.filter((problem) => problem !== 'text: no title');
  problems.push(
    ...[...unsound, ...luredBy(card, hosts)].map((problem) => `${what}: ${problem.slice(0, 300)}`),
  );
}

function lookAtForm({ problems }: Shown, form: Form, told: readonly FormProblem[] = []): void {
  const { title, card } = renderForm(form, told);
  problems.push(
    ...[
      ...problemsOfForm(form, told),
      ...luredSlack(renderSlackForm(form, '{}', told), hosts),
      ...luredSlack(slackErrors(told), hosts),
      ...luredTeams({ title, card }, hosts),
    ].map((problem) => `${form.id}: ${problem.slice(0, 300)}`),
  );
}

/** Everything that people can make the bot show of a world, looked at on every platform. */
async function showAll(hostile: string): Promise<Shown> {
  const { claim, change } = createChanges(now);
  const { records, sources } = hostileWorld(hostile);
  const changes = [
    claim('alpha', 'targets-sector', hostile, { about: hostileIds.actor }),
    claim('alpha', 'alias', hostile, { about: hostileIds.actor }),
    change({ kind: 'report-new', source: 'alpha', recordId: hostileIds.report, title: hostile }),
    change({ kind: 'entity-new', source: 'alpha', recordId: hostileIds.malware, title: hostile }),
  ];
  const shown: Shown = { problems: [], cards: 0, forms: 0 };
  const world = await openConversationWorld(
    createMemoryStore({ records, sources, changes, indicators: [] }).store,
  );
  const lookAtReply = (what: string, reply: FormReply): void => {
    if (reply.kind !== 'form') look(shown, what, reply.reply.card);
    if (reply.kind !== 'done') lookAtForm(shown, reply.form, reply.kind === 'form' ? reply.problems : []);
  };
  try {
    for (const text of [
      ...texts,
      hostile.slice(0, 8_000),
      `compare ${actor} and ${hostile.slice(0, 100)}`,
      `subscribe daily ${hostile.slice(0, 200)}`,
    ]) {
      const { card } = await world.chat.handle({ ...asked, text });
      look(shown, text.slice(0, 40), card);
      for (const action of allActions(card).slice(0, 2)) {
        if (action.type === 'link') continue;
        look(
          shown,
          `${text.slice(0, 40)} > ${action.label}`,
          (await world.chat.handleAction({ ...asked, value: action.value })).card,
        );
      }
    }
    for (const path of [hostileIds.actor, hostileIds.malware, encodeURIComponent(hostile.slice(0, 80))]) {
      const card = await world.surfaces.linked({ ...asked, path: `/actor/${path}` });
      if (card !== undefined) look(shown, `link ${path}`, card, true);
    }
    look(shown, 'home', await world.surfaces.home(asked));
    look(
      shown,
      'pasted',
      (await world.surfaces.briefText({ ...asked, text: `${actor} ${hostile}`.slice(0, 90_000) })).card,
    );
    for (const form of formIds) {
      lookAtReply(
        form,
        await world.surfaces.openForm({
          ...asked,
          form,
          entity: hostileIds.actor,
          question: hostile.slice(0, 300),
        }),
      );
      const values = {
        filters: [hostile.slice(0, 300)],
        time: [hostile.slice(0, 60)],
        actors: [hostileIds.actor],
        sectors: [hostile.slice(0, 60)],
      };
      lookAtReply(form, await world.surfaces.submitForm({ ...asked, form, values }));
      lookAtReply(
        form,
        await world.surfaces.submitForm({
          ...asked,
          form,
          values: { actors: [hostileIds.actor] },
          button: 'preview',
        }),
      );
    }
    for (const source of optionSources) {
      for (const text of ['', 'plov', 'sand', 'actor:', 'alpha', hostile.slice(0, 100)]) {
        const options = await world.surfaces.options({ ...asked, source, text, limit: 50 });
        shown.problems.push(...problemsOfOptions(options), ...luredSlack(slackOptions(options), hosts));
        shown.problems.push(
          ...luredTeams(
            options.map(({ label }) => ({ title: optionTitle(label) })),
            hosts,
          ),
        );
      }
    }
  } finally {
    await world.close();
  }
  return shown;
}

describe('data in which every word is hostile', () => {
  it('are as harmless in a form of which every text is a megabyte', () => {
    const huge = '<!channel> ![i](https://evil.example)\u202e😀'.repeat(26_000);
    const shown: Shown = { problems: [], cards: 0, forms: 0 };
    const form: Form = {
      id: 'subscribe',
      title: huge,
      submitLabel: huge,
      fields: [
        {
          type: 'search',
          id: 'search',
          label: huge,
          hint: huge,
          source: 'entity',
          chosen: [{ value: 'a', label: huge }],
        },
      ],
      actions: [{ id: 'preview', label: huge }],
    };

    lookAtForm(shown, form);

    // A dialog of so much is no longer of a size that Teams takes; nothing of the product is that long.
    expect(shown.problems.filter((problem) => !problem.includes('bytes'))).toEqual([]);
  });

  it.each(words.map((one) => [one.slice(0, 50), one] as const))(
    'mention nobody, lead nowhere, load nothing and hide nothing: %j',
    { timeout: 60_000 },
    async (_, hostile) => {
      const { problems } = await showAll(hostile);

      expect([...new Set(problems)].slice(0, 20)).toEqual([]);
    },
  );
});
