/** Cuts phrases like "feat. A" out of a text: where they may begin, and where they end. Pure. */
import { cleanUp } from './rawText.ts';

/** A text without its guests, and the phrases that name them; both as they were typed. */
export interface WithoutGuests {
  readonly main: string;
  readonly guests: readonly string[];
}

/** What stands before a guest: an opening bracket, or a space with whatever goes before it. */
const BEFORE = String.raw`(?:(?<bracket>[([{])\s*|(?:\s*[,;]|\s-+)?\s)`;
/** No guest begins with a sign that joins or closes. */
const NAME_FOLLOWS = String.raw`(?=[^\s&+,;=|/)\]}-])`;
export const FEATURING = new RegExp(
  `${BEFORE}(?<word>featuring|feat|ft)(?<dot>\\.\\s*|:?\\s)${NAME_FOLLOWS}`,
  'giu',
);
/** `(with A)`, `w/ A`. An open "with" is a word of a title, or joins two artists. */
export const WITH = new RegExp(String.raw`(?:(?<bracket>[([{])\s*(?:with|w/)|\sw/)\s${NAME_FOLLOWS}`, 'giu');

/**
 * Guests end where a bracket opens or closes, where a dash or another sign begins something else, and before a word that
 * begins another part of the credit: who comes behind `Vs.` or `Presents` is no guest.
 */
const END = new RegExp(
  [
    String.raw`[()[\]{}|~•<>«»「」『』【】〈〉《》〜]`,
    String.raw`[:=]\s`,
    String.raw`\s[-/\\=·]`,
    String.raw`-\s`,
    String.raw`\s(?:vs|versus|presents?|pres|meets|introduc(?:es|ing)|with|(?:perform|arrang|conduct|direct|accompani|play|mix|remix)ed by)\.?\s\S`,
    String.raw`\s(?:v\.\s|w/\s|(?:featuring|feat|ft)[.\s])`,
  ].join('|'),
  'iu',
);

/** No credit has as many; a text that does would only cost time. */
const MAX_PHRASES = 8;

/** A phrase that may name guests. */
export interface GuestPhrase {
  /** All of the text in front of it. */
  readonly before: string;
  /** In lower case; empty for "with". */
  readonly word: string;
  readonly isBracketed: boolean;
  /** Written without a dot. */
  readonly isBare: boolean;
  readonly phrase: string;
}

/** Cuts out what `marker` finds and `isGuest` agrees to. A text that is nothing else stays whole. */
export function cut(text: string, marker: RegExp, isGuest: (found: GuestPhrase) => boolean): WithoutGuests {
  const guests: string[] = [];
  let main = '';
  let from = 0;
  for (const match of text.matchAll(marker)) {
    if (guests.length === MAX_PHRASES) break;
    const { bracket = '', word = '', dot = '' } = match.groups ?? {};
    const start = match.index + match[0].length;
    const behind = text.slice(start);
    const phrase = behind.slice(0, END.exec(behind)?.index ?? behind.length);
    const before = text.slice(0, match.index);
    const isBare = !dot.startsWith('.');
    if (!isGuest({ before, word: word.toLowerCase(), isBracketed: bracket !== '', isBare, phrase })) continue;
    main += `${text.slice(from, match.index)}${bracket} `;
    guests.push(phrase);
    from = start + phrase.length;
  }
  if (guests.length === 0) return { main: text, guests };
  const rest = cleanUp(main + text.slice(from));
  return rest === '' ? { main: text, guests: [] } : { main: rest, guests };
}
