/** The API root. */
import { ARTIST_LIST, LABEL_LIST, RELEASES } from '../catalogue/catalogue.ts';
import { ok } from '../http/reply.ts';
import type { Route } from './call.ts';

export const ROOT_ROUTES: readonly Route[] = [
  {
    method: 'GET',
    pattern: '/',
    handle: () =>
      ok({
        hello: 'Welcome to the Discogs API.',
        api_version: 'v2',
        documentation_url: 'http://www.discogs.com/developers/',
        statistics: { releases: RELEASES.length, artists: ARTIST_LIST.length, labels: LABEL_LIST.length },
      }),
  },
];
