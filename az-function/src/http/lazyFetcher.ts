/** The HTTP client behind a dynamic import: it is the largest file of the app, and a cold start does not need it. */
import type { Fetcher, FetchFailure } from '@discogs-agent/core';

/** A fetcher, and a way to load it before the first call does. */
export interface LazyFetcher {
  readonly fetcher: Fetcher;
  load(): Promise<Fetcher>;
}

const NOT_LOADED: FetchFailure = {
  kind: 'failure',
  cause: 'transport',
  name: 'ConnectError',
  detail: 'the HTTP client could not be loaded',
  isUnreachable: true,
};

/** Makes a fetcher for the API at `baseUrl`. A client that cannot be loaded is a transport failure, not a crash. */
export function lazyFetcher(baseUrl: string, maxBytesInFlight: number): LazyFetcher {
  let loaded: Promise<Fetcher> | undefined;
  let ready: Fetcher | undefined;
  const load = (): Promise<Fetcher> => {
    loaded ??= import('./undiciFetcher.ts').then(({ createUndiciFetcher }) =>
      createUndiciFetcher(baseUrl, maxBytesInFlight),
    );
    return loaded;
  };
  return {
    load,
    fetcher: async (request, limits) => {
      ready ??= await load().catch(() => undefined);
      // Forgotten, so that the next call tries again.
      if (!ready) loaded = undefined;
      return ready ? ready(request, limits) : NOT_LOADED;
    },
  };
}
