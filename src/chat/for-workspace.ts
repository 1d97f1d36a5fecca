import type { Desk } from './desk.ts';
import type { SettingValues } from './setting-values.ts';

/**
 * The same desk, answering in the names that a workspace chose and with what concerns it, wherever nothing else is asked
 * for. Nothing is built for it.
 */
export function forWorkspace(
  desk: Desk,
  { naming, sectors, regions }: Pick<SettingValues, 'naming' | 'sectors' | 'regions'>,
): Desk {
  const ours = {
    ...(naming.houses.length === 0 ? {} : { naming }),
    ...(sectors.length === 0 && regions.length === 0 ? {} : { ours: { sectors, regions } }),
  };
  if (Object.keys(ours).length === 0) return desk;
  return {
    ...desk,
    ask: (text, ceiling, options) => desk.ask(text, ceiling, { ...ours, ...options }),
    why: (text, ceiling, options) => desk.why(text, ceiling, { ...ours, ...options }),
    digest: (options) => desk.digest({ ...ours, ...options }),
    contextAt: (ceiling, options) => desk.contextAt(ceiling, { ...ours, ...options }),
  };
}
