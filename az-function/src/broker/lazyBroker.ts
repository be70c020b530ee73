/** Keeps the broker out of the start: it is loaded behind it, and only where it is switched on. */
import { createRecentCounts, errorName, lazy, outcomeOf } from '@discogs-agent/core';
import type { BrokerEvent } from '@discogs-agent/core/broker';
import { clientAddress, ROUTE_PREFIX } from '../http/toCall.ts';
import { toResponse } from '../http/toResponse.ts';
import type { BrokerDoor, LazyBrokerOptions } from './brokerDoor.ts';

type Loaded = Pick<BrokerDoor, 'handle' | 'prune'>;

/** The contract's words for a failure of our own. */
const FAILED = { error: 'internal_error', message: 'internal server error' };

const COUNTED = [
  'sign_ins_started',
  'sign_ins_linked',
  'searches',
  'client_errors',
  'rate_limited',
  'errors',
] as const;
const COUNTED_ROUTES: ReadonlyMap<string, (typeof COUNTED)[number]> = new Map([
  ['/v1/device/session/start', 'sign_ins_started'],
  ['/v1/discogs/oauth/callback', 'sign_ins_linked'],
  ['/v1/discogs/proxy/search', 'searches'],
]);

/** Makes the door. A part that does not load is tried again with the next call. */
export function lazyBroker(options: LazyBrokerOptions): BrokerDoor {
  const counts = createRecentCounts(COUNTED, options.steadyNow);
  const onAnswer = ({ route, status }: BrokerEvent): void => {
    const done = status < 400 ? COUNTED_ROUTES.get(route) : undefined;
    counts.add(...outcomeOf(status), ...(done === undefined ? [] : [done]));
  };
  const loadTables = () => import('../tables/stores.ts');
  const broker = lazy<Loaded>(async () =>
    (await import('./brokerHost.ts')).createBrokerHost({
      ...options,
      onAnswer,
      toResponse,
      routePrefix: ROUTE_PREFIX,
      clientAddress,
      loadTables,
    }),
  );
  return {
    load: broker.get,
    recent: counts.sums,
    async handle(request, context) {
      try {
        return await (await broker.get()).handle(request, context);
      } catch (error) {
        counts.add('errors');
        context.error(`broker_not_loaded detail=${errorName(error)}`);
        return { status: 500, jsonBody: FAILED, headers: { 'cache-control': 'no-store' } };
      }
    },
    prune: async (context) => (await broker.get()).prune(context),
  };
}
