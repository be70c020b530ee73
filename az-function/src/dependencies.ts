/** Wires the core to this host. Nothing here decides anything about Discogs. */
import { hash, randomUUID } from 'node:crypto';
import { createGateway, createSecrets, type Gateway, type Log } from '@discogs-agent/core';
import { readEnvironment } from './environment.ts';
import { lazyFetcher } from './lazyFetcher.ts';
import { lazyKeyVault } from './lazyKeyVault.ts';

/** For work that outlives its call, which must not log through a finished invocation. */
const backgroundLog: Log = { info: console.info, warn: console.warn, error: console.error };

/** Read once: the getter costs more than the clock. */
const START = performance.timeOrigin;

/** The gateway of this process, and what can be loaded before its first call. */
export interface Host {
  readonly gateway: Gateway;
  /** Loads the HTTP client; safe to call at any time. */
  warmUp(): Promise<unknown>;
}

/** Builds the gateway from the environment. */
export function createHost(): Host {
  const { settings, secrets, keyVaultUri } = readEnvironment();
  const { fetcher, load } = lazyFetcher(settings.discogsApiBaseUrl);
  for (const { variable, fix } of settings.problems) {
    backgroundLog.error(`invalid_setting which=${variable} fix=${fix}`);
  }
  const gateway = createGateway({
    settings,
    secrets: createSecrets({
      environment: secrets,
      ...(keyVaultUri === undefined ? {} : { readVault: lazyKeyVault(keyVaultUri) }),
      now: Date.now,
      // The worker process lives on after an answer; nothing has to hold it.
      waitUntil: () => {},
      log: backgroundLog,
    }),
    fetcher,
    digest: (bytes) => hash('sha1', bytes, 'base64url'),
    now: () => START + performance.now(),
    random: Math.random,
    newTraceId: randomUUID,
  });
  return { gateway, warmUp: load };
}
