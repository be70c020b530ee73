/** Stand-ins for everything that a host passes in: a clock, a log, a network, secrets. */

import type {
  Call,
  DiscogsRequest,
  Environment,
  FetchedAnswer,
  Fetcher,
  FetchFailure,
  GatewayDependencies,
  Log,
  SecretState,
  Secrets,
  SharedCache,
  WindowStore,
} from '@discogs-agent/core';
import {
  createBreaker,
  createCachingClient,
  createGateway,
  createRateLimiter,
  discogsBudget,
  linkOrigins,
  memoryWindowStore,
  readSettings,
} from '@discogs-agent/core';
import { realTimer } from './realTimer.ts';

const encoder = new TextEncoder();

/** Lines in the order in which they were written. */
export interface RecordedLog extends Log {
  readonly lines: { level: 'info' | 'warn' | 'error'; line: string }[];
}

export function recordedLog(): RecordedLog {
  const lines: RecordedLog['lines'] = [];
  const at = (level: 'info' | 'warn' | 'error') => (line: string) => void lines.push({ level, line });
  return { lines, info: at('info'), warn: at('warn'), error: at('error') };
}

/** The JSON behind a prefix, for each line that has it. */
export function jsonLines(log: RecordedLog, prefix: string): Record<string, unknown>[] {
  return log.lines
    .filter(({ line }) => line.startsWith(prefix))
    .map(({ line }) => JSON.parse(line.slice(prefix.length)) as Record<string, unknown>);
}

export function answer(
  status: number,
  body: string | object = '{}',
  headers: Readonly<Record<string, string>> = {},
): FetchedAnswer {
  const all: Record<string, string> = { 'content-type': 'application/json', ...headers };
  return {
    kind: 'answer',
    status,
    header: (name) => all[name],
    body: encoder.encode(typeof body === 'string' ? body : JSON.stringify(body)),
  };
}

export const timeout: FetchFailure = {
  kind: 'failure',
  cause: 'timeout',
  name: 'TimeoutException',
  detail: 'no answer in time',
};

/** Answers from a list, the last one for ever, and records what was asked. */
export function fakeFetcher(
  ...results: (FetchedAnswer | FetchFailure)[]
): Fetcher & { requests: DiscogsRequest[]; timeouts: number[] } {
  const requests: DiscogsRequest[] = [];
  const timeouts: number[] = [];
  const fetcher: Fetcher = async (request, { timeoutMs }) => {
    requests.push(request);
    timeouts.push(timeoutMs);
    const result = results[Math.min(requests.length, results.length) - 1];
    if (!result) throw new Error('a fake fetcher needs one result');
    return result;
  };
  return Object.assign(fetcher, { requests, timeouts });
}

/** Secrets with fixed states. */
export function fixedSecrets(
  states: Partial<Record<'DISCOGS_TOKEN' | 'X_API_KEY' | 'CLIENT_KEYS', SecretState>>,
): Secrets {
  return { read: (name) => states[name] ?? { kind: 'absent' }, refresh: () => {} };
}

export const USUAL_SECRETS = fixedSecrets({
  DISCOGS_TOKEN: { kind: 'value', value: 'the-token' },
  X_API_KEY: { kind: 'value', value: 'the-key' },
});

interface CallOptions {
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
  readonly log?: Log;
}

/** A call as a host would hand it over; `target` is path and query. */
export function call(method: string, target: string, { headers = {}, body, log }: CallOptions = {}): Call {
  const [path = '', query = ''] = target.split('?', 2);
  const all: Record<string, string> = { 'x-api-key': 'the-key', ...headers };
  return {
    method,
    path,
    query,
    header: (name) => all[name],
    headers: () => Object.entries(all),
    body: typeof body === 'string' ? encoder.encode(body) : body,
    clientAddress: undefined,
    baseUrl: 'https://proxy.example/api',
    log: log ?? recordedLog(),
  };
}

interface Overrides extends Partial<Omit<GatewayDependencies, 'cachingClient' | 'settings'>> {
  readonly environment?: Environment;
  readonly fetcher?: Fetcher;
  readonly random?: () => number;
  readonly setTimer?: (run: () => void, ms: number) => () => void;
  readonly sharedCache?: SharedCache;
  /** Of all instances that share one. */
  readonly windowStore?: WindowStore;
  readonly backgroundLog?: Log;
  /** Callers with different keys may come. */
  readonly severalKeys?: boolean;
  readonly ageNow?: () => number;
}

/** No two instances of a test may take the same id. */
let slots = 0;

/** A gateway over fakes. */
export function gateway({
  environment = {},
  fetcher = fakeFetcher(answer(200)),
  random = () => 0.5,
  now = Date.now,
  setTimer = realTimer,
  sharedCache,
  windowStore,
  backgroundLog = recordedLog(),
  digest = () => 'digest',
  severalKeys = false,
  ageNow = now,
  ...overrides
}: Overrides = {}) {
  const policy = discogsBudget(true, () => severalKeys);
  const newId = () => {
    slots += 1;
    return `slot-${slots}`;
  };
  const waitUntil = () => {};
  const settings = readSettings(environment, { version: '9.9.9' });
  return createGateway({
    settings,
    secrets: USUAL_SECRETS,
    cachingClient: createCachingClient({
      fetcher,
      limiter: createRateLimiter({
        policy,
        store: windowStore ?? memoryWindowStore(policy),
        now,
        newId,
        setTimer,
        waitUntil,
      }),
      breaker: createBreaker({ now, random, setTimer }),
      now,
      random,
      sleep: (ms) => new Promise((resolve) => void setTimer(() => resolve(), ms)),
      setTimer,
      waitUntil,
      longestSeconds: 21_600,
      cacheBytes: 1_000_000,
      origins: linkOrigins(settings),
      digest,
      ageNow,
      backgroundLog,
      sharedCache,
    }),
    longestSeconds: 21_600,
    digest,
    now,
    newTraceId: () => '11111111-2222-4333-8444-555555555555',
    ...overrides,
  });
}

/** Status, headers and parsed body of an answer. */
export async function ask(from: ReturnType<typeof gateway>, request: Call) {
  const { status, headers, body } = await from.handle(request);
  const text = new TextDecoder().decode(body);
  return { status, headers, text, json: text === '' ? undefined : (JSON.parse(text) as unknown) };
}
