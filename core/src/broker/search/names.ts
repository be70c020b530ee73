/** The names in a credit, and what separates them. Pure. */
import { hasWords, normalize } from './normalize.ts';
import { sameWords } from './words.ts';

/** "And" in languages that many credits are written in, and the x of collaborations. */
const AND = ['and', 'et', 'und', 'y', 'og', 'och', 'en', 'x'];
const VERSUS = ['vs', 'vs\\.', 'versus'];
const capitals = (word: string): string[] => [word[0]?.toUpperCase() + word.slice(1), word.toUpperCase()];
const LOWER = [...AND, ...VERSUS, '\\+', '/', '-+'].join('|');
const UPPER = [...AND, ...VERSUS].flatMap(capitals).join('|');
/** A sign or word between two names. An unspaced slash, dash or plus belongs to a name, and so does the comma of `10,000`. */
const SEPARATOR = [
  String.raw`(?:\s*,(?!\d)|\s*;|\s[•∙·])\s*(?:(?:and\s|&)\s*)?`,
  String.raw`\s*[&×、]\s*`,
  // In front of another separator such a word is a part of the name: "Lil Nas X and …".
  String.raw`(?<=\S)\s(?:${LOWER}|(?:${UPPER})(?!\s(?:${LOWER})\s))\s(?=[^\s&,;×、])`,
].join('|');
const SPLIT = new RegExp(`(${SEPARATOR})`, 'u');

/** How a separator stands in a normalized credit. The words for "and" can be told apart, since Discogs is asked with them. */
function spelled(separator: string): string {
  const sign = separator.trim().toLowerCase();
  if (sign.startsWith(',')) return ', ';
  if (/^[;•∙·、]/u.test(sign)) return '; ';
  if (sign.startsWith('-')) return ' - ';
  if (sign === '/') return ' / ';
  if (sign.startsWith('v')) return ' vs ';
  return ['&', '+', 'and'].includes(sign) ? ' & ' : ` &${sign === '×' ? 'x' : sign} `;
}

/** A name of a credit. */
export interface JoinedName {
  /** Normalized, in front of the name; empty for the first. */
  readonly separator: string;
  /** As it was typed. */
  readonly typed: string;
}

/** Takes a credit apart, in order. One that is made of signs alone (`+/-`, `&`) is one name. */
export function joinedNames(text: string): JoinedName[] {
  if (!hasWords(text)) return [{ separator: '', typed: text }];
  const pieces = text.split(SPLIT);
  const names: JoinedName[] = [];
  for (let index = 0; index < pieces.length; index += 2) {
    const typed = (pieces[index] ?? '').trim();
    if (typed === '') continue;
    names.push({ separator: names.length === 0 ? '' : spelled(pieces[index - 1] ?? ''), typed });
  }
  return names;
}

/** A normalized credit, separators included: `earth, wind & fire`. */
export const spellNames = (names: readonly JoinedName[]): string =>
  names.map(({ separator, typed }) => separator + normalize(typed)).join('');

/** "The The" is not "The". */
const withoutArticle = (spelling: string): string => spelling.replace(/^the (?!the$)/u, '');
/** An "and" that is left comes from `'n'`. */
const ANDS = /[,;] | &[a-z]* | and /gu;
/** `Tyler, The Creator` and `Earth, Wind & Fire` are often written without the comma. */
const SOFT_COMMA = /, (?=the |.* &)/gu;

/** One sign for all that means "and". `vs`, `/` and `-` join otherwise, and stay. */
const joined = (spelling: string): string => withoutArticle(spelling).replace(ANDS, ' & ');

/**
 * Whether two spelled credits have the same names in the same order. Commas, `&` and the words for "and" are one; a name
 * is never made of parts of others, so `jay & z` is not `jay-z`.
 */
export function sameNames(one: string, two: string): boolean {
  if (one === '' || two === '') return false;
  if (sameWords(joined(one), joined(two))) return true;
  const [a, b] = [one, two].map((spelling) => joined(spelling.replace(SOFT_COMMA, ' ')));
  return a === b;
}

/** A spelled credit as a list. */
export const namesIn = (spelling: string): string[] => joined(spelling).split(/ (?:[&/-]|vs) /u);

/** The names of guests, as whole names; in which order and how joined says nothing. */
export const guestNames = (phrase: string): string[] =>
  namesIn(spellNames(joinedNames(phrase)).replaceAll(', the ', ' the ')).map(withoutArticle);
