/** A title as it is compared. Pure. */
import { splitTitleGuests } from './guests.ts';
import { normalize } from './normalize.ts';

/** A parsed title of a track or record. */
export interface TrackTitle {
  /** The whole normalized title without guests. */
  readonly name: string;
  /** The title as it is compared. */
  readonly words: string;
  /** Normalized guests, `''` without any. */
  readonly guests: string;
}

/** What shops add to a track that is no remix. Every other version is part of the title. */
const ORIGINAL_MIX = /(?<=[^ ])[ -]original mix$/u;
/** What shops add to the name of a record that is no album. */
const SHOP_SUFFIX = /(?<=\S)(?:\s-\s+(?:single|ep)|\s[([](?:single|ep)[)\]])\s*$/iu;
/** Titles that name nothing: one artist may have many of them. */
const NAMELESS = /^(?:untitled|no title|unknown|unknown title|(?:track|untitled) \d+)$/u;

/** Parses the title of a track. */
export function parseTitle(text: string): TrackTitle {
  const { main, guests } = splitTitleGuests(text.trim());
  const name = normalize(main);
  return { name, words: name.replace(ORIGINAL_MIX, ''), guests };
}

/** Parses the name of a record; the record `X EP` is named after its track X. */
export function parseRelease(text: string): TrackTitle {
  const { name, words, guests } = parseTitle(text.trim().replace(SHOP_SUFFIX, ''));
  return { name, words: words.replace(/(?<=[^ ]) e-?p$/u, ''), guests };
}

/** True for Untitled and the like. */
export const isNameless = ({ words }: TrackTitle): boolean => NAMELESS.test(words);
