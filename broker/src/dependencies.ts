/** Wires the core to this host. Nothing here decides anything about Discogs. */
import { waitUntil } from 'cloudflare:workers';
import {
  type BrokerDependencies,
  brokerBudget,
  createAdmit,
  createDiscogsSignIn,
  createSearches,
} from '@discogs-agent/core/broker';
import { openSearchStores, openSignInWindow } from './d1/searchStores.ts';
import { databaseClock } from './d1/windowStore.ts';
import type { WorkerEnvironment } from './environment.ts';
import { createFetcher } from './fetcher.ts';
import { d1Stores } from './signIn/stores.ts';

const randomBytes = (length: number): Uint8Array<ArrayBuffer> =>
  crypto.getRandomValues(new Uint8Array(length));

function setTimer(run: () => void, ms: number): () => void {
  const timer = setTimeout(run, ms);
  return () => clearTimeout(timer);
}

/** For every request of an isolate: nothing in here belongs to one of them. */
export function dependencies(environment: WorkerEnvironment): BrokerDependencies {
  const { settings, discogsApiBaseUrl: apiBaseUrl, userAgent, database, egress } = environment;
  const platform = {
    policy: brokerBudget(settings.discogsMinIntervalMs),
    now: () => Date.now(),
    newId: () => crypto.randomUUID(),
    setTimer,
    waitUntil,
    log: console,
  };
  const calls = {
    // Without a consumer nothing is signed: whatever needs Discogs answers 503 before.
    consumer: settings.consumer ?? { key: '', secret: '' },
    // What the original sends. It does not depend on the address, which a way out of the owner's may change.
    signatureMethod: 'PLAINTEXT',
    random: randomBytes,
    fetcher: createFetcher(apiBaseUrl, (request) => (egress ? egress.fetch(request) : fetch(request))),
    apiBaseUrl,
    userAgent,
  } as const;
  const cacheSeconds = settings.searchCacheTtlSeconds;
  const openDatabase = () => database.withSession('first-primary');
  const kept = { ...platform, cacheSeconds, openDatabase, clock: databaseClock() };
  return {
    ...platform,
    settings,
    stores: d1Stores(database),
    signIn: createDiscogsSignIn({
      ...platform,
      ...calls,
      admit: createAdmit(platform, openSignInWindow(kept)),
      webBaseUrl: settings.discogsWebBaseUrl,
    }),
    searches: createSearches({ ...platform, ...calls, cacheSeconds, openStores: openSearchStores(kept) }),
    randomBytes,
    ...(egress ? { egress: 'gateway' } : {}),
  };
}
