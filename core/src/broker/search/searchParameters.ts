/** The question put to Discogs. Pure. */
import { askedWords } from './askedWords.ts';
import type { SearchQuery } from './query.ts';
import { parseWanted } from './wanted.ts';

const PER_PAGE = '15';
const ALBUM = 'release_title';

/** Parameters of `GET /database/search`, in the order in which they are sent. */
export type SearchParameters = readonly (readonly [name: string, value: string])[];

/**
 * Records of this artist that have a track of this title, and this name where an album is given. `track` is what finds
 * album tracks, although no row of the answer shows a track list.
 * @see https://www.discogs.com/developers#page:database,header:database-search
 */
export function searchParameters(query: SearchQuery): SearchParameters {
  const { artist, title, album } = askedWords(parseWanted(query));
  return [
    ['artist', artist],
    ['track', title],
    ['type', 'release'],
    ['per_page', PER_PAGE],
    ...(album === undefined ? [] : [[ALBUM, album] as const]),
  ];
}

/** The same question without the album. */
export const withoutAlbum = (parameters: SearchParameters): SearchParameters =>
  parameters.filter(([name]) => name !== ALBUM);
