/** Takes credentials out of texts that leave the process. */

const MASK = '***';
/** Shorter ones would match by accident. */
const LEAST_SECRET_CHARS = 4;
const SCHEME = /\b(bearer|basic)(\s+)[\w.~+/=-]+/gi;
const NAMED =
  /\b([\w-]*(?:token|secret|password|passwd|authorization|signature|apikey|[-_]key))(["']?\s*(?:[=:]|%3d)\s*["']?)[^\s"'&;,]+/gi;
/** `code` and `sig` are the names of credentials in queries of Azure, and common words elsewhere. */
const IN_QUERY = /([?&](?:code|sig|key)=)[^\s"'&;,]+/gi;

/** Hides every one of `secrets`, plain and percent-encoded, and whatever is written like a credential. */
export function mask(text: string, secrets: readonly string[]): string {
  let masked = text;
  for (const secret of secrets) {
    if (secret.length < LEAST_SECRET_CHARS) continue;
    masked = masked.replaceAll(secret, MASK).replaceAll(encodeURIComponent(secret), MASK);
  }
  return masked.replace(SCHEME, `$1$2${MASK}`).replace(NAMED, `$1$2${MASK}`).replace(IN_QUERY, `$1${MASK}`);
}
