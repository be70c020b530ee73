/** Discogs' own words of refusal, from the body of an answer. */

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
/** An error page may be long; Discogs' messages are not. */
const MAX_MESSAGE_BYTES = 64 * 1024;
const MAX_MESSAGE_CHARS = 1000;

/** `value: Input should be 'Mint (M)'.` from one entry of `detail`. */
function detailText(entry: unknown): readonly string[] {
  if (typeof entry !== 'object' || entry === null || !('msg' in entry)) return [];
  const { msg } = entry;
  if (typeof msg !== 'string') return [];
  const place = 'loc' in entry && Array.isArray(entry.loc) ? `${entry.loc.join('.')}: ` : '';
  return [`${place}${msg}.`];
}

/**
 * `message` of `{"message": …}`. Newer calls only say there that `detail` tells what is wrong, so that its texts follow.
 */
export function refusalMessage(body: Uint8Array): string | undefined {
  if (body.length > MAX_MESSAGE_BYTES) return undefined;
  try {
    const json: unknown = JSON.parse(decoder.decode(body));
    if (typeof json !== 'object' || json === null || !('message' in json)) return undefined;
    if (typeof json.message !== 'string') return undefined;
    const details = 'detail' in json && Array.isArray(json.detail) ? json.detail.flatMap(detailText) : [];
    return [json.message, ...details].join(' ').slice(0, MAX_MESSAGE_CHARS);
  } catch {
    return undefined;
  }
}
