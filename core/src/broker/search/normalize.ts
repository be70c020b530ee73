/** One text for all spellings of a name that mean the same. Pure. */

/** Signs of law and trade; compatibility decomposition would turn some of them into letters. */
const LEGAL_SIGNS = /[™℠®©℗]/gu;
/** Accents are noise in these scripts only: in Japanese, Thai or Hindi a mark makes another word. */
const ACCENTS = /(?<=[\p{Script=Latin}\p{Script=Greek}]\p{M}*)\p{M}/gu;
/** Hebrew points and Arabic vowel signs, which most texts leave out; the dots of the Cyrillic yo. */
const OPTIONAL_MARKS = /[\u0591-\u05c7\u064b-\u0652\u0670]|(?<=\u0435)\u0308/gu;
const STRAY_MARKS = /(?<![\p{L}\p{N}\p{M}])\p{M}+/gu;
const SINGLE_LETTERS: Readonly<Record<string, string>> = {
  ς: 'σ',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
};

const ORDINALS = ['one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten'];
const ROMANS = ['i', 'ii', 'iii', 'iv', 'v', 'vi', 'vii', 'viii', 'ix', 'x'];
const NUMBERED = new RegExp(
  `(?<![^ ])(pt|part|vol|volume)[ -](${[...ORDINALS, ...ROMANS].join('|')}|\\d+)(?![^ ])`,
  'gu',
);

const HAS_WORDS = /[\p{L}\p{N}]/u;

/** Case, width, ligatures and accents away. */
function fold(text: string): string {
  return (
    text
      .replace(/\s+/gu, ' ')
      .replace(/\p{C}|\p{Default_Ignorable_Code_Point}/gu, '')
      .replace(LEGAL_SIGNS, '')
      .normalize('NFKD')
      // By way of upper case, which spells out ß and the Turkish ı; of lower case before, which opens the capital ẞ.
      .toLowerCase()
      .toUpperCase()
      .toLowerCase()
      .normalize('NFKD')
      .replace(/[ςæœøłđðþ]/gu, (letter) => SINGLE_LETTERS[letter] ?? letter)
      .replace(ACCENTS, '')
      .replace(OPTIONAL_MARKS, '')
      .replace(STRAY_MARKS, '')
      .normalize('NFC')
      .trim()
  );
}

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
