import type { SourceInfo } from '../../domain/source.ts';
import { slug } from '../stix/text.ts';
import type { ImportOptions } from '../types.ts';

/** Who made an event, as far as it is told: the creator, else the instance's owner. */
export interface EventCreator {
  readonly Orgc?: { readonly name?: string | undefined; readonly uuid?: string | undefined } | undefined;
  readonly Org?: { readonly name?: string | undefined } | undefined;
}

/** The source that an event belongs to unless the operator names another: `misp-<words of its creator>`. */
export function mispSourceName(event: EventCreator): string {
  const words = slug(creatorOf(event)) || event.Orgc?.uuid?.slice(0, 8).toLowerCase() || 'unknown';
  return `misp-${words}`;
}

/**
 * The source of an event, as the importer announces it. One that the operator named may hold events of many creators,
 * so it is called as the operator calls it, and each record names its own creator.
 */
export function mispSource(event: EventCreator, options: ImportOptions): SourceInfo {
  const title = options.sourceName ?? creatorOf(event);
  return {
    name: options.sourceName ?? mispSourceName(event),
    kind: 'misp-event',
    title: title === '' ? 'MISP events' : `${title.slice(0, 100)} (MISP events)`,
    licence: 'none stated in the data: ask the publisher before passing it on',
    defaultMarking: options.defaultMarking ?? 'green',
    reliability: 'F',
  };
}

/** Who made an event, where its source does not tell. */
export function mispPublisher(event: EventCreator, options: ImportOptions): string | undefined {
  const creator = creatorOf(event).slice(0, 100);
  return options.sourceName === undefined || creator === '' ? undefined : creator;
}

function creatorOf(event: EventCreator): string {
  return event.Orgc?.name?.trim() || event.Org?.name?.trim() || '';
}
