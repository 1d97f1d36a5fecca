import type { FormOption } from '../../cards/form.ts';
import { nameKey } from '../../domain/name-key.ts';
import { assertNever } from '../../support/assert-never.ts';
import type { CommandContext } from '../commands/types.ts';
import { findEntities } from '../find.ts';
import type { Found, OptionsRequest } from '../surfaces-types.ts';
import { filterOptions, visibleSources } from './filter-options.ts';
import { optionOf } from './form-values.ts';
import { zoneOptions } from './zone-options.ts';

/** No list that is chosen from is longer. */
const maxOptions = 100;

/**
 * What a search field offers for what is typed. Values: ids of things (`entity`, `actor`), words of the filter language
 * (`filter`), IANA names (`zone`), names of sources (`source`).
 */
export async function formOptions(
  { source, text, limit: wanted, now }: OptionsRequest,
  context: CommandContext,
  recent: (limit: number) => Promise<readonly Found[]>,
): Promise<readonly FormOption[]> {
  const limit = Math.min(wanted, maxOptions);
  switch (source) {
    case 'entity':
    case 'actor': {
      const isActor = source === 'actor';
      const found =
        nameKey(text.slice(0, maxOptions)) === ''
          ? (await recent(limit)).filter(({ type }) => !isActor || type === 'intrusion-set')
          : await findEntities(text, limit, context, isActor ? ['intrusion-set'] : undefined);
      return found.flatMap((one) => optionOf(one.id, foundLabel(one)) ?? []);
    }
    case 'filter':
      return filterOptions(text, limit, context);
    case 'zone':
      return zoneOptions(text, limit, context, now);
    case 'source': {
      const { knowledge } = await context.desk.contextAt(context.place.ceiling);
      const typed = nameKey(text.slice(0, maxOptions));
      return visibleSources(context, knowledge.sources.values())
        .filter(({ name, title }) => nameKey(name).includes(typed) || nameKey(title).includes(typed))
        .slice(0, limit)
        .flatMap(({ name, title }) => optionOf(name, title) ?? []);
    }
    default:
      return assertNever(source);
  }
}

/** `APT39 (Chafer) · Actor G0087`: room is for the name, and for what was typed. */
function foundLabel({ name, matched, hint }: Found): string {
  const [kind = ''] = hint.split(' · ', 1);
  return `${name}${matched === undefined ? '' : ` (${matched})`} · ${kind}`;
}
