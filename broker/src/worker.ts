/** The Worker: HTTP requests and the hourly prune. */
import { type Broker, createBroker } from '@discogs-agent/core/broker';
import { dependencies } from './dependencies.ts';
import { type Bindings, readEnvironment } from './environment.ts';
import { toBrokerRequest, toResponse } from './exchange.ts';
import type { ExecutionContext } from './platform.ts';
import { prunables } from './prunables.ts';

export { RateLimiter } from './limiter/rateLimiter.ts';

/** Keys are derived once for each isolate. New settings are a new deployment, which has bindings of its own. */
const brokers = new WeakMap<Bindings, Broker>();

function brokerOf(bindings: Bindings): Broker {
  const known = brokers.get(bindings);
  if (known) return known;
  const broker = createBroker(dependencies(readEnvironment(bindings)));
  brokers.set(bindings, broker);
  return broker;
}

export default {
  async fetch(request: Request, bindings: Bindings): Promise<Response> {
    return toResponse(await brokerOf(bindings).handle(toBrokerRequest(request)), request.method);
  },

  async scheduled(_event: unknown, bindings: Bindings, context: ExecutionContext): Promise<void> {
    context.waitUntil(
      brokerOf(bindings)
        .prune(prunables(bindings.DB))
        .then(({ removed, failed }) => console.info(`broker_prune: ${JSON.stringify({ removed, failed })}`)),
    );
  },
};
