import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseDigestFilters } from '../../src/briefing/digest-filter.ts';
import type { Card } from '../../src/cards/card.ts';
import { type Form, type FormValues, formIds, optionSources } from '../../src/cards/form.ts';
import { checkSlackPayload } from '../../src/cards/slack/check.ts';
import { renderSlackForm } from '../../src/cards/slack/form.ts';
import { renderText } from '../../src/cards/text/render.ts';
import type { FormReply } from '../../src/chat/surfaces-types.ts';
import { hostileString, hostileStrings } from '../helpers/cards.ts';
import { cleared } from '../helpers/cleared.ts';
import { ids } from '../helpers/knowledge.ts';
import { adminOf, direct, guestOf, openSurfaceWorld, type SurfaceWorld } from '../helpers/surfaces.ts';
import '../helpers/property-runs.ts';

let world: SurfaceWorld;
beforeAll(async () => {
  world = await openSurfaceWorld();
});
afterAll(() => world.close());

function textOf(card: Card): string {
  return renderText(cleared(card), { width: 400 });
}

/** What stands in the fields of a form, as a platform would send it back untouched. */
function valuesOf({ fields }: Form): FormValues {
  return Object.fromEntries(
    fields.flatMap((field): [string, readonly string[]][] => {
      if (field.type === 'note') return [];
      if (field.type === 'search') return [[field.id, (field.chosen ?? []).map(({ value }) => value)]];
      if (field.type === 'choices') return [[field.id, field.values ?? []]];
      return field.value === undefined ? [] : [[field.id, [field.value]]];
    }),
  );
}

function formIn(reply: FormReply): Form {
  if (reply.kind === 'done') throw new Error(`no form: ${textOf(reply.reply.card)}`);
  return reply.form;
}

function cardIn(reply: FormReply): Card {
  if (reply.kind === 'form') throw new Error(JSON.stringify(reply.problems));
  return reply.reply.card;
}

function problemsIn(reply: FormReply): readonly string[] {
  return reply.kind === 'form' ? (reply.problems ?? []).map(({ field, text }) => `${field}: ${text}`) : [];
}

const subscribe = (values: FormValues, more: object = {}): Promise<FormReply> =>
  world.surfaces.submitForm({ ...world.asked(), form: 'subscribe', values, ...more });

describe('finding while typing', () => {
  it('finds by name, alias and id, with one line on each', async () => {
    const find = (text: string) => world.surfaces.find({ ...world.asked(), text, limit: 5 });

    expect(await find('velvet')).toEqual([
      {
        id: ids.actor,
        type: 'intrusion-set',
        name: 'APT900',
        matched: 'Velvet Heron',
        hint: 'Actor G9001 · also Velvet Heron, Shared Name · Iran',
      },
    ]);
    expect((await find('G9002')).map(({ name }) => name)).toEqual(['APT901']);
    expect((await find('shared name')).map(({ name }) => name).sort()).toEqual(['APT900', 'APT901']);
    expect(await find('   ')).toEqual([]);
  });

  it('finds nothing above what the place may see', async () => {
    const find = (ceiling: 'green' | 'red') =>
      world.surfaces.find({
        ...world.asked({ place: { ...direct, ceiling } }),
        text: 'quiet herons',
        limit: 5,
      });

    expect((await find('green')).some(({ name }) => name === 'Quiet herons')).toBe(false);
    expect((await find('red')).some(({ name }) => name === 'Quiet herons')).toBe(true);
  });

  it.each([
    'tele',
    'germany',
    'iran',
    'HeronDoor',
    'T9022',
    'sector:',
    'source:al',
    'kind:',
    '',
    'asia',
    'apt9',
  ])('offers for %j only words of the filter language that can be read', async (text) => {
    const offered = await world.surfaces.options({ ...world.asked(), source: 'filter', text, limit: 50 });

    expect(offered.length).toBeGreaterThan(0);
    for (const { value, label } of offered) {
      expect(parseDigestFilters(value)).toMatchObject({ kind: 'ok' });
      expect([value.length, label.length].every((length) => length <= 75)).toBe(true);
    }
  });

  it('offers actors by any name, each by its id', async () => {
    const offered = await world.surfaces.options({
      ...world.asked(),
      source: 'actor',
      text: 'velvet',
      limit: 5,
    });

    expect(offered).toEqual([{ value: ids.actor, label: 'APT900 (Velvet Heron) · Actor G9001' }]);
  });

  it("offers the person's own zone first", async () => {
    const offered = await world.surfaces.options({ ...world.asked(), source: 'zone', text: '', limit: 3 });

    expect(offered[0]).toEqual({ value: 'Europe/Berlin', label: 'Europe/Berlin (now 23:00)' });
  });
});

describe('the form of a subscription', () => {
  it('shows the next three runs, which follow what is changed', async () => {
    const opened = formIn(await world.surfaces.openForm({ ...world.asked(), form: 'subscribe' }));
    const values = { ...valuesOf(opened), rhythm: ['weekly'], day: ['Tuesday'], zone: ['Asia/Tokyo'] };
    const changed = formIn(await world.surfaces.refreshForm({ ...world.asked(), form: 'subscribe', values }));
    const runs = (form: Form): string => JSON.stringify(form.fields.find(({ id }) => id === 'runs'));

    expect(runs(opened)).toContain('Mon 23 Nov 08:00 CET, Tue 24 Nov 08:00 CET, Wed 25 Nov 08:00 CET');
    // Eight in the morning in Tokyo is midnight in Berlin.
    expect(runs(changed)).toContain('Tue 24 Nov 00:00 CET, Tue 1 Dec 00:00 CET');
    expect(changed.fields.map(({ id }) => id)).toContain('day');
  });

  it('makes what the command would make', async () => {
    const card = cardIn(
      await subscribe({
        actors: [ids.actor],
        topics: ['sector:telecommunications', 'technique:T9022'],
        without: ['source:gamma'],
        filters: ['kind:report'],
        rhythm: ['weekly'],
        day: ['Friday'],
        time: ['5pm'],
        shape: ['thread'],
        emptyDay: ['line'],
        ceiling: ['clear'],
      }),
    );

    expect(textOf(card)).toContain('every Friday at 17:00 Europe/Berlin');
    const made = (await world.store.subscriptions()).at(-1);
    expect(made).toMatchObject({
      filters: 'actor:APT900 sector:telecommunications technique:T9022 -source:gamma kind:report',
      shape: 'thread',
      emptyDay: 'line',
      ceiling: 'clear',
      destination: { id: 'T1/C1', kind: 'channel' },
    });
    const [event] = await world.store.auditEvents({ since: 0, limit: 1 });
    expect(event).toMatchObject({ action: 'subscription.add', target: made?.id });
  });

  it('reads what is typed where nothing can be chosen', async () => {
    const values = { actors: ['velvet heron'], topics: ['banks', 'T9022', 'Iran'], without: ['HeronDoor'] };
    cardIn(await subscribe({ ...values, rhythm: ['weekly'], time: ['3:03'] }));

    expect((await world.store.subscriptions()).at(-1)?.filters).toBe(
      'actor:"velvet heron" sector:banks technique:T9022 country:Iran -malware:HeronDoor',
    );
  });

  it.each([
    [{ filters: ['sektor:x'] }, 'filters: “sektor:x” is no filter'],
    [
      { topics: ['country:Iran'], without: ['country:Iran'] },
      'without: “country:Iran” is asked for and left out',
    ],
    [{ topics: ['source:nowhere'] }, 'topics: “nowhere” is no source'],
    [{ actors: ['actor:"Shared Name"'] }, 'actors: Several actors are called “Shared Name”'],
    [{ time: ['25:00'] }, 'time: “25:00” is no time of day'],
    [{ time: ['08:00 sector:x'] }, 'time: “08:00 sector:x” is no time of day'],
    [{ zone: ['Atlantis'] }, 'zone: “Atlantis” is no time zone'],
    [{ rhythm: ['other'] }, 'when: Write when it comes'],
    [{ rhythm: ['other'], when: ['every second'] }, 'when: '],
    [{ rhythm: ['other'], when: ['31 February'] }, 'when: '],
  ])('tells at the field what is wrong with %j, and keeps what was filled in', async (values, problem) => {
    const before = (await world.store.subscriptions()).length;
    const reply = await subscribe({ ...values, shape: ['thread'] });

    expect(problemsIn(reply).join('\n')).toContain(problem);
    expect(valuesOf(formIn(reply))).toMatchObject({ shape: ['thread'] });
    expect(await world.store.subscriptions()).toHaveLength(before);
  });

  it('makes nothing for a preview, which stands beside the form', async () => {
    const before = (await world.store.subscriptions()).length;
    const reply = await subscribe({ topics: ['country:Iran'] }, { button: 'preview' });

    expect(reply.kind).toBe('beside');
    expect(textOf(cardIn(reply))).toContain('country:Iran');
    expect(await world.store.subscriptions()).toHaveLength(before);
  });

  it('tells at once who may not, when it is opened and when it is sent', async () => {
    const asked = world.asked({ asker: guestOf });
    const opened = await world.surfaces.openForm({ ...asked, form: 'subscribe' });
    const sent = await world.surfaces.submitForm({ ...asked, form: 'subscribe', values: {} });

    for (const reply of [opened, sent]) expect(textOf(cardIn(reply))).toContain('Not changed');
  });
});

describe('the form of a subscription that there is', () => {
  async function made(values: FormValues): Promise<string> {
    cardIn(await subscribe(values));
    return (await world.store.subscriptions()).at(-1)?.id ?? '';
  }
  const open = (id: string, more: object = {}) =>
    world.surfaces.openForm({ ...world.asked(more), form: 'edit-subscription', entity: id });
  const send = (state: string, values: FormValues, button?: string) =>
    world.surfaces.submitForm({
      ...world.asked(),
      form: 'edit-subscription',
      state,
      values,
      ...(button === undefined ? {} : { button }),
    });

  it.each<FormValues>([
    { rhythm: ['daily'], time: ['6:30'] },
    { rhythm: ['weekdays'], topics: ['sector:finance'] },
    { rhythm: ['hourly'], without: ['country:Iran'] },
    { rhythm: ['weekly'], day: ['Sunday'], actors: ['actor:APT900'], ceiling: ['clear'] },
    { rhythm: ['other'], when: ['every 6 hours'], filters: ['name:bear tlp:green'] },
    { rhythm: ['other'], when: ['7 9 1-7 * 3'], shape: ['thread'] },
  ])('is filled with what it is, so that sending it changes nothing: %j', async (values) => {
    const id = await made(values);
    const before = await world.store.subscription(id);
    const form = formIn(await open(id));

    expect(textOf(cardIn(await send(id, valuesOf(form))))).toContain('As it was');
    expect(await world.store.subscription(id)).toEqual(before);
  });

  it('changes what is changed, and no more', async () => {
    const id = await made({ rhythm: ['daily'], time: ['10:10'], topics: ['sector:energy'] });
    const values = valuesOf(formIn(await open(id)));
    cardIn(await send(id, { ...values, time: ['11:11'], ceiling: ['clear'] }));

    expect(await world.store.subscription(id)).toMatchObject({
      timing: { schedule: { cron: '11 11 * * *' } },
      filters: 'sector:energy',
      ceiling: 'clear',
    });
  });

  it('pauses, lets go on and ends it', async () => {
    const id = await made({ rhythm: ['daily'], time: ['12:12'] });
    const buttons = async (): Promise<readonly string[]> =>
      formIn(await open(id)).actions?.map((action) => action.id) ?? [];

    expect(await buttons()).toEqual(['preview', 'pause', 'remove']);
    cardIn(await send(id, {}, 'pause'));
    expect(await buttons()).toEqual(['preview', 'resume', 'remove']);
    cardIn(await send(id, {}, 'resume'));
    expect(textOf(cardIn(await send(id, {}, 'remove')))).toContain('Unsubscribed');
    expect(await world.store.subscription(id)).toBeUndefined();
  });

  it('shows nobody what is not theirs', async () => {
    const id = await made({ rhythm: ['daily'], time: ['13:13'] });
    const elsewhere = { place: { ...direct, id: 'T1/D2' }, person: 'T1/U2' };

    expect(textOf(cardIn(await open(id, elsewhere)))).toContain('There is no subscription');
  });
});

describe('the form of settings', () => {
  const open = (asker = adminOf) => world.surfaces.openForm({ ...world.asked({ asker }), form: 'settings' });
  const send = (values: FormValues, asker = adminOf) =>
    world.surfaces.submitForm({ ...world.asked({ asker }), form: 'settings', values });

  it('changes what differs, and says what is wrong at its field', async () => {
    const values = valuesOf(formIn(await open()));
    const wrong = await send({ ...values, sectors: ['no such sector'] });
    const card = cardIn(await send({ ...values, sectors: ['telecom, finance'], zone: ['Europe/Paris'] }));

    expect(problemsIn(wrong).join()).toMatch(/^sectors: /);
    expect(textOf(card)).toContain('Telecommunications, Finance');
    const again = valuesOf(formIn(await open()));
    expect(again).toMatchObject({ sectors: ['Telecommunications, Finance'], zone: ['Europe/Paris'] });
    const changes = (await world.store.auditEvents({ since: 0, limit: 50 })).filter(
      ({ action }) => action === 'settings.change',
    );
    expect(new Set(changes.map(({ detail }) => detail['setting']))).toEqual(new Set(['sectors', 'zone']));
  });

  it('goes back to the default where a field is emptied', async () => {
    const values = valuesOf(formIn(await open()));
    const card = cardIn(await send({ ...values, sectors: [], zone: [] }));

    expect(textOf(card)).not.toContain('Telecommunications');
  });

  it('changes nothing for those who may not, whatever they send', async () => {
    const before = await world.store.workspaceSettings('slack:T1');
    const reply = await send({ tlp: ['red'], subscribe: ['anyone'] }, guestOf);

    expect(reply.kind).toBe('done');
    expect(await world.store.workspaceSettings('slack:T1')).toEqual(before);
  });
});

describe('looking up by a form', () => {
  const send = (values: FormValues, more: object = {}) =>
    world.surfaces.submitForm({ ...world.asked(), form: 'look-up', values, ...more });

  it('briefs on what is chosen, or on what is typed where nothing can be chosen', async () => {
    expect(cardIn(await send({ entity: [ids.actor] })).title).toBe('APT900');
    expect(cardIn(await send({ entity: ['velvet heron'] })).title).toBe('APT900');
    expect(problemsIn(await send({})).join()).toContain('entity: ');
  });

  it('asks the question that it was opened with', async () => {
    const opened = formIn(
      await world.surfaces.openForm({ ...world.asked(), form: 'look-up', question: 'compare APT900 and {}' }),
    );
    const reply = await send({ entity: [ids.secondActor] }, { state: opened.state });

    expect(textOf(cardIn(reply))).toMatch(/APT900[\s\S]*APT901/);
  });
});

describe('being briefed on a text', () => {
  const brief = async (text: string, more: object = {}) =>
    (await world.surfaces.briefText({ ...world.asked(more), text })).card;

  it('ranks actors by weight, counts indicators and defangs them', async () => {
    const card = await brief(
      'APT901, then APT900 (Velvet Heron) with HeronDoor; T9022. CVE-2031-12345. http://heron.example/x and 192.0.2.7. Shared Name.',
    );
    const text = textOf(card);

    expect(text.indexOf('APT900')).toBeLessThan(text.indexOf('APT901'));
    expect(text).toContain('named 2 times');
    expect(text).toContain('Script Runner');
    expect(text).toContain('CVE-2031-12345, of which nothing is known here');
    expect(text).toContain('hxxp://heron[.]example/x');
    expect(text).not.toContain('http://heron');
    expect(text).toContain('Indicators (2)');
  });

  it('names nothing above what the place may see', async () => {
    const text = 'the report “Quiet herons”';

    expect(textOf(await brief(text))).toContain('names no actor');
    expect(textOf(await brief(text, { place: { ...direct, ceiling: 'red' } }))).toContain('Quiet herons');
  });

  it('says what to try where nothing is named', async () => {
    expect(textOf(await brief('lunch at noon?'))).toContain('Ask for a name or an id');
    expect(textOf(await brief(''))).toContain('no text in it');
  });

  it('says how much of a long text was read', async () => {
    expect(textOf(await brief(`APT900 ${'x '.repeat(80_000)}`))).toContain('first 100 KB');
  });
});

describe('the home page', () => {
  it('teaches where there is nothing, and lists what there is', async () => {
    const asked = world.asked({ place: direct, person: 'T1/U7' });
    const empty = textOf(await world.surfaces.home(asked));
    await world.chat.handle({ ...asked, text: 'watch APT900' });
    await world.chat.handle({ ...asked, text: 'subscribe weekdays at 8' });
    const filled = textOf(await world.surfaces.home(asked));

    expect(empty).toContain('Nothing yet');
    expect(empty).toContain('None yet');
    expect(filled).toContain('APT900, at once');
    expect(filled).toContain('weekdays at 08:00 Europe/Berlin');
    expect(filled).not.toContain('Nothing yet');
  });

  it('shows admins all digests of the workspace, and others their own', async () => {
    const own = textOf(await world.surfaces.home(world.asked({ place: direct, person: 'T1/U8' })));
    const all = textOf(
      await world.surfaces.home(world.asked({ place: direct, person: 'T1/U8', asker: adminOf })),
    );

    expect(own).toContain('None yet');
    expect(all).toContain('Digests of this workspace');
  });

  it('tells admins what could not be delivered', async () => {
    const other = await openSurfaceWorld({
      failed: async () => [{ id: 'd1', subscription: 's1', slotAt: 0, reason: 'see http://evil.example' }],
    });
    const at = (asker: typeof adminOf) => other.surfaces.home(other.asked({ place: direct, asker }));

    expect(textOf(await at(adminOf))).toContain('s1, Thu 1 Jan 1970 00:00 UTC: see hxxp://evil[.]example');
    expect(textOf(await at(guestOf))).not.toContain('s1');
    await other.close();
  });

  it('names nothing that the place may not see', async () => {
    const asked = world.asked({ place: { ...direct, ceiling: 'red' }, person: 'T1/U9' });
    await world.chat.handle({ ...asked, text: 'watch Quiet herons' });
    const text = textOf(await world.surfaces.home(world.asked({ place: direct, person: 'T1/U9' })));

    expect(text).not.toContain('Quiet herons');
    expect(text).toContain('something that is not shown here');
  });
});

describe('links of ours', () => {
  const linked = (path: string) =>
    world.surfaces.linked({ ...world.asked({ place: { ...direct, ceiling: 'red' } }), path });

  it('gives a short card of what is CLEAR, by name or id', async () => {
    const byName = await linked('/actor/velvet%20heron');

    expect(byName?.title).toBe('APT900');
    expect(byName?.marking).toBe('clear');
    expect(byName === undefined ? '' : textOf(byName)).not.toMatch(/Russia|Is it us/);
    expect((await linked(`/actor/${ids.actor}?utm=1`))?.title).toBe('APT900');
  });

  it.each([
    '/actor/',
    '/actor/nobody',
    '/actor/%ZZ',
    '/actor/shared%20name',
    '/other/APT900',
    '/actor/a/b',
    '/actor/__proto__',
  ])('gives nothing for %s', async (path) => {
    expect(await linked(path)).toBeUndefined();
  });
});

describe('hostile input', () => {
  const values: fc.Arbitrary<FormValues> = fc.dictionary(
    fc.constantFrom(
      'actors',
      'topics',
      'without',
      'filters',
      'rhythm',
      'day',
      'time',
      'when',
      'zone',
      'shape',
      'ceiling',
      'entity',
      'tlp',
      'sectors',
      '__proto__',
      'constructor',
    ),
    fc.array(hostileString, { maxLength: 3 }),
  );

  it('never makes a dialog fail, or a payload that Slack would refuse', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...formIds),
        values,
        fc.option(hostileString, { nil: undefined }),
        fc.constantFrom(undefined, 'preview', 'pause', 'remove', '__proto__'),
        async (form, given, state, button) => {
          const input = {
            ...world.asked({ person: 'T1/UX', asker: adminOf }),
            form,
            values: given,
            ...(state === undefined ? {} : { state }),
          };
          for (const reply of [
            await world.surfaces.refreshForm(input),
            await world.surfaces.submitForm(button === undefined ? input : { ...input, button }),
          ]) {
            if (reply.kind !== 'form') {
              expect(reply.reply.card.title).not.toBe('That did not work');
              continue;
            }
            expect(checkSlackPayload(renderSlackForm(reply.form, '{}', reply.problems))).toEqual([]);
          }
        },
      ),
      { numRuns: 60 },
    );
  });

  it('never makes type-ahead, texts or links fail', async () => {
    const texts = [...hostileStrings, 'a'.repeat(1_000_000), '<@U1> '.repeat(100_000), '('.repeat(50_000)];
    for (const text of texts) {
      for (const source of optionSources)
        await world.surfaces.options({ ...world.asked(), source, text, limit: 5 });
      await world.surfaces.find({ ...world.asked(), text, limit: 5 });
      expect((await world.surfaces.briefText({ ...world.asked(), text })).card.title).not.toBe(
        'That did not work',
      );
      await world.surfaces.linked({ ...world.asked(), path: `/actor/${text}` });
    }
  });
});
