import { isAllowed, type Tlp } from '../domain/tlp.ts';

/** What both allow. */
export function lower(place: Tlp, chosen: Tlp | undefined): Tlp {
  return chosen !== undefined && isAllowed(chosen, place) ? chosen : place;
}
