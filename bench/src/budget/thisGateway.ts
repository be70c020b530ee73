/** This gateway's own code in virtual time: any number of instances over one shared window. */
import { createHash } from 'node:crypto';
import {
  type Answer,
  type Call,
  createAnswerCodec,
  createBreaker,
  createCachingClient,
  createGateway,
  createRateLimiter,
  createSharedCache,
  type Digest,
  discogsBudget,
  type Gateway,
  type Log,
  linkOrigins,
  memorySharedStore,
  memoryWindowStore,
  readSettings,
  type Secrets,
  type SharedStore,
  type WindowStore,
} from '@discogs-agent/core';
import { between, seeded } from './seeded.ts';
import type { Reply, System, World } from './systems.ts';
import { virtualCatalogue } from './virtualCatalogue.ts';

const LONGEST_SECONDS = 21_600;
const CACHE_BYTES = 64 * 1024 * 1024;
const ORIGIN = 'https://api.discogs.com';
/** What a store in the same region takes, there and back. */
const STORE_MS = { shortest: 5, longest: 20 };

const SECRETS: Secrets = {
  read: (name) =>
    name === 'CLIENT_KEYS' ? { kind: 'absent' } : { kind: 'value', value: name.toLowerCase() },
  refresh: () => {},
};

const digest: Digest = (bytes) => createHash('sha1').update(bytes).digest('base64url');
const SILENT: Log = { info: () => {}, warn: () => {}, error: () => {} };

/** Compressing is real work in a thread of its own, which a virtual clock does not wait for; sizes do not matter here. */
const CODEC = createAnswerCodec({ compress: async (bytes) => bytes, expand: async (bytes) => bytes });

type Slowly = <T>(work: () => T | Promise<T>) => Promise<T>;

/** A store as other processes see it: each access takes time, and others come in between. */
function distance({ time, seed }: World): Slowly {
  const random = seeded(seed + 2);
  const half = (): Promise<void> => time.sleep(between(STORE_MS.shortest, STORE_MS.longest, random) / 2);
  return async (work) => {
    await half();
    const done = await work();
    await half();
    return done;
  };
}

const distantWindow = (store: WindowStore, slowly: Slowly): WindowStore => ({
  kind: store.kind,
  read: () => slowly(store.read),
  write: (state, version) => slowly(() => store.write(state, version)),
  // Another process may have written at any time.
  isCurrent: () => false,
});

const distantAnswers = (store: SharedStore, slowly: Slowly): SharedStore => ({
  ...store,
  read: (name) => slowly(() => store.read(name)),
  lease: (name, version, ms) => slowly(() => store.lease(name, version, ms)),
  put: (name, bytes) => slowly(() => store.put(name, bytes)),
  release: (name, version) => slowly(() => store.release(name, version)),
});

interface Stores {
  readonly window: WindowStore;
  /** A single process keeps its answers to itself. */
  readonly answers: SharedStore | undefined;
}

function storesOf(world: World, instances: number): Stores {
  const window = memoryWindowStore(discogsBudget(true));
  if (instances === 1) return { window, answers: undefined };
  const slowly = distance(world);
  return {
    window: distantWindow(window, slowly),
    answers: distantAnswers(memorySharedStore(world.time.now), slowly),
  };
}

function instance(
  world: World,
  { window, answers }: Stores,
  name: string,
  environment: Readonly<Record<string, string>>,
): Gateway {
  const { time, discogs, seed } = world;
  const random = seeded(seed + name.length);
  const { now, setTimer, sleep } = time;
  const policy = discogsBudget(true);
  let ids = 0;
  const newId = (): string => {
    ids += 1;
    return `${name}-${ids}`;
  };
  const waitUntil = (): void => {};
  const settings = readSettings(environment, { version: 'bench' });
  const cachingClient = createCachingClient({
    fetcher: (request) => discogs.fetch(request.pathAndQuery),
    limiter: createRateLimiter({ policy, store: window, now, newId, setTimer, waitUntil }),
    breaker: createBreaker({ now, random, setTimer }),
    now,
    random,
    sleep,
    setTimer,
    waitUntil,
    longestSeconds: LONGEST_SECONDS,
    cacheBytes: CACHE_BYTES,
    origins: linkOrigins(settings),
    digest,
    backgroundLog: SILENT,
    sharedCache:
      answers && createSharedCache({ store: answers, codec: CODEC, now, setTimer, waitUntil, log: SILENT }),
  });
  return createGateway({
    settings,
    secrets: SECRETS,
    cachingClient,
    longestSeconds: LONGEST_SECONDS,
    digest,
    now,
    newTraceId: newId,
    ...(settings.catalogue === undefined ? {} : { catalogue: virtualCatalogue(world) }),
  });
}

function asCall(target: string, conversation: string | undefined): Call {
  const [path = '', query = ''] = target.split('?', 2);
  const headers: Readonly<Record<string, string>> = {
    'x-api-key': 'x_api_key',
    ...(conversation === undefined ? {} : { 'openai-conversation-id': conversation }),
  };
  return {
    method: 'GET',
    path,
    query,
    header: (name) => headers[name],
    headers: () => Object.entries(headers),
    body: undefined,
    clientAddress: undefined,
    baseUrl: ORIGIN,
    log: SILENT,
  };
}

function asReply({ status, headers }: Answer): Reply {
  const { age = '0', 'retry-after': wait } = headers;
  return {
    ok: status === 200,
    ageSeconds: Number(age),
    retryAfterMs: wait === undefined ? undefined : Number(wait) * 1000,
  };
}

/** A gateway of `instances` processes; requests are dealt to them in turn. With `CATALOGUE` it has a catalogue. */
export const thisGateway =
  (instances: number, environment: Readonly<Record<string, string>> = {}) =>
  (world: World): System => {
    const stores = storesOf(world, instances);
    const gateways = Array.from({ length: instances }, (_, index) =>
      instance(world, stores, `i${index}`, environment),
    );
    let turn = 0;
    return {
      async ask(target, conversation) {
        turn += 1;
        const gateway = gateways[turn % instances];
        if (!gateway) throw new Error('a gateway needs an instance');
        return asReply(await gateway.handle(asCall(target, conversation)));
      },
    };
  };
