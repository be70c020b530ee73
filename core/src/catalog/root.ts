/** The root of the Discogs API. It has no page of its own in the documentation. */
import { LIST_SECONDS } from './cacheTimes.ts';
import { type Operation, operation } from './operation.ts';
import { apiRoot } from './replies/database.ts';

/**
 * What `GET https://api.discogs.com/` answers stands at `/api/` here, as clients put every path behind their base.
 * `/api` without the slash is no path of Discogs: it says what the gateway serves.
 */
export const root: readonly Operation[] = [
  operation({
    id: 'getRoot',
    entity: 'root',
    method: 'GET',
    path: '/',
    summary: 'Get the greeting of the Discogs API',
    description: 'Version of the API, and how many releases, artists and labels Discogs has.',
    documentation: 'https://www.discogs.com/developers#page:home',
    audience: 'anyone',
    cacheSeconds: LIST_SECONDS,
    reply: { statuses: [200], description: 'The greeting.', schema: apiRoot },
  }),
];
