/** Longest header of Discogs that is handed on, in characters. */
const MAX_CHARS = 2000;

/** True for a header that every host can send as it is: printable ASCII of a usual length. */
export const isPrintable = (value: string): boolean =>
  value.length <= MAX_CHARS && /^[\x20-\x7e]+$/.test(value);
