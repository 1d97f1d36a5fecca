import { type LookupAddress, type LookupAllOptions, lookup as resolveHost } from 'node:dns';
import type { LookupFunction } from 'node:net';
import { Agent, buildConnector } from 'undici';
import { type AddressRules, isPublicAddress } from './http-fetch-address.ts';
import type { FetchTimeouts } from './http-fetch-types.ts';

/** Which peers a connection may have. */
export type PeerRules = Pick<AddressRules, 'mayBePrivate' | 'notPublic'>;

/** Resolves a name, with all of its addresses. */
export type ResolveHost = (
  hostname: string,
  options: LookupAllOptions,
  callback: (error: Error | null, addresses: LookupAddress[]) => void,
) => void;

/**
 * An agent that looks at every address it connects to: all that a name resolves to before, and the peer after, so that
 * a name that answers differently the second time gains nothing.
 */
export function createAgent(rules: PeerRules, timeouts: FetchTimeouts): Agent {
  const connect = buildConnector({ timeout: timeouts.connectMs, lookup: guardedLookup(rules, resolveHost) });
  return new Agent({
    headersTimeout: timeouts.headersMs,
    bodyTimeout: timeouts.bodyMs,
    connect: (options, callback) => {
      connect(options, (error, socket) => {
        if (error !== null) {
          callback(error, null);
          return;
        }
        const peer = socket.remoteAddress ?? '';
        if (!isPublicAddress(peer) && !rules.mayBePrivate(options.hostname)) {
          socket.destroy();
          callback(rules.notPublic(peer), null);
          return;
        }
        callback(null, socket);
      });
    },
  });
}

/** Resolves a name and refuses it when any of its addresses is not public. */
export function guardedLookup(rules: PeerRules, resolve: ResolveHost): LookupFunction {
  return (hostname, options, callback) => {
    resolve(hostname, { ...options, all: true }, (error, addresses) => {
      if (error !== null) {
        callback(error, '', 0);
        return;
      }
      const forbidden = rules.mayBePrivate(hostname)
        ? undefined
        : addresses.find(({ address }) => !isPublicAddress(address));
      const [first] = addresses;
      if (forbidden !== undefined) callback(rules.notPublic(`${hostname} (${forbidden.address})`), '', 0);
      else if (first === undefined) callback(new Error('the name has no address'), '', 0);
      else if (options.all === true) callback(null, addresses);
      else callback(null, first.address, first.family);
    });
  };
}
