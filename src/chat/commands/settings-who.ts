import { personOf } from '../destination.ts';
import { namedIn, ownIds, type Who } from '../permission-rules.ts';
import { meWord, whoProblem } from '../read-who.ts';
import { isDeed } from '../setting-values.ts';
import type { ReadInput, SettingInput, WhoInput } from './settings-read.ts';
import type { CommandContext } from './types.ts';

/**
 * A value as it holds on the platform that it is set from: who writes “me” is named by their id, and whom the platform
 * cannot tell is refused. Everything that is not about people stays as it is.
 */
export async function forPlatform(
  input: SettingInput,
  context: Pick<CommandContext, 'place' | 'person' | 'asker'>,
): Promise<ReadInput> {
  if (!isAboutPeople(input)) return { kind: 'ok', input };
  const { name, value } = input;
  const { place, person, asker } = context;
  const who = withOwnId(value, ownIds(personOf(place, person), asker).at(-1));
  const problem = who === undefined ? noOwnId : whoProblem(who, place.platform);
  if (who === undefined || problem !== undefined) return { kind: 'bad', problem: problem ?? noOwnId };
  return {
    kind: 'ok',
    input: { name, value: who, notes: [...input.notes, ...(await groupNotes(who, context))] },
  };
}

function isAboutPeople(input: SettingInput): input is WhoInput {
  return isDeed(input.name);
}

const noOwnId = 'Who you are could not be told just now, so that “me” names nobody; try again in a minute.';

function withOwnId(who: Who, own: string | undefined): Who | undefined {
  const named = namedIn(who);
  if (named?.kind !== 'people' || !named.ids.includes(meWord)) return who;
  if (own === undefined) return undefined;
  const id = /^[uw][a-z0-9]+$/.test(own) ? own.toUpperCase() : own;
  return `people:${[...new Set(named.ids.map((one) => (one === meWord ? id : one)))].join(',')}`;
}

/** A group that cannot be read lets nobody in; that is better known at once. */
async function groupNotes(who: Who, { asker }: Pick<CommandContext, 'asker'>): Promise<readonly string[]> {
  const named = namedIn(who);
  if (named?.kind !== 'group') return [];
  const told = await Promise.all(
    named.ids.map(async (id) => ({ id, isKnown: (await asker?.isInGroup?.(id)) !== undefined })),
  );
  return told
    .filter(({ isKnown }) => !isKnown)
    .map(
      ({ id }) =>
        `Who is in the group ${id} could not be read just now. Until it can, it lets nobody but admins.`,
    );
}
