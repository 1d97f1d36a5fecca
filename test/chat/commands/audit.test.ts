import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Reply } from '../../../src/chat/types.ts';
import type { StoredActivity } from '../../../src/store/answer-types.ts';
import { activity } from '../../contracts/answers-contract.ts';
import { ids } from '../../helpers/knowledge.ts';
import { channel, direct, guest, member, type Operators, openOperators } from '../../helpers/operators.ts';
import { allActions, readCard, sectionTexts } from '../../helpers/reading.ts';

let world: Operators;

beforeEach(async () => {
  world = await openOperators();
});
afterEach(() => world.close());

const read = async (...args: Parameters<Operators['say']>): Promise<string> =>
  readCard((await world.say(...args)).card);

async function entries(...args: Parameters<Operators['say']>): Promise<readonly string[]> {
  return sectionTexts((await world.say(...args)).card, 'entries');
}

const other = { person: 'T1/U2', asker: member, place: channel };
let series = 0;

/** Something that was done an hour ago, but for what is told. */
async function note(changes: Partial<StoredActivity>): Promise<void> {
  series += 1;
  const at = world.now.getTime() - 3_600_000;
  const id = `${at.toString(36).padStart(9, '0')}entry${series}`;
  const person = { platform: 'slack', workspace: 'slack:T1', id: 'T1/U2' } as const;
  const shared = { place: 'T1/C1', placeKind: 'channel', ceiling: 'green', marking: 'clear' } as const;
  const shown = {
    markings: ['clear'],
    entities: [],
    entityCount: 0,
    withheldCount: 0,
    withheldHighest: null,
  } as const;
  const one = { ...activity(series), ...shared, ...shown, id, at, person, evidence: null, ...changes };
  await world.store.noteAnswers({ activities: [one], evidence: [], contents: [] });
}

function labelled({ card }: Reply, label: string): string {
  const action = allActions(card).find((one) => one.label === label);
  if (action?.type !== 'command' || action.value.question === undefined)
    throw new Error(`no button “${label}”`);
  return action.value.question;
}

describe('the audit in chat', () => {
  it('tells when, who, where, what, how it ended, and what was shown with its markings', async () => {
    await world.say('who is velvet heron', other);
    await world.say('xqzv wjkp', other);
    await world.say('settings sectors energy', other);

    const { card, audience } = await world.say('audit');
    const told = sectionTexts(card, 'entries');

    expect(audience).toBe('asker');
    expect(told.join('\n')).toMatch(
      /2026-11-22 22:00 U2 asked in C1 “who is velvet heron”: found\. Shown: APT900 \(.+\)\. TLP:\S+ of TLP:GREEN/,
    );
    expect(told.join('\n')).toMatch(/“xqzv wjkp”: (?:not found|near names only)/);
    expect(told.join('\n')).toMatch(/U2 was refused: settings sectors/);
    expect(card.sources).toEqual([]);
    expect(card.evidence).toBeUndefined();
  });

  it('is of a time, an actor, a person and a place', async () => {
    await note({ question: 'aaa', entities: [ids.actor], entityCount: 1 });
    await note({ question: 'bbb', person: { platform: 'slack', workspace: 'slack:T1', id: 'T1/U3' } });
    await note({ question: 'ccc', place: 'T1/C2' });
    await note({ question: 'ddd', at: world.now.getTime() - 3 * 86_400_000 });
    const words = async (text: string): Promise<string> =>
      (await entries(text))
        .flatMap((line) => /“(\w{3})”/.exec(line)?.[1] ?? [])
        .sort()
        .join(' ');

    expect(await words('audit')).toBe('aaa bbb ccc');
    expect(await words('audit 7d')).toBe('aaa bbb ccc ddd');
    expect(await words('audit since 2026-11-19 until 2026-11-20')).toBe('ddd');
    expect(await words('audit actor velvet heron')).toBe('aaa');
    expect(await words(`audit actor ${ids.actor}`)).toBe('aaa');
    expect(await words('audit person @U3')).toBe('bbb');
    expect(await words('audit person u3 since 7d')).toBe('bbb');
    expect(await words('audit place C2')).toBe('ccc');
    expect(await words('audit 7d person U2 place C1')).toBe('aaa ddd');
    expect(await words('audit here')).toBe('');
    expect((await entries('audit here')).join()).toMatch(/U1 read the audit directly/);
    expect((await entries('audit person me')).length).toBeGreaterThan(5);
  });

  it.each([
    ['audit actor no-such-actor', 'names nothing for sure'],
    ['audit actor Shared Name', 'It may be APT900, APT901'],
    ['audit person ann lee', 'Copy member ID'],
    ['audit since 01/02/2025', 'is no date'],
    ['audit until yesterday since today', 'is before'],
    ['audit page 0', 'Pages are 1 to 100'],
    ['audit actor', 'Say what follows “actor”'],
  ])('says what is wrong with “%s”', async (text, problem) => {
    expect(await read(text)).toContain(problem);
  });

  it.each(['audit trail of APT900', 'audits'])('leaves “%s” to the questions', async (text) => {
    expect((await world.say(text)).answer).toBeDefined();
  });

  it('is told page by page, each entry once, whatever is asked meanwhile', async () => {
    for (let count = 0; count < 20; count += 1) await note({ question: `number-${count}` });
    let reply = await world.say('audit');
    const seen: string[] = [];
    for (let pages = 0; pages < 9; pages += 1) {
      const lines = sectionTexts(reply.card, 'entries');
      expect(lines.length).toBeLessThanOrEqual(8);
      seen.push(...lines.flatMap((line) => /number-\d+/.exec(line)?.[0] ?? []));
      if (!allActions(reply.card).some(({ label }) => label === 'More')) break;
      await world.say('velvet heron', other);
      reply = await world.press({ verb: 'ask', question: labelled(reply, 'More') });
      expect(reply.audience).toBe('replace');
    }

    expect(seen).toHaveLength(20);
    expect(new Set(seen).size).toBe(20);
    expect(
      sectionTexts((await world.press({ verb: 'ask', question: labelled(reply, 'Newer') })).card, 'entries'),
    ).toHaveLength(8);
  });

  it('is itself audited, each page', async () => {
    await world.say('audit');
    await world.press({ verb: 'ask', question: 'audit page 2' });
    await world.say('audit', { asker: member });

    const told = (await entries('audit')).filter((line) => line.includes('read the audit'));

    expect(told).toHaveLength(3);
    expect(told[0]).toContain('“audit”: refused');
    expect((await entries('audit')).filter((line) => line.includes('read the audit'))).toHaveLength(4);
  });
});

describe('who may read the audit', () => {
  it.each([['member', member] as const, ['guest', guest] as const])(
    'is no %s, on the command and on the press, and that is noted',
    async (_, asker) => {
      await note({ question: 'aaa' });
      for (const text of ['audit', 'audit page 2', 'audit here']) {
        const said = await world.say(text, { asker });
        const pressed = await world.press({ verb: 'ask', question: text }, { asker });
        for (const reply of [said, pressed]) {
          expect(readCard(reply.card)).toContain('Only admins of this workspace may see the audit');
          expect(readCard(reply.card)).not.toContain('aaa');
          expect(reply).toMatchObject({ audience: 'asker', outcome: 'refused' });
        }
      }

      expect((await world.changes()).map(({ action, target }) => `${action} ${target}`)).toEqual([
        'refused audit',
      ]);
    },
  );

  it('is asked again at each press, and may be chosen', async () => {
    await world.say('settings permissions audit people:U2');
    const own = { person: 'T1/U2', asker: member };
    expect((await world.say('audit', own)).outcome).toBeUndefined();

    await world.say('settings permissions audit nobody');

    const pressed = await world.press({ verb: 'ask', question: 'audit page 2' }, own);
    expect(readCard(pressed.card)).toContain('Nobody may see the audit here');
  });

  it('has a button for it on their own page', async () => {
    const labels = async (asker = member): Promise<readonly string[]> =>
      allActions(await world.home({ asker })).map(({ label }) => label);

    expect(await labels({ ...member, role: 'admin' })).toContain('Audit');
    expect(await labels()).not.toContain('Audit');
  });
});

describe('where the audit is told', () => {
  it.each(['channel', 'group'] as const)(
    'is no %s: it says where to ask, to the one who asked',
    async (kind) => {
      await note({ question: 'aaa' });
      const place = { ...channel, kind };
      const said = await world.say('audit', { place });
      const here = await world.say('audit here', { place });
      const pressed = await world.press({ verb: 'ask', question: 'audit' }, { place });
      const shared = await world.press({ verb: 'share', question: 'audit' }, { place });
      const more = await world.press({ verb: 'more', question: 'audit', section: 'entries' }, { place });

      for (const reply of [said, here, pressed, shared]) {
        expect(readCard(reply.card)).toContain('in a direct message only');
        expect(reply).toMatchObject({ audience: 'asker', outcome: 'refused' });
      }
      expect(readCard(here.card)).toContain('audit place C1');
      expect(readCard(more.card)).not.toContain('aaa');
    },
  );

  it('is the own workspace alone', async () => {
    await note({ question: 'aaa' });
    await note({ question: 'bbb', person: { platform: 'slack', workspace: 'slack:T2', id: 'T2/U2' } });
    await note({ question: 'ccc', person: { platform: 'teams', workspace: 'slack:T1', id: '29:x' } });
    await world.say('settings sectors energy', { place: { ...direct, workspace: 'slack:T2' } });

    const told = (await entries('audit person U2')).join('\n');
    const elsewhere = (
      await entries('audit', { place: { ...direct, workspace: 'slack:T2', id: 'T2/D1' }, person: 'T2/U1' })
    ).join('\n');

    expect(told).toContain('aaa');
    expect(`${told}${(await entries('audit')).join('\n')}`).not.toMatch(/bbb|ccc|changed a setting/);
    expect(elsewhere).toContain('bbb');
    expect(elsewhere).toContain('changed a setting: sectors');
    expect(elsewhere).not.toMatch(/aaa|ccc/);
  });
});

describe('what the reader may not see', () => {
  const hidden = 'What was shown';

  it('is counted, and neither named nor quoted', async () => {
    await note({
      question: 'zzwords',
      marking: 'amber',
      ceiling: 'amber',
      entities: [ids.actor],
      evidence: 'E-AAAAAAAA',
    });
    await note({ question: 'zzothers', entities: ['intrusion-set--not-known-here'] });

    const { card } = await world.say('audit');
    const told = sectionTexts(card, 'entries').join('\n');

    expect(told.split(hidden)).toHaveLength(3);
    expect(`${told}${JSON.stringify(allActions(card))}`).not.toMatch(
      /zzwords|zzothers|APT900|E-AAAAAAAA|not-known/,
    );
    expect(card.withheld).toEqual({ count: 2, highest: 'amber' });
    expect(card.marking).not.toBe('amber');
  });

  it('is told where all of it may be seen', async () => {
    await note({ question: 'zzwords', marking: 'amber', ceiling: 'amber', entities: [ids.actor] });

    const { card } = await world.say('audit', { place: { ...direct, ceiling: 'amber' } });

    expect(readCard(card)).toMatch(/zzwords[^]*APT900/);
    expect(card.marking).toBe('amber');
  });

  it('keeps back words that were written for fewer, and those of another’s direct conversation', async () => {
    await note({ question: 'zzforfew', ceiling: 'amber', entities: [ids.actor] });
    await note({ question: 'zzprivate', placeKind: 'direct', place: 'T1/D2' });
    await note({
      question: 'zzown',
      placeKind: 'direct',
      person: { platform: 'slack', workspace: 'slack:T1', id: 'T1/U1' },
    });
    await note({ question: 'sha256:0123456789abcdef' });

    const told = (await entries('audit')).join('\n');

    expect(told).not.toMatch(/zzforfew|zzprivate|0123456789/);
    expect(told).toContain('zzown');
    expect(told.match(/words not told here/g)).toHaveLength(2);
    expect(told).toContain('words kept as a hash');
    expect(told).toContain('Shown: APT900');
  });

  it('names no change’s filters, and no mute, watch or source of something that is not known here', async () => {
    const by = { platform: 'slack', workspace: 'slack:T1', id: 'T1/U2' } as const;
    const at = world.now.getTime() - 1_000;
    const change = (action: string, target: string, detail = {}) =>
      world.store.noteAudit({ at, by, action, target, detail });
    await change('watch.add', 'intrusion-set--zzhidden', { name: 'zzhidden' });
    await change('mute.add', 'zzmuted', { kind: 'source', label: 'zzlabel' });
    await change('mute.add', 'alpha', { kind: 'source', label: 'zzlabel' });
    await change('mute.add', 'zzitem', { kind: 'item', label: 'zzlabel' });
    await change('source.pause', 'zzsource');
    await change('subscription.add', 'abc', { filters: 'actor:zzfilter' });
    await change('watch.add', ids.actor, { name: 'zzoldname' });

    const { card } = await world.say('audit person U2');
    const told = sectionTexts(card, 'entries').join('\n');

    expect(told).not.toContain('zz');
    expect(told).toContain('made the subscription abc');
    expect(told).toMatch(/watches APT900/);
    expect(told).toContain('muted the source Alpha Framework');
    expect(told).toContain('muted an item');
    expect(card.withheld.count).toBe(3);
  });
});
