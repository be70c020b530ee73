/** A query string as names and values. */

/** Percent-decodes `text`; undefined when it is not UTF-8. */
export function percentDecode(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

/** The pairs of a query string in their order; undefined when it is not percent-encoded UTF-8. */
export function parseQuery(raw: string): readonly (readonly [string, string])[] | undefined {
  const pairs: [string, string][] = [];
  for (const pair of raw.split('&')) {
    if (pair === '') continue;
    const equals = pair.indexOf('=');
    const name = percentDecode((equals === -1 ? pair : pair.slice(0, equals)).replaceAll('+', ' '));
    const value = percentDecode(equals === -1 ? '' : pair.slice(equals + 1).replaceAll('+', ' '));
    if (name === undefined || value === undefined) return undefined;
    pairs.push([name, value]);
  }
  return pairs;
}
