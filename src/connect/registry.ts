import { mispConnector } from './misp/index.ts';
import { mispFeedConnector } from './misp-feed/index.ts';
import { taxiiConnector } from './taxii/index.ts';
import type { Connector } from './types.ts';
import { urlConnector } from './url/index.ts';

/** Every connector, one line each. */
export const connectors: readonly Connector[] = [
  urlConnector,
  mispFeedConnector,
  mispConnector,
  taxiiConnector,
];

/** The connector of a kind; undefined when nobody fetches so. */
export function connectorOf(kind: string): Connector | undefined {
  return connectors.find((connector) => connector.kind === kind);
}
