/** The two ways to sign that Discogs takes. */
import { percentEncode } from './percentEncode.ts';

/**
 * PLAINTEXT is what Discogs recommends over TLS; with HMAC-SHA1 the secrets stay off the wire.
 * @see https://www.discogs.com/developers#page:authentication,header:authentication-oauth-flow
 */
export type SignatureMethod = 'PLAINTEXT' | 'HMAC-SHA1';

const encoder = new TextEncoder();

/**
 * HMAC-SHA1 over a base string, in base64.
 * @see https://www.rfc-editor.org/rfc/rfc5849#section-3.4.2
 */
async function hmacSha1(key: string, text: string): Promise<string> {
  const algorithm = { name: 'HMAC', hash: 'SHA-1' };
  const imported = await crypto.subtle.importKey('raw', encoder.encode(key), algorithm, false, ['sign']);
  const digest = await crypto.subtle.sign('HMAC', imported, encoder.encode(text));
  return btoa(String.fromCharCode(...new Uint8Array(digest)));
}

/**
 * The value of `oauth_signature`, not yet encoded for a header. `tokenSecret` is empty before there is a token.
 * @see https://www.rfc-editor.org/rfc/rfc5849#section-3.4.4
 */
export async function signature(
  method: SignatureMethod,
  baseString: string,
  consumerSecret: string,
  tokenSecret: string,
): Promise<string> {
  const key = `${percentEncode(consumerSecret)}&${percentEncode(tokenSecret)}`;
  return method === 'PLAINTEXT' ? key : hmacSha1(key, baseString);
}
