import type { CommandContext } from './commands/types.ts';

/** The reader's own zone, else that which the workspace chose; UTC where neither is known. */
export async function zoneOf({
  asker,
  settings,
  place,
}: Pick<CommandContext, 'asker' | 'settings' | 'place'>): Promise<string> {
  const zone = asker?.zone ?? (await settings.of(place.workspace)).zone ?? 'UTC';
  return Intl.supportedValuesOf('timeZone').includes(zone) ? zone : 'UTC';
}
