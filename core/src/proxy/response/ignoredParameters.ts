/** Names the query parameters that were dropped, so that a typing error does not pass unnoticed. */

const MAX_NAMES = 10;
const MAX_NAME_CHARS = 64;

/** A header is ASCII, and a comma parts its members. */
const shown = (name: string): string => encodeURIComponent([...name].slice(0, MAX_NAME_CHARS).join(''));

/** The header, where anything was dropped. The values are never shown. */
export function ignoredHeader(names: readonly string[]): Readonly<Record<string, string>> {
  if (names.length === 0) return {};
  const more = names.length > MAX_NAMES ? [`and ${names.length - MAX_NAMES} more`] : [];
  return { 'x-ignored-parameters': [...names.slice(0, MAX_NAMES).map(shown), ...more].join(', ') };
}
