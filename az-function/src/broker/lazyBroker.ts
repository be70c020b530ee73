/** Keeps the broker out of the start: it is loaded behind it, and only where it is switched on. */

import { errorName, lazy } from '@discogs-agent/core';
import { clientAddress, ROUTE_PREFIX } from '../http/toCall.ts';
import { toResponse } from '../http/toResponse.ts';
import type { BrokerDoor, LazyBrokerOptions } from './brokerDoor.ts';

type Loaded = Pick<BrokerDoor, 'handle' | 'prune'>;

/** The contract's words for a failure of our own. */
const FAILED = { error: 'internal_error', message: 'internal server error' };

/** Makes the door. A part that does not load is tried again with the next call. */
export function lazyBroker(options: LazyBrokerOptions): BrokerDoor {
  const loadTables = () => import('../tables/stores.ts');
  const broker = lazy<Loaded>(async () =>
    (await import('./brokerHost.ts')).createBrokerHost({
      ...options,
      toResponse,
      routePrefix: ROUTE_PREFIX,
      clientAddress,
      loadTables,
    }),
  );
  return {
    load: broker.get,
    async handle(request, context) {
      try {
        return await (await broker.get()).handle(request, context);
      } catch (error) {
        context.error(`broker_not_loaded detail=${errorName(error)}`);
        return { status: 500, jsonBody: FAILED, headers: { 'cache-control': 'no-store' } };
      }
    },
    prune: async (context) => (await broker.get()).prune(context),
  };
}
