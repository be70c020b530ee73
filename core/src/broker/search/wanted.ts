/** What a caller looks for, parsed once for all hits. Pure. */
import { type Credit, parseCredit } from './credit.ts';
import { normalize } from './normalize.ts';
import type { SearchQuery } from './query.ts';
import { parseRelease, parseTitle, type TrackTitle } from './trackTitle.ts';

/** A parsed {@link SearchQuery}. */
export interface Wanted {
  readonly artist: Credit;
  readonly title: TrackTitle;
  readonly album: TrackTitle | undefined;
}

/** Parses a query. */
export const parseWanted = ({ artist, title, album }: SearchQuery): Wanted => ({
  artist: parseCredit(artist),
  title: parseTitle(title),
  // Invisible characters are no album, as in the name of the search in the cache.
  album: album === undefined || normalize(album) === '' ? undefined : parseRelease(album),
});
