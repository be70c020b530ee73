/** What the gateway answers by itself; the answers are in `proxy/status/localAnswers.ts`. */
import { type Operation, operation } from './operation.ts';
import { ping as pingReply, status as statusReply } from './replies/gateway.ts';

/** Signs of life first. */
export const gatewayOperations: readonly Operation[] = [
  operation({
    id: 'ping',
    entity: 'ping',
    handledBy: 'gateway',
    needsKey: false,
    method: 'GET',
    path: '/ping',
    summary: 'Check that the gateway is up',
    description: 'Answers without a key and without calling Discogs.',
    audience: 'anyone',
    reply: { statuses: [200], description: 'The gateway is up.', schema: pingReply },
  }),
  operation({
    id: 'getStatus',
    entity: 'status',
    handledBy: 'gateway',
    method: 'GET',
    path: '/status',
    summary: 'See how many Discogs calls are left and how the gateway is doing',
    description:
      'The budget of calls to Discogs, the queue for it, the breaker, the cache and the store; what is asked ("discogs", or a stand-in), whether only reading is allowed, and what came of the requests of the last hour. Costs no call to Discogs. "reset" is in seconds.',
    audience: 'anyone',
    reply: { statuses: [200], description: 'The state of the instance that answered.', schema: statusReply },
  }),
  operation({
    id: 'getStatusPage',
    entity: 'status',
    handledBy: 'gateway',
    needsKey: false,
    inOpenApi: false,
    method: 'GET',
    path: '/status/page',
    summary: 'Watch the status in a browser',
    description:
      'A page without data of its own: it asks for the key, keeps it for the tab and shows the status.',
    audience: 'anyone',
    reply: { statuses: [200], description: 'The page, as HTML.' },
  }),
];
