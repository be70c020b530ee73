/** Words of texts, as the full-text index keeps them and as a search asks for them. Pure. */
import { fold } from '@discogs-agent/core/catalogue';

/** Longer ones are cut, on both sides. */
export const MAX_WORD_CHARS = 64;
const PLAIN = /^[a-z0-9 ]*$/;
const HAS_WORDS = /[\p{L}\p{N}]/u;
const BETWEEN_PARTS = /[^\p{L}\p{N}\p{M}]+/u;
/** Scripts whose words have no spaces between them, and Hangul, whose words have endings. */
const UNSPACED =
  /([\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}\u30fc\u3005]\p{M}*)/u;
/** In front of a name of signs. No sign ever reaches FTS5: they are written as numbers. */
const SIGNS = '\ue000';
const MAX_SIGNS = 12;

/** Alternatives, each of words that must all be there. */
export type Wanted = readonly (readonly string[])[];

const cut = (word: string): string => word.slice(0, MAX_WORD_CHARS);

/** `!!!`, `?`, `+/-`. */
const signsWord = (signs: string): string =>
  `${SIGNS}${[...signs.replaceAll(' ', '')]
    .slice(0, MAX_SIGNS)
    .map((sign) => sign.codePointAt(0)?.toString(36) ?? '')
    .join('z')}`;

/** Signs that stand for letters: A$AP, Joey Bada$$, P!nk. `&` and `+` between words are `and`. */
const spelled = (folded: string): string =>
  folded
    .replace(/(?<=\p{L}\$*)\$|\$(?=\$*\p{L})/gu, 's')
    .replace(/(?<=\p{L})!(?=\p{L})/gu, 'i')
    .replace(/(?<![^ ])[&+](?![^ ])/gu, 'and');

/** Characters of unspaced scripts one by one and in pairs, other letters as words. */
function grams(part: string, keepSingles: boolean): readonly string[] {
  const found: string[] = [];
  let before = '';
  for (const [index, piece] of part.split(UNSPACED).entries()) {
    // Odd pieces are what the pattern caught.
    if (index % 2 === 0) {
      if (piece !== '') {
        found.push(cut(piece));
        before = '';
      }
      continue;
    }
    if (before !== '') found.push(before + piece);
    if (keepSingles) found.push(piece);
    before = piece;
  }
  return found;
}

/** `ac/dc` → ac, dc and acdc; `東京事変` → its characters and pairs. */
function indexedWords(chunk: string): readonly string[] {
  const parts = chunk.split(BETWEEN_PARTS).filter(Boolean);
  const words = parts.flatMap((part) => (UNSPACED.test(part) ? grams(part, true) : [cut(part)]));
  return parts.length > 1 ? [...words, cut(parts.join(''))] : words;
}

/** All words of a text by which it is found, some of them more than once. */
export function wordsOf(text: string): readonly string[] {
  const folded = fold(text);
  if (folded === '') return [];
  if (PLAIN.test(folded)) return folded.split(' ').map(cut);
  if (!HAS_WORDS.test(folded)) return [signsWord(folded)];
  return spelled(folded).split(' ').flatMap(indexedWords);
}

function wantedWord(chunk: string): Wanted {
  const parts = chunk.split(BETWEEN_PARTS).filter(Boolean);
  const words = parts.flatMap((part) => {
    if (!UNSPACED.test(part)) return [cut(part)];
    const pairs = grams(part, false);
    return pairs.length > 0 ? pairs : [part];
  });
  if (words.length === 0) return [];
  // Signs inside a word are a space or nothing.
  return parts.length > 1 ? [[cut(parts.join(''))], words] : [words];
}

/** What a search asks for: every one of these, at most `limit` of them. */
export function wantedWords(text: string, limit: number): readonly Wanted[] {
  const folded = fold(text);
  if (folded === '') return [];
  if (!HAS_WORDS.test(folded)) return [[[signsWord(folded)]]];
  return spelled(folded)
    .split(' ')
    .map(wantedWord)
    .filter((wanted) => wanted.length > 0)
    .slice(0, limit);
}
