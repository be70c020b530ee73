/** What the gateway answers by itself. */
import { type Operation, operation } from './operation.ts';
import { ping as pingReply } from './replies/user.ts';

/** In the order of Discogs' documentation. */
export const gatewayOperations: readonly Operation[] = [
  operation({
    id: 'ping',
    entity: 'ping',
    handledBy: 'gateway',
    method: 'GET',
    path: '/ping',
    summary: 'Check that the gateway is up',
    description: 'Answers without a key and without calling Discogs.',
    documentation: 'https://www.discogs.com/developers',
    reply: { statuses: [200], description: 'The gateway is up.', schema: pingReply },
  }),
];
