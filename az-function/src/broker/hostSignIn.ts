/** The sign-in at Discogs as this host's doors use it: signed with the application's key, through the process' own limiter. */
import type { Fetcher, Log, RateLimiter } from '@discogs-agent/core';
import {
  type AcquireDependencies,
  createAcquire,
  createBrokerLimiter,
  createDiscogsSignIn,
  type DiscogsSignIn,
  type Signing,
} from '@discogs-agent/core/broker';
import type { FunctionEnvironment } from '../environment.ts';

/** The worker process lives on after an answer; nothing has to hold it. */
export const waitUntil = (): void => {};

/** Cryptographic. */
export const randomBytes = (length: number) => crypto.getRandomValues(new Uint8Array(length));

/** What it is made over. */
export interface HostSignInOptions {
  readonly environment: FunctionEnvironment;
  readonly rateLimiter: RateLimiter;
  readonly fetcher: Fetcher;
  readonly now: () => number;
  readonly setTimer: (run: () => void, ms: number) => () => void;
}

/** What a door is given. */
export interface HostSignIn {
  readonly signIn: DiscogsSignIn;
  readonly acquired: AcquireDependencies;
  readonly network: Signing & {
    readonly fetcher: Fetcher;
    readonly apiBaseUrl: string;
    readonly userAgent: string;
  };
}

/** Makes it for one door. */
export function hostSignIn(
  { environment, rateLimiter, fetcher, now, setTimer }: HostSignInOptions,
  settings: { readonly consumer: Signing['consumer'] | undefined; readonly discogsWebBaseUrl: string },
  log: Log,
): HostSignIn {
  const limiter = createBrokerLimiter(rateLimiter);
  const acquired = { openLimiter: async () => limiter, now, setTimer, waitUntil, log };
  const { discogsApiBaseUrl: apiBaseUrl, userAgent } = environment.settings;
  const network = {
    // Without one `problems` is not empty, and nothing gets as far as a signature.
    consumer: settings.consumer ?? { key: '', secret: '' },
    signatureMethod: 'PLAINTEXT',
    now,
    random: randomBytes,
    fetcher,
    apiBaseUrl,
    userAgent,
  } as const;
  const signIn = createDiscogsSignIn({
    ...network,
    acquire: createAcquire(acquired),
    webBaseUrl: settings.discogsWebBaseUrl,
  });
  return { signIn, acquired, network };
}
