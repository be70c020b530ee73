/** One spelling for case, width, ligatures and accents. Pure. */

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
  ħ: 'h',
  ŧ: 't',
  ŋ: 'n',
};
/** Most names: nothing of what follows changes them, and it costs twenty times as much. */
const PRINTABLE_ASCII = /^[ -~]*$/;
const SPACES = / {2,}/g;

/** Case, width, ligatures and accents away; spaces are single. */
export function fold(text: string): string {
  if (PRINTABLE_ASCII.test(text)) return text.toLowerCase().replace(SPACES, ' ').trim();
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
      .replace(/[ςæœøłđðþħŧŋ]/gu, (letter) => SINGLE_LETTERS[letter] ?? letter)
      .replace(ACCENTS, '')
      .replace(OPTIONAL_MARKS, '')
      .replace(STRAY_MARKS, '')
      .normalize('NFC')
      .trim()
  );
}

/** Letters and digits of the folded text, without anything between them. */
export const foldedLetters = (text: string): string => fold(text).replace(/[^\p{L}\p{N}\p{M}]+/gu, '');
