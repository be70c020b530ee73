/** A text as it was typed, prepared for looking at its punctuation. Pure. */

const WIDE_PUNCTUATION = /[\uff01-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff5e]/gu;
const DASH = /[\u2010-\u2015\u2212]/gu;
const WIDE_BY = 0xfee0;

/** Single spaces, nothing invisible, one kind of dash, and no full-width punctuation; letters stay as they are. */
export const tidy = (text: string): string =>
  text
    .replace(/\s+/gu, ' ')
    .replace(/\p{C}|\p{Default_Ignorable_Code_Point}/gu, '')
    .replace(WIDE_PUNCTUATION, (sign) => String.fromCodePoint((sign.codePointAt(0) ?? 0) - WIDE_BY))
    .replace(DASH, '-')
    .trim();

/** Removes what a cut has left behind: empty brackets, a dash behind an opening bracket, signs at the end. */
export const cleanUp = (text: string): string =>
  text
    .replace(/([([{])[-\s,;]+/gu, '$1')
    .replace(/\(\s*\)|\[\s*\]|\{\s*\}/gu, ' ')
    .replace(/\s+(?=[)\]},])|[\s,;]+$/gu, '')
    .replace(/\s+/gu, ' ')
    .trim();
