/** Percent-encoding as OAuth needs it: stricter than `encodeURIComponent`, and the same on every side. */

const encoder = new TextEncoder();
/** Letters, digits, `-._~`; everything else is encoded, `!*'()` too. */
const UNRESERVED = /[A-Za-z0-9\-._~]/;

const encodedByte = (byte: number): string => {
  const character = String.fromCharCode(byte);
  return UNRESERVED.test(character) ? character : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
};
const ENCODED: readonly string[] = Array.from({ length: 256 }, (_, byte) => encodedByte(byte));

/**
 * The UTF-8 bytes of `text`, each but the unreserved ones as `%XX`. Never throws: half of a surrogate pair is encoded
 * as U+FFFD.
 * @see https://www.rfc-editor.org/rfc/rfc5849#section-3.6
 */
export const percentEncode = (text: string): string =>
  Array.from(encoder.encode(text), (byte) => ENCODED[byte]).join('');
