import type { Destination, Person } from '../domain/subscription.ts';
import type { Place } from './types.ts';

/** The one workspace of what runs on this machine: the playground and the command line. */
export const localWorkspace = 'local';

/** The workspace of what an operator subscribed without naming one. */
export const unnamedSlackWorkspace = 'slack';

/**
 * Where a subscription made in a place is delivered: the channel or group behind it, whatever the thread, or the
 * person in a direct conversation. Undefined for the command line, which nothing can be posted to.
 */
export function destinationOf(place: Place, person: string): Destination | undefined {
  const { platform, kind } = place;
  if (platform === 'cli') return undefined;
  const workspace = place.workspace ?? localWorkspace;
  if (kind === 'direct') return { platform, workspace, id: person, kind };
  // A place of Slack is `team/channel`, or `team/channel/thread`.
  const id = platform === 'slack' ? place.id.split('/').slice(0, 2).join('/') : place.id;
  return { platform, workspace, id, kind };
}

export function personOf(place: Place, person: string): Person {
  return { platform: place.platform, workspace: place.workspace ?? localWorkspace, id: person };
}

/**
 * All ways in which the same place may be written down: as chat names it, and with the bare id that an operator types,
 * with or without the workspace. The first is the place as given.
 */
export function samePlaces(destination: Destination): readonly Destination[] {
  const { platform, workspace, id } = destination;
  if (platform !== 'slack') return [destination];
  const [team, bare] = id.includes('/') ? id.split('/') : [workspace.slice('slack:'.length), id];
  if (bare === undefined || bare === '') return [destination];
  const named = team === undefined || team === '' ? [] : [{ ...destination, id: `${team}/${bare}` }];
  const forms = [
    destination,
    ...named.filter((one) => one.id !== id),
    { ...destination, id: bare },
    { ...destination, id: bare, workspace: unnamedSlackWorkspace },
  ];
  const seen = new Set<string>();
  return forms.filter((one) => {
    const key = `${one.workspace}\n${one.id}`;
    const isNew = !seen.has(key);
    seen.add(key);
    return isNew;
  });
}

export function isSamePlace(a: Destination, b: Destination): boolean {
  return (
    a.platform === b.platform &&
    samePlaces(a).some(({ workspace, id }) => workspace === b.workspace && id === b.id)
  );
}
