/** Makes an example short enough to read. */

const MAX_ROWS = 2;
const MAX_TEXT_CHARS = 120;

/** An address that is cut short is wrong, and Discogs' prose never starts with one. */
const shorten = (text: string): string =>
  text.length <= MAX_TEXT_CHARS || /^https?:/.test(text)
    ? text
    : `${text.slice(0, MAX_TEXT_CHARS).trimEnd()}…`;

/** `value` with lists cut to two rows and long texts shortened, at every depth. */
export function trim(value: unknown): unknown {
  if (typeof value === 'string') return shorten(value);
  if (Array.isArray(value)) return value.slice(0, MAX_ROWS).map(trim);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, trim(member)]));
}
