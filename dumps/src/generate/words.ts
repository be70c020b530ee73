/** Made-up texts as they stand in the XML, with references where real ones have them. */
import type { Chance } from './chance.ts';

const STARTS = [
  'b',
  'br',
  'd',
  'f',
  'fl',
  'g',
  'gr',
  'h',
  'k',
  'l',
  'm',
  'n',
  'p',
  'r',
  's',
  'st',
  't',
  'tr',
  'v',
  'z',
];
const VOWELS = ['a', 'e', 'i', 'o', 'u', 'ai', 'ea', 'oo'];
const ENDS = ['', '', 'l', 'n', 'r', 's', 't', 'ck', 'nd', 'rm'];
/** Real dumps write everything but ASCII as references. */
const FOREIGN = ['&#228;', '&#233;', '&#248;', '&#322;', '&#8217;', '&#1075;', '&#12398;', '&#8531;'];
const PUNCTUATION = ['.', ',', '!', '&amp;', '(2)', '"', "'", '-'];
const [WORDS, FOREIGN_SHARE, PUNCTUATION_SHARE, LINE_LENGTH] = [4000, 0.04, 0.05, 60];

function word(chance: Chance): string {
  let text = '';
  const syllables = 1 + chance.below(3);
  for (let index = 0; index < syllables; index += 1)
    text += chance.of(STARTS) + chance.of(VOWELS) + chance.of(ENDS);
  return chance.is(FOREIGN_SHARE) ? text + chance.of(FOREIGN) : text;
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** Makes texts of given lengths. */
export class Words {
  readonly #words: readonly string[];

  constructor(chance: Chance) {
    this.#words = Array.from({ length: WORDS }, () => word(chance));
  }

  /** A title or name, up to a word longer or shorter than asked for. */
  title(length: number, chance: Chance): string {
    return this.#joined(length, chance, (text) => capital(text));
  }

  /** Sentences with line breaks. */
  text(length: number, chance: Chance): string {
    let lineEnd = LINE_LENGTH;
    return this.#joined(length, chance, (text, at) => {
      if (at < lineEnd) return chance.is(PUNCTUATION_SHARE) ? `${text}${chance.of(PUNCTUATION)}` : text;
      lineEnd = at + LINE_LENGTH;
      return `${text}.&#13;\n${capital(chance.of(this.#words))}`;
    });
  }

  /** The more frequent words come up more often, as in any language. */
  #joined(length: number, chance: Chance, change: (word: string, at: number) => string): string {
    let text = '';
    while (text.length < length) {
      const rank = Math.floor(this.#words.length * chance.next() ** 3);
      const next = change(this.#words[rank] ?? '', text.length);
      text += text === '' ? next : ` ${next}`;
    }
    return text;
  }
}
