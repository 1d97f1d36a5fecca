import { isAllowed } from '../domain/tlp.ts';
import type { Clock } from '../support/clock.ts';
import type { Log } from '../support/log.ts';
import { briefText } from './brief-text.ts';
import type { CommandContext } from './commands/types.ts';
import { personOf } from './destination.ts';
import { findEntities, toFound } from './find.ts';
import { done } from './forms/form-values.ts';
import { forms } from './forms/index.ts';
import { formOptions } from './forms/options.ts';
import { type HomeParts, homeCard } from './home.ts';
import { ifLet } from './if-let.ts';
import { linkedCard } from './linked.ts';
import { notAllowedCard } from './message-cards.ts';
import { type ContextParts, contextOf, guarded, withCeiling } from './request-context.ts';
import { type Asked, type FormReply, type Found, linkCeiling, type Surfaces } from './surfaces-types.ts';
import type { Reply } from './types.ts';

export interface SurfacesParts extends ContextParts, HomeParts {
  readonly clock: Clock;
  readonly log: Log;
  /** Makes the reference id of an error; absent: a random one. */
  readonly newReference?: () => string;
}

/** Dialogs, type-ahead, the home page, texts and links over the same desk, rules and permissions as conversation. */
export function createSurfaces(parts: SurfacesParts): Surfaces {
  async function formReply(
    asked: Asked,
    work: (context: CommandContext) => Promise<FormReply>,
  ): Promise<FormReply> {
    return guarded(
      parts,
      asked.place,
      async () => {
        const context = await contextOf(parts, asked);
        const reply = await work(context);
        return reply.kind === 'form'
          ? reply
          : { ...reply, reply: withCeiling(reply.reply, context, asked.place) };
      },
      done,
    );
  }

  /** What must not show an error: an empty list does. */
  function listed<Item>(
    asked: Asked,
    work: (context: CommandContext) => Promise<readonly Item[]>,
  ): Promise<readonly Item[]> {
    return guarded(
      parts,
      asked.place,
      async () => {
        const context = await contextOf(parts, asked);
        return (await context.may('look-up')) ? work(context) : [];
      },
      () => [],
    );
  }

  async function recentOf(context: CommandContext, limit: number): Promise<readonly Found[]> {
    const { place, person, desk } = context;
    const request = { person: personOf(place, person), ceiling: place.ceiling, limit };
    const recent = (await parts.recent?.recentLookups(request)) ?? [];
    const { knowledge } = await desk.contextAt(place.ceiling);
    return recent.flatMap(({ id }) => {
      const entity = knowledge.entity(id);
      return entity === undefined ? [] : [toFound(entity, knowledge)];
    });
  }

  return {
    openForm: (request) => formReply(request, (context) => forms[request.form].open(request, context)),
    refreshForm: (input) => formReply(input, (context) => forms[input.form].refresh(input, context)),
    submitForm: (input) => formReply(input, (context) => forms[input.form].submit(input, context)),
    options: (request) =>
      listed(request, (context) => formOptions(request, context, (limit) => recentOf(context, limit))),
    find: ({ text, limit, ...asked }) =>
      listed(asked, (context) =>
        text.slice(0, 200).trim() === '' ? recentOf(context, limit) : findEntities(text, limit, context),
      ),
    briefText: ({ text, ...asked }) =>
      guarded<Reply>(
        parts,
        asked.place,
        async () => {
          const context = await contextOf(parts, asked);
          const reply = await ifLet('look-up', context, () => briefText(text, context));
          return withCeiling(reply, context, asked.place);
        },
        (card) => ({ card, audience: 'asker' }),
      ),
    home: (asked) =>
      guarded(
        parts,
        asked.place,
        async () => {
          const context = await contextOf(parts, asked);
          const problem = await context.refusal('look-up');
          if (problem !== undefined) return notAllowedCard(problem, asked.now);
          // A card alone does not say for which ceiling it was composed, so that it is at most the platform's own.
          const ceiling = isAllowed(context.place.ceiling, asked.place.ceiling)
            ? context.place.ceiling
            : asked.place.ceiling;
          return homeCard({ ...context, place: { ...context.place, ceiling } }, parts);
        },
        (card) => card,
      ),
    linked: ({ path, ...asked }) =>
      guarded(
        parts,
        asked.place,
        async () => {
          const place = { ...asked.place, ceiling: linkCeiling };
          const context = await contextOf(parts, { ...asked, place });
          return (await context.may('look-up')) ? linkedCard(path, context) : undefined;
        },
        () => undefined,
      ),
  };
}
