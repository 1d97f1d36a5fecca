import type { Connector } from './types.ts';

/** Every connector, one line each. */
export const connectors: readonly Connector[] = [];

/** The connector of a kind; undefined when nobody fetches so. */
export function connectorOf(kind: string): Connector | undefined {
  return connectors.find((connector) => connector.kind === kind);
}
