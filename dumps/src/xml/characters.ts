/** What matters about the bytes of a text: bits that the scanner collects while it looks for the end. */

/** `&`: the text has references. */
export const AMPERSAND = 1;
/** Characters that JSON escapes. */
export const ESCAPED_IN_JSON = 2;
/** A byte of a longer UTF-8 sequence. */
export const NOT_ASCII = 4;
/** XML reads `\r\n` and `\r` as `\n`. */
export const CARRIAGE_RETURN = 8;
/** Tab or line feed: a space where it stands in an attribute. */
export const TAB_OR_LINE_FEED = 16;
/** Anything but white space. */
export const INK = 32;
/** Ends the name of an element or attribute: white space, `/`, `=`, `>`. */
export const ENDS_NAME = 64;
/** Everything for which the bytes are not the text itself. */
export const CHANGED_BY_READING = AMPERSAND | NOT_ASCII | CARRIAGE_RETURN;

const ESCAPES = new Set(['"', '\\'].map((character) => character.charCodeAt(0)));

function classOf(byte: number): number {
  const white = byte === 9 || byte === 10 || byte === 13 || byte === 32;
  return (
    (byte === 38 ? AMPERSAND : 0) |
    (byte < 32 || ESCAPES.has(byte) ? ESCAPED_IN_JSON : 0) |
    (byte >= 128 ? NOT_ASCII : 0) |
    (byte === 13 ? CARRIAGE_RETURN : 0) |
    (byte === 9 || byte === 10 ? TAB_OR_LINE_FEED : 0) |
    (white ? 0 : INK) |
    (byte <= 32 || byte === 47 || byte === 61 || byte === 62 ? ENDS_NAME : 0)
  );
}

/** The bits of each byte. */
export const CHARACTER_BITS: Uint8Array = Uint8Array.from({ length: 256 }, (_, byte) => classOf(byte));
