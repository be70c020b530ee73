/**
 * Collects the words of one record for the full-text index, as UTF-8. Nearly all texts are ASCII: their words are copied
 * byte by byte, which costs a fifteenth of what {@link wordsOf} does. Both find the same words.
 */
import { MAX_WORD_CHARS, wordsOf } from './searchWords.ts';

/** A record has no more words than fit in here; none of a dump comes near it. */
const MAX_BYTES = 1 << 18;
/** A word with its space, its letter and its longest character. */
const WORD_BYTES = MAX_WORD_CHARS * 3 + 2;
const SPACE = 0x20;
const BANG = 0x21;
const DOLLAR = 0x24;
const AMPERSAND = 0x26;
const PLUS = 0x2b;
const DELETE = 0x7f;
const CASE_BIT = 0x20;

/** For each ASCII character: the lower-case letter or digit, 0 for a sign. */
const LETTERS = Uint8Array.from({ length: 128 }, (_, code) => {
  const character = String.fromCharCode(code);
  if (/[0-9a-z]/.test(character)) return code;
  return /[A-Z]/.test(character) ? code | CASE_BIT : 0;
});
const isLetterOrDigit = (code: number): boolean => (LETTERS[code] ?? 0) > 0;

/** True where {@link wordsOf} is needed: other characters, and signs that stand for letters. */
function needsFolding(text: string): boolean {
  let hasWords = false;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code < SPACE || code >= DELETE || code === DOLLAR) return true;
    if (code === BANG && isLetterOrDigit(text.charCodeAt(index + 1))) return true;
    hasWords ||= isLetterOrDigit(code);
  }
  // A text of spaces has no words, one of signs has them as its word.
  return !hasWords;
}

export interface WordBuffer {
  /** The words of a text, each with a letter in front. */
  addText(letter: string, text: string): void;
  /** One word as it is. */
  addWord(word: string): void;
  /** All words with spaces between them; the next record begins. */
  take(): string;
}

/** Makes one; it keeps its memory. */
export function wordBuffer(): WordBuffer {
  const bytes = Buffer.allocUnsafe(MAX_BYTES + 4 * WORD_BYTES);
  let end = 0;

  function addWord(word: string): void {
    if (end > MAX_BYTES) return;
    bytes[end] = SPACE;
    end += 1 + bytes.write(word, end + 1, WORD_BYTES);
  }

  /** The letters and digits of `text` between two indexes. */
  function copy(letter: number, text: string, from: number, to: number): void {
    if (end > MAX_BYTES) return;
    bytes[end] = SPACE;
    bytes[end + 1] = letter;
    end += 2;
    const stop = end + MAX_WORD_CHARS;
    for (let index = from; index < to && end < stop; index += 1) {
      const code = LETTERS[text.charCodeAt(index)] ?? 0;
      if (code === 0) continue;
      bytes[end] = code;
      end += 1;
    }
  }

  /** A run of characters without a space: its parts, and all of them as one word. */
  function addChunk(letter: number, text: string, from: number, to: number): void {
    let parts = 0;
    let start = -1;
    for (let index = from; index <= to; index += 1) {
      if (index < to && isLetterOrDigit(text.charCodeAt(index))) {
        if (start === -1) start = index;
      } else if (start !== -1) {
        copy(letter, text, start, index);
        parts += 1;
        start = -1;
      }
    }
    if (parts > 1) copy(letter, text, from, to);
    const code = text.charCodeAt(from);
    if (parts === 0 && to - from === 1 && (code === AMPERSAND || code === PLUS)) copy(letter, 'and', 0, 3);
  }

  return {
    addWord,
    addText(letter, text) {
      if (needsFolding(text)) {
        for (const word of wordsOf(text)) addWord(letter + word);
        return;
      }
      const code = letter.charCodeAt(0);
      let start = 0;
      for (let space = text.indexOf(' '); start < text.length; space = text.indexOf(' ', start)) {
        const stop = space === -1 ? text.length : space;
        if (stop > start) addChunk(code, text, start, stop);
        start = stop + 1;
      }
    },
    take() {
      const words = bytes.toString('utf8', 0, end);
      end = 0;
      return words;
    },
  };
}
