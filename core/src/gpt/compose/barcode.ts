/** Barcodes as people write them. Pure. */

/** The digits alone. */
export const digitsOf = (barcode: string): string => barcode.replace(/[^0-9]/g, '');

/** The same article with and without its leading zeros, which readers of numbers lose. */
export const isSameBarcode = (one: string, other: string): boolean => {
  const digits = digitsOf(one).replace(/^0+/, '');
  return digits !== '' && digits === digitsOf(other).replace(/^0+/, '');
};

/** Another length of the same number: 12 digits (UPC) are 13 (EAN) with a zero before them. */
export function otherSpelling(digits: string): string | undefined {
  if (digits.length === 13 && digits.startsWith('0')) return digits.slice(1);
  return digits.length === 11 || digits.length === 12 ? `0${digits}` : undefined;
}

/** False where the last digit does not follow from the others; only lengths of EAN and UPC have such a digit. */
export function hasValidCheckDigit(digits: string): boolean {
  if (![8, 12, 13, 14].includes(digits.length)) return true;
  const sum = [...digits]
    .reverse()
    .reduce((total, digit, index) => total + Number(digit) * (index % 2 === 0 ? 1 : 3), 0);
  return sum % 10 === 0;
}
