import * as fc from 'fast-check';
import { decodeActionValue } from '../../../src/cards/action-value.ts';
import type { Asker, Place } from '../../../src/chat/types.ts';
import type { Tlp } from '../../../src/domain/tlp.ts';
import { allActions } from '../../helpers/reading.ts';
import { adminOf, channel, direct, guestOf, memberOf, openSurfaceWorld } from '../../helpers/surfaces.ts';
import { replyProblems } from '../sound.ts';
import { defineTarget } from '../target.ts';
import { commandTexts } from '../texts.ts';
import { ceilings, createWatchedLog, fuzzKnowledge, fuzzNow } from '../world.ts';
import { buttonValues } from './buttons.ts';

interface Speaking {
  readonly ceiling: Tlp;
  readonly who: 'admin' | 'member' | 'guest' | 'nobody';
  readonly isDirect: boolean;
  /** The conversation that it belongs to. */
  readonly thread: number;
}

/** Who says something, and where. */
export const speaking: fc.Arbitrary<Speaking> = fc.record({
  ceiling: fc.constantFrom(...ceilings),
  who: fc.constantFrom('admin', 'member', 'member', 'guest', 'nobody'),
  isDirect: fc.boolean(),
  thread: fc.nat(3),
});

const askers: Readonly<Record<Speaking['who'], Asker | undefined>> = {
  admin: adminOf,
  member: memberOf,
  guest: guestOf,
  nobody: undefined,
};

/** The same as the chat wants it. */
export function askedBy({ ceiling, who, isDirect, thread }: Speaking): {
  readonly place: Place;
  readonly person: string;
  readonly asker?: Asker;
  readonly now: Date;
} {
  const asker = askers[who];
  const place = { ...(isDirect ? direct : channel), ceiling };
  return {
    place: thread === 0 ? place : { ...place, thread: `${place.id}/${thread}` },
    person: `T1/U-${who}`,
    now: fuzzNow,
    ...(asker === undefined ? {} : { asker }),
  };
}

type Said = Speaking & { readonly text: string; readonly press: number };

export const commandTarget = defineTarget<Said>(
  'commands',
  'texts of slash commands and mentions, and one of the buttons of the answer',
  async () => {
    const { world, canaries } = fuzzKnowledge(false);
    const log = createWatchedLog();
    const opened = await openSurfaceWorld({ world, now: fuzzNow, log });
    const { chat } = opened;
    return {
      inputs: fc
        .tuple(speaking, commandTexts(canaries), fc.nat(30))
        .map(([who, text, press]) => ({ ...who, text, press })),
      problemsOf: async ({ text, press, ...who }) => {
        const audience = { ceiling: who.ceiling, typed: text, canaries };
        const reply = await chat.handle({ ...askedBy(who), text });
        const problems = [...replyProblems(reply, audience), ...log.take()];
        const actions = allActions(reply.card).flatMap((one) => (one.type === 'link' ? [] : [one.value]));
        const value = actions[press % Math.max(1, actions.length)];
        if (value === undefined || problems.length > 0) return problems;
        const next = await chat.handleAction({ ...askedBy(who), value });
        return [...replyProblems(next, audience).map((one) => `pressed: ${one}`), ...log.take()];
      },
      close: () => opened.close(),
    };
  },
);

type Pressed = Speaking & { readonly value: string };

export const pressTarget = defineTarget<Pressed>('presses', 'values of buttons, pressed', async () => {
  const { world, canaries } = fuzzKnowledge(false);
  const log = createWatchedLog();
  const opened = await openSurfaceWorld({ world, now: fuzzNow, log });
  return {
    inputs: fc.tuple(speaking, buttonValues).map(([who, value]) => ({ ...who, value })),
    problemsOf: async ({ value: text, ...who }) => {
      const value = decodeActionValue(text);
      if (value === undefined) return [];
      const reply = await opened.chat.handleAction({ ...askedBy(who), value });
      return [...replyProblems(reply, { ceiling: who.ceiling, typed: text, canaries }), ...log.take()];
    },
    close: () => opened.close(),
  };
});
