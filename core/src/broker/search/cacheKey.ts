/** The name of a search in the cache. Pure. */
import { askedWords } from './askedWords.ts';
import type { Credit } from './credit.ts';
import { normalize } from './normalize.ts';
import type { SearchQuery } from './query.ts';
import type { TitleReading, TrackTitle } from './trackTitle.ts';
import { parseWanted } from './wanted.ts';

const MAX_CHARS = 1024;
const MAX_BYTES = 2048;
const encoder = new TextEncoder();

/** Names made of signs may contain the separator. */
const escaped = (text: string): string => text.replaceAll('%', '%25').replaceAll('|', '%7C');

const list = (mark: string, names: readonly string[]): string =>
  names.length === 0 ? '' : ` ${mark} ${names.map(escaped).join(', ')}`;

/**
 * What normalized names never have keeps the pieces apart: a number in brackets, `feat.` with its dot, and signs between
 * spaces, since a name made of signs has no spaces.
 */
function creditPart({ name, numbers, guests }: Credit): string {
  const number = numbers.some((one) => one !== '') ? ` (${numbers.join(', ')})` : '';
  return `${escaped(name)}${number}${list('feat.', guests)}`;
}

const readingPart = ({ names, guests, needed }: TitleReading): string =>
  names.map(escaped).join(' = ') + list('feat.', guests) + list('with.', needed);

/**
 * Two titles that are compared alike may be asked for in other words, `X (Deluxe)` and `X Deluxe`: so many letters fewer
 * at the end, or else the words.
 */
function titlePart({ readings }: TrackTitle, asked: string): string {
  const words = normalize(asked);
  const names = readings.map((reading) => reading.names[0] ?? '');
  const longer = names.find((name) => name.startsWith(words));
  const rest = longer === undefined ? escaped(words) : `-${longer.length - words.length}`;
  const isAsRead = names.includes(words);
  return readings.map(readingPart).join(' ~ ') + (isAsRead ? '' : ` [${rest}]`);
}

/**
 * `artist|title|album` in normalized words, the last part empty without an album: `recovery artist|cached|`. Two
 * queries share a key only if Discogs is asked for the same, spelling apart, and every step of the matching sees the
 * same in them. `undefined` when it would be longer than 1,024 characters or 2,048 bytes of UTF-8.
 */
export function searchCacheKey(query: SearchQuery): string | undefined {
  const wanted = parseWanted(query);
  const asked = askedWords(wanted);
  const { artist, title, album } = wanted;
  const key = [
    creditPart(artist),
    titlePart(title, asked.title),
    album ? titlePart(album, asked.album ?? '') : '',
  ].join('|');
  return key.length > MAX_CHARS || encoder.encode(key).byteLength > MAX_BYTES ? undefined : key;
}
