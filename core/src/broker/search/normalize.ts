/** One text for all spellings of a name that mean the same. Pure. */
import { fold } from '../../lib/fold.ts';

const ORDINALS = ['one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten'];
const ROMANS = ['i', 'ii', 'iii', 'iv', 'v', 'vi', 'vii', 'viii', 'ix', 'x'];
const NUMBERED = new RegExp(
  `(?<![^ ])(pt|part|vol|volume)[ -](${[...ORDINALS, ...ROMANS].join('|')}|\\d+)(?![^ ])`,
  'gu',
);

const HAS_WORDS = /[\p{L}\p{N}]/u;

function numbered(_: string, word: string, number: string): string {
  const name = word.startsWith('p') ? 'part' : 'volume';
  const index = Math.max(ORDINALS.indexOf(number), ROMANS.indexOf(number));
  return `${name} ${index === -1 ? number : index + 1}`;
}

function toWords(folded: string): string {
  return (
    folded
      // Signs that stand for letters: A$AP, Joey Bada$$, P!nk.
      .replace(/(?<=\p{L}\$*)\$|\$(?=\$*\p{L})/gu, 's')
      .replace(/(?<=\p{L})!(?=\p{L})/gu, 'i')
      .replace(/&|(?<=\s)\+(?=\s)/gu, ' and ')
      .replace(/(?<=\p{N}),(?=\p{N}{3})/gu, '')
      // 1.5 is not 15.
      .replace(/(?<=\p{N})[^\p{L}\p{N}\p{M}]+(?=\p{N})/gu, ' ')
      .replace(/[^\p{L}\p{N}\p{M}]+/gu, (run) => (run.includes(' ') ? ' ' : '-'))
      .replace(/^[ -]+|[ -]+$/gu, '')
      .replace(/(?<=[^ -]{2})[ -]n[ -](?=[^ -]{2})/gu, ' and ')
      .replace(NUMBERED, numbered)
  );
}

/**
 * Normalizes a name or title: words in lower case with single spaces. Punctuation inside a word becomes `-`, which
 * {@link sameWords} reads as a space or as nothing (`AC/DC` → `ac-dc`, `M.I.A.` → `m-i-a`); other punctuation goes.
 * A name without letters and digits (`!!!`, `?`) keeps its signs. Empty only for white space and invisible characters.
 * @see https://www.unicode.org/reports/tr15/
 */
export function normalize(text: string): string {
  const folded = fold(text);
  return HAS_WORDS.test(folded) ? toWords(folded) : folded.replaceAll(' ', '');
}

/** Whether a normalized text has letters or digits; otherwise it is made of signs. */
export const hasWords = (normalized: string): boolean => HAS_WORDS.test(normalized);
