import { taxiiConnector } from '../../../src/connect/taxii/index.ts';
import { describeConnectorContract } from '../../contracts/connector-contract.ts';
import type { LoopbackHandler } from '../../helpers/loopback-server.ts';
import { createStandIn, malware, type Quirks, type StoredObject } from './stand-in.ts';

const key = 'made-up-key-4711';
const basic = `Basic ${Buffer.from(`analyst:${key}`).toString('base64')}`;

function objects(): StoredObject[] {
  const days = ['2025-12-01', '2025-12-01', '2025-12-02', '2025-12-03', '2025-12-03'];
  return days.map((day, index) => malware(index, `${day}T08:00:00.000000Z`));
}

function served(quirks: Quirks): LoopbackHandler {
  const server = createStandIn(objects(), 2, quirks);
  return (request) =>
    request.headers['authorization'] === basic
      ? server.answer(request)
      : { status: 401, headers: { 'content-type': 'text/html' }, body: 'Unauthorized Access' };
}

describeConnectorContract(taxiiConnector, [
  {
    name: 'a server with user and key, and one `next` for all pages',
    key,
    connection: () => ({ user: 'analyst' }),
    answer: served({ next: 'same' }),
  },
]);
