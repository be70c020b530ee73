/** The one question put to Discogs. Pure. */
import type { SearchQuery } from './query.ts';

const PER_PAGE = '15';

/** Parameters of `GET /database/search`, in the order in which they are sent. */
export type SearchParameters = readonly (readonly [name: string, value: string])[];

/**
 * One search per query: records of this artist that have a track of this title, and this name where an album is given.
 * `track` is what finds album tracks, although no row of the answer shows a track list.
 * @see https://www.discogs.com/developers#page:database,header:database-search
 */
export const searchParameters = ({ artist, title, album }: SearchQuery): SearchParameters => [
  ['artist', artist],
  ['track', title],
  ['type', 'release'],
  ['per_page', PER_PAGE],
  ...(album === undefined ? [] : [['release_title', album] as const]),
];
