/** Wires the core to this host. Nothing here decides anything about Discogs. */
import { hash, randomBytes, randomUUID } from 'node:crypto';
import {
  type CachingClient,
  createBreaker,
  createCachingClient,
  createGateway,
  createRateLimiter,
  createSecrets,
  type Digest,
  discogsBudget,
  type Fetcher,
  type Gateway,
  type HostSecrets,
  LONGEST_SECONDS,
  type Log,
  linkOrigins,
  type RateLimiter,
} from '@discogs-agent/core';
import type { BrokerDoor } from './broker/brokerDoor.ts';
import { lazyBroker } from './broker/lazyBroker.ts';
import { lazyCatalogue } from './catalogue/lazyCatalogue.ts';
import { createDoors, type Doors } from './doors.ts';
import { type FunctionEnvironment, mayHaveSeveralKeys, readEnvironment } from './environment.ts';
import { createFetcher } from './http/fetcher.ts';
import { lazyKeyVault } from './secrets/lazyKeyVault.ts';
import { sharedState } from './sharedState.ts';
import { lazySignIn } from './signIn/lazySignIn.ts';
import type { SignInDoor } from './signIn/signInDoor.ts';
import { createClocks } from './steadyClock.ts';
import { hostTelemetry } from './telemetry/hostTelemetry.ts';
import type { Telemetry } from './telemetry/telemetry.ts';

/**
 * The smallest instance of the Flex Consumption plan has 512 MB for host and worker. A body that was shown
 * again is held a second time with its links rewritten, so that the cache may take twice as much.
 */
const CACHE_BYTES = 32 * 1024 * 1024;
/**
 * Of answers that are being read: two of the largest, and what they were packed in. Each takes as much again when its links
 * are rewritten, and is garbage for a while afterwards. Beside a host of 150 MB, a worker of 100 and the cache, an instance
 * of 512 MB has about 200 left.
 */
const MAX_BYTES_IN_FLIGHT = 72 * 1024 * 1024;

/** For work that outlives its call, which must not log through a finished invocation. */
const backgroundLog: Log = { info: console.info, warn: console.warn, error: console.error };
const { now, ageNow } = createClocks();
const digest: Digest = (bytes) => hash('sha1', bytes, 'base64url');
/** The worker process lives on after an answer; nothing has to hold it. */
const waitUntil = (): void => {};

/** Names of calls in the window, which all instances share: short, and no random numbers for each. */
function createIds(): () => string {
  const instance = randomBytes(6).toString('base64url');
  let last = 0;
  return () => {
    last += 1;
    return `${instance}-${last.toString(36)}`;
  };
}

function setTimer(run: () => void, ms: number): () => void {
  const timer = setTimeout(run, ms);
  return () => clearTimeout(timer);
}

function hostCachingClient(
  environment: FunctionEnvironment,
  fetcher: Fetcher,
  hostSecrets: HostSecrets,
  telemetry: Telemetry | undefined,
): { readonly cachingClient: CachingClient; readonly limiter: RateLimiter } {
  const { settings, secrets, keyVaultUri, tables, broker, signIn } = environment;
  // A first guess; the header of Discogs' first answer corrects it.
  const authenticated = Boolean(secrets.DISCOGS_TOKEN || keyVaultUri || broker || signIn);
  const budget = discogsBudget(authenticated, () => mayHaveSeveralKeys(environment, hostSecrets));
  const { policy, window, isHealthy, answers } = sharedState({
    tables,
    policy: { ...budget, spacingMs: broker?.minIntervalMs ?? budget.spacingMs },
    upstream: settings.discogsApiBaseUrl,
    longestSeconds: LONGEST_SECONDS,
    now,
    ageNow,
    setTimer,
    waitUntil,
    log: backgroundLog,
  });
  const limiter = createRateLimiter({ policy, store: window, now, newId: createIds(), setTimer, waitUntil });
  const cachingClient = createCachingClient({
    fetcher,
    limiter,
    breaker: createBreaker({ now, random: Math.random, setTimer }),
    now,
    random: Math.random,
    sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
    setTimer,
    waitUntil,
    longestSeconds: LONGEST_SECONDS,
    ageNow,
    cacheBytes: CACHE_BYTES,
    origins: linkOrigins(settings),
    digest,
    backgroundLog: { ...backgroundLog, record: telemetry?.recorder(undefined, []) },
    storeHealthy: isHealthy,
    sharedCache: answers,
  });
  return { cachingClient, limiter };
}

/** The gateway of this process, its other doors, and who watches it. */
export interface Host {
  readonly gateway: Gateway;
  /** For agents, MCP and documents. */
  readonly doors: Doors;
  /** Undefined where it is off. */
  readonly broker: BrokerDoor | undefined;
  /** Undefined where nobody signs in. */
  readonly signIn: SignInDoor | undefined;
  /** Undefined where it is off. */
  readonly telemetry: Telemetry | undefined;
}

/** Builds the gateway from the environment. */
export function createHost(): Host {
  const environment = readEnvironment();
  const { settings, secrets, keyVaultUri } = environment;
  const fetcher = createFetcher(settings.discogsApiBaseUrl, MAX_BYTES_IN_FLIGHT);
  for (const { variable, fix } of settings.problems) {
    backgroundLog.error(`invalid_setting which=${variable} fix=${fix}`);
  }
  for (const { variable, fix } of environment.misread) {
    backgroundLog.warn(`misread_setting which=${variable} fix=${fix}`);
  }
  const telemetry = hostTelemetry(environment, backgroundLog);
  const hostSecrets = createSecrets({
    environment: secrets,
    ...(keyVaultUri === undefined ? {} : { readVault: lazyKeyVault(keyVaultUri) }),
    now: ageNow,
    setTimer,
    waitUntil,
    log: backgroundLog,
  });
  const { cachingClient, limiter } = hostCachingClient(environment, fetcher, hostSecrets, telemetry);
  const broker =
    environment.broker &&
    lazyBroker({
      environment,
      found: environment.broker,
      rateLimiter: limiter,
      fetcher,
      now: ageNow,
      steadyNow: now,
      setTimer,
    });
  const signIn =
    environment.signIn &&
    lazySignIn({
      environment,
      found: environment.signIn,
      rateLimiter: limiter,
      fetcher,
      now: ageNow,
      steadyNow: now,
      setTimer,
    });
  const gateway = createGateway({
    settings,
    secrets: hostSecrets,
    cachingClient,
    longestSeconds: LONGEST_SECONDS,
    digest,
    now,
    newTraceId: randomUUID,
    catalogue:
      environment.catalogue && lazyCatalogue(environment.catalogue, { now, setTimer, log: backgroundLog }),
    ...(broker ? { brokerRecent: broker.recent } : {}),
    users: signIn?.users,
  });
  const doors = createDoors({ gateway, settings, now, hasSignIn: signIn !== undefined });
  return { gateway, doors, broker, signIn, telemetry };
}
