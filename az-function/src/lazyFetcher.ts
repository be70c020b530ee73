/** The HTTP client behind a dynamic import: it is the largest file of the app, and a cold start does not need it. */
import type { Fetcher } from '@discogs-agent/core';

/** A fetcher, and a way to load it before the first call does. */
export interface LazyFetcher {
  readonly fetcher: Fetcher;
  load(): Promise<Fetcher>;
}

/** Makes a fetcher for the API at `baseUrl`. A client that cannot be loaded is a transport failure, not a crash. */
export function lazyFetcher(baseUrl: string): LazyFetcher {
  let loaded: Promise<Fetcher> | undefined;
  const load = (): Promise<Fetcher> => {
    loaded ??= import('./undiciFetcher.ts').then(({ createUndiciFetcher }) => createUndiciFetcher(baseUrl));
    return loaded;
  };
  return {
    load,
    fetcher: async (request, limits) => {
      const fetcher = await load();
      return fetcher(request, limits);
    },
  };
}
