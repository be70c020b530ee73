/** Wires the core to this host. Nothing here decides anything about Discogs. */
import { waitUntil } from 'cloudflare:workers';
import { type BrokerDependencies, createDiscogsSignIn } from '@discogs-agent/core/broker';
import type { WorkerEnvironment } from './environment.ts';
import { createFetcher } from './fetcher.ts';
import { d1Stores } from './signIn/stores.ts';

const randomBytes = (length: number): Uint8Array<ArrayBuffer> => crypto.getRandomValues(new Uint8Array(length));

function setTimer(run: () => void, ms: number): () => void {
  const timer = setTimeout(run, ms);
  return () => clearTimeout(timer);
}

/** For every request of an isolate: nothing in here belongs to one of them. */
export function dependencies(environment: WorkerEnvironment): BrokerDependencies {
  const { settings, discogsApiBaseUrl: apiBaseUrl, userAgent, database, egress } = environment;
  const now = (): number => Date.now();
  const fetcher = createFetcher(apiBaseUrl, (request) => (egress ? egress.fetch(request) : fetch(request)));
  const calls = {
    // Without a consumer nothing is signed: whatever needs Discogs answers 503 before.
    consumer: settings.consumer ?? { key: '', secret: '' },
    // What the original sends. It does not depend on the address, which a way out of the owner's may change.
    signatureMethod: 'PLAINTEXT',
    now,
    random: randomBytes,
    fetcher,
    apiBaseUrl,
    userAgent,
  } as const;
  return {
    settings,
    stores: d1Stores(database),
    signIn: createDiscogsSignIn({
      ...calls,
      admit: async () => ({ granted: true, settle: () => {} }),
      webBaseUrl: settings.discogsWebBaseUrl,
    }),
    searches: { search: async () => ({ kind: 'unavailable', reason: 'failed' }) },
    now,
    randomBytes,
    setTimer,
    waitUntil,
    log: console,
    ...(egress ? { egress: 'gateway' } : {}),
  };
}
