/**
 * The cookie that tells one browser from another during a sign-in: a random nonce, and nothing else. A signature over it
 * proves that the browser that comes back from Discogs is the one in which somebody said yes.
 */
import { type Bytes, toHex } from './bytes.ts';

const NAME = 'broker-browser';
const NONCE_BYTES = 32;
const NONCE = /^[0-9a-f]{64}$/;

/** An IP address, or a name without siblings that could set cookies for it. */
const LOCAL_HOST = /^(\[.*\]|[\d.]+|[^.]+|.+\.localhost)$/;

/** Browsers take a `__Host-` cookie, which no sibling domain can set, over https only: local work has to do without. */
function isLocal(baseUrl: string): boolean {
  const { protocol, hostname } = new URL(baseUrl);
  return protocol === 'http:' && LOCAL_HOST.test(hostname);
}

const nameAt = (baseUrl: string): string => (isLocal(baseUrl) ? NAME : `__Host-${NAME}`);

export const newBrowserNonce = (randomBytes: (length: number) => Bytes): string =>
  toHex(randomBytes(NONCE_BYTES));

/** The nonce in a `Cookie` header; undefined where there is none, or more than one and nobody knows which is ours. */
export function readBrowserNonce(cookies: string | undefined, baseUrl: string): string | undefined {
  const prefix = `${nameAt(baseUrl)}=`;
  const values = (cookies ?? '')
    .split(';')
    // Spaces only: whoever trims more takes a cookie for ours whose name the browser did not hold to `__Host-`.
    .map((pair) => pair.replace(/^ +/, ''))
    .filter((pair) => pair.startsWith(prefix))
    .map((pair) => pair.slice(prefix.length));
  const [nonce = ''] = values;
  return values.length === 1 && NONCE.test(nonce) ? nonce : undefined;
}

/**
 * The value of `Set-Cookie`. `Lax` is sent along when Discogs sends the browser back, and not with what other sites load.
 * @see https://developer.mozilla.org/docs/Web/HTTP/Reference/Headers/Set-Cookie
 */
export function browserCookie(nonce: string, baseUrl: string, maxAgeSeconds: number): string {
  const attributes = `Path=/; Max-Age=${maxAgeSeconds}; HttpOnly; SameSite=Lax`;
  return `${nameAt(baseUrl)}=${nonce}; ${attributes}${isLocal(baseUrl) ? '' : '; Secure'}`;
}
