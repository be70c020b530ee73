/** Wires the core to this host. Nothing here decides anything about Discogs. */
import { waitUntil } from 'cloudflare:workers';
import type { UserAccess } from '@discogs-agent/core';
import {
  type BrokerDependencies,
  createAcquire,
  createDiscogsSignIn,
  createSearches,
} from '@discogs-agent/core/broker';
import { d1SearchCache } from './d1/searchCache.ts';
import type { WorkerEnvironment } from './environment.ts';
import { createFetcher } from './fetcher.ts';
import { openLimiter } from './limiter/openLimiter.ts';
import { setTimer } from './platform.ts';
import { d1Stores } from './signIn/stores.ts';

const randomBytes = (length: number): Uint8Array<ArrayBuffer> =>
  crypto.getRandomValues(new Uint8Array(length));

/** What both doors of an isolate stand on: nothing in here belongs to a request. */
export function workerPlatform({
  settings,
  discogsApiBaseUrl: apiBaseUrl,
  userAgent,
  rateLimiter,
  egress,
}: WorkerEnvironment) {
  // Without a consumer nothing is signed: whatever needs Discogs answers 503 before.
  const consumer = settings.consumer ?? { key: '', secret: '' };
  const now = (): number => Date.now();
  const platform = {
    openLimiter: () => openLimiter(rateLimiter, consumer.key),
    now,
    setTimer,
    waitUntil,
    log: console,
  };
  const calls = {
    consumer,
    // What the original sends. It does not depend on the address, which a way out of the owner's may change.
    signatureMethod: 'PLAINTEXT',
    random: randomBytes,
    fetcher: createFetcher(apiBaseUrl, (request) => (egress ? egress.fetch(request) : fetch(request))),
    apiBaseUrl,
    userAgent,
  } as const;
  const signIn = createDiscogsSignIn({
    ...platform,
    ...calls,
    acquire: createAcquire(platform),
    webBaseUrl: settings.discogsWebBaseUrl,
  });
  return { platform, calls, signIn, randomBytes };
}

/** What `workerPlatform` makes. */
export type WorkerPlatform = ReturnType<typeof workerPlatform>;

/** The broker's, for every request of an isolate. */
export function dependencies(
  { settings, database, egress }: WorkerEnvironment,
  { platform, calls, signIn }: WorkerPlatform,
  users: UserAccess | undefined,
): BrokerDependencies {
  const cacheSeconds = settings.searchCacheTtlSeconds;
  const openDatabase = () => database.withSession('first-primary');
  return {
    ...platform,
    settings,
    stores: d1Stores(database),
    signIn,
    searches: createSearches({
      ...platform,
      ...calls,
      cacheSeconds,
      openAnswers: () => d1SearchCache(openDatabase, cacheSeconds, platform.now, () => crypto.randomUUID()),
    }),
    randomBytes,
    users,
    ...(egress ? { egress: 'gateway' } : {}),
  };
}
