import { urlConnector } from '../../src/connect/url/index.ts';
import { describeConnectorContract } from '../contracts/connector-contract.ts';
import { acmeBundle } from '../e2e/cli-fixtures.ts';
import type { LoopbackHandler } from '../helpers/loopback-server.ts';

const one = JSON.stringify(acmeBundle());
const two = JSON.stringify(acmeBundle([], 'XPT911', 1));

const plain: LoopbackHandler = ({ path }) => (path === '/one.json' ? { body: one } : { status: 404 });

const conditional: LoopbackHandler = ({ headers }) =>
  headers['if-none-match'] === '"v1"' ? { status: 304 } : { headers: { etag: '"v1"' }, body: one };

const guarded: LoopbackHandler = ({ path, headers }) => {
  if (headers['authorization'] !== 'Bearer open-sesame-123') return { status: 401 };
  return path === '/feed/one.json' ? { body: one } : { body: two };
};

describeConnectorContract(urlConnector, [
  { name: 'one address', connection: (origin) => ({ url: `${origin}/one.json` }), answer: plain },
  {
    name: 'a server with validators',
    connection: (origin) => ({ url: `${origin}/one.json` }),
    answer: conditional,
  },
  {
    name: 'several addresses behind a key',
    connection: (origin) => ({ url: `${origin}/feed`, options: { paths: 'one.json two.json' } }),
    key: 'open-sesame-123',
    answer: guarded,
  },
]);
