/** Splits "featuring …" off an artist or a title. Pure. */
import { normalize } from './normalize.ts';

const IN_BRACKETS = /\s*[([]\s*(?:featuring|feat\.?|ft\.?)\s+([^)\]]+)[)\]]/giu;
/** Not after a number: "Six" may have guests, "20 ft. Down" has feet. */
const IN_THE_OPEN = /(?<=\S)(?<!\d),?\s+(?:featuring|feat\.|ft\.)\s+([^([]+)/giu;
/** Without a dot, in lower case only: "Little Feat Live" is no Little with a guest. */
const BARE = /(?<=\S)(?<!\d),?\s+(?:feat|ft)\s+([^([]+)/gu;

/** A text without its guests, and the guests, normalized (`''` without any). */
export interface WithoutGuests {
  readonly main: string;
  readonly guests: string;
}

function split(text: string, patterns: readonly RegExp[]): WithoutGuests {
  const found: string[] = [];
  const main = patterns.reduce(
    (rest, pattern) =>
      rest.replace(pattern, (_, guests: string) => {
        found.push(guests);
        return ' ';
      }),
    text,
  );
  return normalize(main) === ''
    ? { main: text, guests: '' }
    : { main: main.trim(), guests: normalize(found.join(' ')) };
}

/** Guests of an artist credit: `Daft Punk feat. Pharrell Williams`, `Drake ft Rihanna`. */
export const splitArtistGuests = (text: string): WithoutGuests =>
  split(text, [IN_BRACKETS, IN_THE_OPEN, BARE]);

/** Guests named in a title. Bare `ft` stays: in a title it is as likely to be feet. */
export const splitTitleGuests = (text: string): WithoutGuests => split(text, [IN_BRACKETS, IN_THE_OPEN]);

const wordsOf = (guests: string): Set<string> =>
  new Set(guests.split(/[ -]+/u).filter((word) => word !== '' && word !== 'and'));

const within = (inner: Set<string>, outer: Set<string>): boolean =>
  [...inner].every((word) => outer.has(word));

/** Whether two lists of guests may be of one recording: a list may be missing or shorter, not different. */
export function guestsAgree(a: string, b: string): boolean {
  const [one, two] = [wordsOf(a), wordsOf(b)];
  return within(one, two) || within(two, one);
}
