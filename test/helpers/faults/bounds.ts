/** How far a run goes: bounded by default, as far as the product promises where `FAULTS=long` asks for it. */
export interface FaultBounds {
  readonly subscriptions: number;
  readonly kills: number;
  /** Real seconds that one run may take. */
  readonly seconds: number;
}

export const isLong = process.env['FAULTS'] === 'long';

export const faultBounds: FaultBounds = isLong
  ? { subscriptions: 1_000, kills: 200, seconds: 600 }
  : { subscriptions: 60, kills: 8, seconds: 45 };
