/** Keys by which what is printed on a record is found. Import and look-up make them the same way. */
import type { Identifier } from './catalogueStore.ts';

/** Nearly all of them; the long way costs ten times as much. */
const PRINTABLE_ASCII = /^[ -~]*$/;

/** Of letters, digits and marks of all scripts, in upper case; spaces and punctuation go. */
const lettersAndDigits = (text: string): string =>
  PRINTABLE_ASCII.test(text)
    ? text.replace(/[^A-Za-z0-9]+/g, '').toUpperCase()
    : text
        .normalize('NFKD')
        .replace(/[^\p{L}\p{N}]+/gu, '')
        .toUpperCase();

/** Full-width digits, of Japanese keyboards, become plain ones. */
const narrow = (text: string): string => (PRINTABLE_ASCII.test(text) ? text : text.normalize('NFKC'));

/**
 * Digits without leading zeros: `0 7464-63628-2 2` and `074646362822` are one code, and an EAN that is a UPC with a zero
 * before it as well. Empty where fewer than six digits are left, which is no barcode.
 */
function barcodeKey(text: string): string {
  const digits = narrow(text)
    .replace(/[^0-9]+/g, '')
    .replace(/^0+/, '');
  return digits.length < 6 ? '' : digits;
}

/** The key; empty for a value that identifies nothing, for example the catalogue number `none`. */
export function identifierKey(identifier: Identifier, value: string): string {
  if (identifier === 'barcode') return barcodeKey(value);
  const key = lettersAndDigits(value).slice(0, 200);
  return identifier === 'catno' && key === 'NONE' ? '' : key;
}

/** The last digit of a GTIN (UPC, EAN): weights 3 and 1 from the right. */
function checkDigit(digits: string): string {
  let sum = 0;
  for (let index = 0; index < digits.length; index += 1) {
    sum += Number(digits[digits.length - 1 - index]) * (index % 2 === 0 ? 3 : 1);
  }
  return String((10 - (sum % 10)) % 10);
}

/** The keys that a barcode may be kept under: as given, then with and without its check digit. */
export function barcodeKeys(key: string): readonly string[] {
  const body = key.slice(0, -1);
  return [key, `${key}${checkDigit(key)}`, ...(checkDigit(body) === key.at(-1) ? [body] : [])];
}
