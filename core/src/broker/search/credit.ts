/** An artist's name as it is compared. Pure. */
import { cutArtistGuests } from './guests.ts';
import { guestNames, joinedNames, namesIn, sameNames, spellNames } from './names.ts';
import { tidy } from './rawText.ts';

/** A parsed artist credit. */
export interface Credit {
  /** The whole credit without guests, normalized, with what separates its names. */
  readonly name: string;
  /** As it was typed, without guests and marks. */
  readonly plain: string;
  /** Normalized names of guests. */
  readonly guests: readonly string[];
  /**
   * Discogs' numbers for artists of one name, one for each name of the credit: `2` of `Nirvana (2)`, `''` for the first
   * of the name.
   */
  readonly numbers: readonly string[];
}

/** Discogs numbers artists that share a name from 2 up. */
const NUMBER = /(?<=\S)\s\((\d{1,3})\)(?=\*?(?:$|[\s,;)\]]))/gu;
/** Stands for such a number while brackets mean guests. No text has it: `tidy` removes private characters. */
const MARK = '\ue000';
const MARKED = /\ue000(\d+)/gu;
/** Discogs marks a name that is printed differently on the record (ANV) with a star behind it. */
const VARIATION_MARK = /(?<=[^*\s])\*(?=$|[\s,;)\]])/gu;
const INVERTED = /^(\S.*),\s*the((?:\ue000\d+)?)$/iu;

/** Names that stand for "somebody"; two records by them have nothing in common. */
const NOBODY = new Set(['various', 'various artists', 'va', 'v-a', 'unknown', 'unknown artist', 'no artist']);

/** Parses an artist's name, of a caller or of the front part of a hit's title. */
export function parseCredit(text: string): Credit {
  const marked = tidy(text).replace(NUMBER, `${MARK}$1`).replace(VARIATION_MARK, '');
  const { main: found, guests } = cutArtistGuests(marked);
  const main = found.replace(INVERTED, 'The $1$2');
  const names = joinedNames(main);
  const bare = names.map(({ separator, typed }) => ({ separator, typed: typed.replace(MARKED, '') }));
  return {
    name: spellNames(bare),
    plain: main.replace(MARKED, ' ($1)'),
    guests: guests.flatMap((phrase) => guestNames(phrase.replace(MARKED, ''))),
    numbers: names.map(({ typed }) => [...typed.matchAll(MARKED)].map(([, number]) => number).join(' ')),
  };
}

/** Whether two credits name the same artists in the same order; a caller who gives Discogs' number means that one. */
export const sameArtist = (wanted: Credit, found: Credit): boolean =>
  sameNames(wanted.name, found.name) &&
  wanted.numbers.every((number, index) => number === '' || number === found.numbers[index]);

/** True for Various, Unknown Artist and the like, alone or among others. */
export const isNobody = ({ name }: Credit): boolean => namesIn(name).some((one) => NOBODY.has(one));
