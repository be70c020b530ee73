/** The broker in this host. Loaded on demand, see `lazyBroker.ts`. */
import {
  type AcquireDependencies,
  createAcquire,
  createBroker,
  createBrokerLimiter,
  createBrokerRequestLog,
  createDiscogsSignIn,
  createSearches,
  type Signing,
} from '@discogs-agent/core/broker';
import { invocationLog } from '../invocationLog.ts';
import type { BrokerDoor, BrokerHostOptions } from './brokerDoor.ts';
import { hostStores } from './brokerStores.ts';
import { readHostSettings } from './hostSettings.ts';
import { toBrokerRequest } from './toBrokerRequest.ts';

/** The worker process lives on after an answer; nothing has to hold it. */
const waitUntil = (): void => {};

const randomBytes = (length: number) => crypto.getRandomValues(new Uint8Array(length));

/** Builds it from what the process has. Rejects when the stores cannot be loaded. */
export async function createBrokerHost(
  options: BrokerHostOptions,
): Promise<Pick<BrokerDoor, 'handle' | 'prune'>> {
  const { environment, found, rateLimiter, fetcher, now, steadyNow, setTimer, toResponse, clientAddress } =
    options;
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
  const limiter = createBrokerLimiter(rateLimiter);
  const acquired: AcquireDependencies = {
    openLimiter: async () => limiter,
    now,
    setTimer,
    waitUntil,
    log,
  };
  const signing: Signing = {
    // Without one `problems` is not empty, and nothing gets as far as a signature.
    consumer: settings.consumer ?? { key: '', secret: '' },
    signatureMethod: 'PLAINTEXT',
    now,
    random: randomBytes,
  };
  const { discogsApiBaseUrl: apiBaseUrl, userAgent } = environment.settings;
  const network = { ...signing, fetcher, apiBaseUrl, userAgent };
  const writeRequest = createBrokerRequestLog(log, steadyNow);
  const broker = createBroker({
    settings,
    stores,
    signIn: createDiscogsSignIn({
      ...network,
      acquire: createAcquire(acquired),
      webBaseUrl: settings.discogsWebBaseUrl,
    }),
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
