/** The Worker: HTTP requests and the hourly prune. */
import { type Broker, createBroker, type PruneReport } from '@discogs-agent/core/broker';
import type { AuthorizationServer } from '@discogs-agent/core/oauth';
import { dependencies, workerPlatform } from './dependencies.ts';
import { type Bindings, readEnvironment } from './environment.ts';
import { toBrokerRequest, toResponse } from './exchange.ts';
import { authorizationServer } from './oauth/server.ts';
import type { ExecutionContext } from './platform.ts';
import { prunables } from './prunables.ts';

export { RateLimiter } from './limiter/rateLimiter.ts';

/** What answers in an isolate. */
interface Doors {
  readonly broker: Broker;
  /** Undefined where nobody signs in. */
  readonly server: AuthorizationServer | undefined;
}

/** Keys are derived once for each isolate. New settings are a new deployment, which has bindings of its own. */
const known = new WeakMap<Bindings, Doors>();

function doorsOf(bindings: Bindings): Doors {
  const found = known.get(bindings);
  if (found) return found;
  const environment = readEnvironment(bindings);
  const platform = workerPlatform(environment);
  const server = authorizationServer(environment, platform);
  const broker = createBroker(dependencies(environment, platform, server?.users));
  const doors = { broker, server };
  known.set(bindings, doors);
  return doors;
}

export default {
  async fetch(request: Request, bindings: Bindings): Promise<Response> {
    const { broker, server } = doorsOf(bindings);
    const door = server?.takes(request.url) ? server : broker;
    return toResponse(await door.handle(toBrokerRequest(request)), request.method);
  },

  async scheduled(_event: unknown, bindings: Bindings, context: ExecutionContext): Promise<void> {
    const { broker, server } = doorsOf(bindings);
    const written = (name: string, { removed, failed }: PruneReport): void =>
      console.info(`${name}: ${JSON.stringify({ removed, failed })}`);
    context.waitUntil(broker.prune(prunables(bindings.DB)).then((report) => written('broker_prune', report)));
    if (server) context.waitUntil(server.prune().then((report) => written('sign_in_prune', report)));
  },
};
