/** An artist's name as it is compared. Pure. */
import { splitArtistGuests } from './guests.ts';
import { normalize } from './normalize.ts';
import { sameWords } from './words.ts';

/** A parsed artist credit. */
export interface Credit {
  /** The whole normalized name. */
  readonly name: string;
  /** The name as it is compared: without a leading The, and without "and" between words. */
  readonly words: string;
  /** Normalized guests, `''` without any. */
  readonly guests: string;
  /** Discogs' numbers for artists of one name: `2` of `Nirvana (2)`, `''` for the first of the name. */
  readonly number: string;
}

/** Discogs numbers artists that share a name from 2 up. */
const NUMBER = /(?<=\S)\s\((\d{1,3})\)(?=\*?(?:$|[\s,]))/gu;
/** Discogs marks a name that is printed differently on the record (ANV) with a star behind it. */
const VARIATION_MARK = /(?<=[^*\s])\*(?=$|[\s,])/gu;
const INVERTED = /^(.*\S),\s*the$/iu;

/** Names that stand for "somebody"; two records by them have nothing in common. */
const NOBODY = new Set(['various', 'various artists', 'va', 'v-a', 'unknown', 'unknown artist', 'no artist']);

/** Parses an artist's name, of a caller or of the front part of a hit's title. */
export function parseCredit(text: string): Credit {
  const numbers: string[] = [];
  const plain = text
    .trim()
    .replace(NUMBER, (_, number: string) => {
      numbers.push(number);
      return '';
    })
    .replace(VARIATION_MARK, '')
    .replace(INVERTED, 'The $1');
  const { main, guests } = splitArtistGuests(plain);
  const name = normalize(main);
  // "The The" is not "The".
  const words = name.replace(/^the (?!the$)/u, '').replaceAll(/(?<=[^ ]) and (?=[^ ])/gu, ' ');
  return { name, words, guests, number: numbers.join(' ') };
}

/** Whether two credits name the same artist; a caller who gives Discogs' number means that one. */
export const sameArtist = (wanted: Credit, found: Credit): boolean =>
  sameWords(wanted.words, found.words) && (wanted.number === '' || wanted.number === found.number);

/** True for Various, Unknown Artist and the like. */
export const isNobody = ({ name }: Credit): boolean => NOBODY.has(name);
