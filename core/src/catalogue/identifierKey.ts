/** Keys by which what is printed on a record is found. Import and look-up make them the same way. */
import type { Identifier } from './catalogueStore.ts';

/** Of letters, digits and marks of all scripts, in upper case; spaces and punctuation go. */
const lettersAndDigits = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/[^\p{L}\p{N}]+/gu, '')
    .toUpperCase();

/**
 * Digits without leading zeros: `0 7464-63628-2 2` and `074646362822` are one code, and an EAN that is a UPC with a zero
 * before it as well. Empty where fewer than six digits are left, which is no barcode.
 */
function barcodeKey(text: string): string {
  const digits = text.replace(/[^0-9]+/g, '').replace(/^0+/, '');
  return digits.length < 6 ? '' : digits;
}

/** The key; empty for a value that identifies nothing, for example the catalogue number `none`. */
export function identifierKey(identifier: Identifier, value: string): string {
  if (identifier === 'barcode') return barcodeKey(value);
  const key = lettersAndDigits(value).slice(0, 200);
  return identifier === 'catno' && key === 'NONE' ? '' : key;
}
