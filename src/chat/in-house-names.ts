import type { HouseNaming } from '../briefing/house-naming.ts';
import type { Desk } from './desk.ts';

/** The same desk, answering in a house's names wherever nothing else is asked for. Nothing is built for it. */
export function inHouseNames(desk: Desk, naming: HouseNaming): Desk {
  if (naming.houses.length === 0) return desk;
  return {
    ...desk,
    ask: (text, ceiling, options) => desk.ask(text, ceiling, { naming, ...options }),
    why: (text, ceiling, options) => desk.why(text, ceiling, { naming, ...options }),
    digest: (options) => desk.digest({ naming, ...options }),
    contextAt: (ceiling, options) => desk.contextAt(ceiling, { naming, ...options }),
  };
}
