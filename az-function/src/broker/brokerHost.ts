/** The broker in this host. Loaded on demand, see `lazyBroker.ts`. */
import { createBroker, createBrokerRequestLog, createSearches } from '@discogs-agent/core/broker';
import { invocationLog } from '../invocationLog.ts';
import type { BrokerDoor, BrokerHostOptions } from './brokerDoor.ts';
import { hostStores } from './brokerStores.ts';
import { readHostSettings } from './hostSettings.ts';
import { hostSignIn, randomBytes, waitUntil } from './hostSignIn.ts';
import { toBrokerRequest } from './toBrokerRequest.ts';

/** Builds it from what the process has. Rejects when the stores cannot be loaded. */
export async function createBrokerHost(
  options: BrokerHostOptions,
): Promise<Pick<BrokerDoor, 'handle' | 'prune'>> {
  const { environment, found, now, steadyNow, setTimer, toResponse, clientAddress } = options;
  const { log, inInvocation } = invocationLog();
  const settings = readHostSettings(found.variables, found.problems);
  const { stores, answers, prunable } = await hostStores({
    address: environment.tables,
    upstream: environment.settings.discogsApiBaseUrl,
    longestSeconds: settings.searchCacheTtlSeconds,
    now,
    steadyNow,
    loadTables: options.loadTables,
  });
  const { signIn, acquired, network } = hostSignIn(options, settings, log);
  const writeRequest = createBrokerRequestLog(log, steadyNow);
  const broker = createBroker({
    settings,
    stores,
    signIn,
    searches: createSearches({
      ...acquired,
      ...network,
      openAnswers: () => answers,
      cacheSeconds: settings.searchCacheTtlSeconds,
    }),
    now,
    randomBytes,
    setTimer,
    waitUntil,
    log,
    onAnswer(event) {
      writeRequest(event);
      options.onAnswer(event);
    },
    routePrefix: options.routePrefix,
  });
  return {
    handle: (request, context) =>
      inInvocation(context, async () =>
        toResponse(await broker.handle(toBrokerRequest(request, clientAddress))),
      ),
    prune: (context) =>
      inInvocation(context, async () => {
        const { removed, failed } = await broker.prune(prunable);
        log.info(`broker_prune removed=${JSON.stringify(removed)}`);
        if (failed.length > 0) throw new Error(`broker_prune failed=${failed.join(',')}`);
      }),
  };
}
