/** The name of a search in the cache. Pure. */
import type { Credit } from './credit.ts';
import type { SearchQuery } from './query.ts';
import type { TrackTitle } from './trackTitle.ts';
import { parseWanted } from './wanted.ts';

const MAX_CHARS = 1024;
const MAX_BYTES = 2048;
const encoder = new TextEncoder();

/** Names made of signs may contain the separator. */
const escapeSeparator = (text: string): string => text.replaceAll('%', '%25').replaceAll('|', '%7C');

/** Signs that normalized words never have keep the pieces apart: a number in brackets, `feat.` with its dot. */
const creditPart = ({ name, number, guests }: Credit): string =>
  `${escapeSeparator(name)}${number === '' ? '' : ` (${number})`}${guestsPart(guests)}`;
const titlePart = ({ name, guests }: TrackTitle): string => `${escapeSeparator(name)}${guestsPart(guests)}`;
const guestsPart = (guests: string): string => (guests === '' ? '' : ` feat. ${escapeSeparator(guests)}`);

/**
 * `artist|title|album` in normalized words, the last part empty without an album: `recovery artist|cached|`. Two
 * queries share a key only if every step of the matching sees the same in them. `undefined` when it would be longer
 * than 1,024 characters or 2,048 bytes of UTF-8.
 */
export function searchCacheKey(query: SearchQuery): string | undefined {
  const { artist, title, album } = parseWanted(query);
  const key = [creditPart(artist), titlePart(title), album ? titlePart(album) : ''].join('|');
  return key.length > MAX_CHARS || encoder.encode(key).byteLength > MAX_BYTES ? undefined : key;
}
