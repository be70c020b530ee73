/** Whether a signed request is what it says: application, time, signature, nonce. */
import { createHmac, timingSafeEqual } from 'node:crypto';
import { SANDBOX_CONSUMER_KEY, SANDBOX_CONSUMER_SECRET } from '../accounts.ts';
import type { Nonces } from './nonces.ts';
import { escaped, type SignedRequest } from './signed.ts';

/** A clock that is further off is refused. */
export const CLOCK_TOLERANCE_SECONDS = 300;
const MAX_NONCE_CHARS = 64;
const SECONDS = /^\d{1,10}$/;

/** Why a signed request is refused. */
export type Flaw = 'malformed' | 'no_consumer' | 'consumer' | 'signature' | 'timestamp' | 'nonce';

/** The signature for one token secret; undefined for a method that is not known. */
function expected(method: string | null, baseString: string, tokenSecret: string): string | undefined {
  const key = `${escaped(SANDBOX_CONSUMER_SECRET)}&${escaped(tokenSecret)}`;
  if (method === 'PLAINTEXT') return key;
  return method === 'HMAC-SHA1' ? createHmac('sha1', key).update(baseString).digest('base64') : undefined;
}

function sameText(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}

/**
 * Undefined when nothing is wrong. `tokenSecrets` are those of which any may have signed. A nonce is spent only by a
 * request whose signature is right.
 */
export function flawOf(
  signed: SignedRequest,
  tokenSecrets: readonly string[],
  nonces: Nonces,
  nowMs: number,
): Flaw | undefined {
  const consumer = signed.get('oauth_consumer_key');
  const signature = signed.get('oauth_signature');
  const nonce = signed.get('oauth_nonce');
  const timestamp = signed.get('oauth_timestamp');
  const method = signed.get('oauth_signature_method');
  if (signed.malformed) return 'malformed';
  if (consumer === null) return 'no_consumer';
  if (consumer !== SANDBOX_CONSUMER_KEY) return 'consumer';
  if ((signed.get('oauth_version') ?? '1.0') !== '1.0') return 'malformed';
  if (signature === null || nonce === null || nonce === '' || nonce.length > MAX_NONCE_CHARS)
    return 'malformed';
  if (timestamp === null || !SECONDS.test(timestamp)) return 'malformed';
  const wanted = tokenSecrets.map((secret) => expected(method, signed.baseString, secret));
  if (wanted.includes(undefined)) return 'malformed';
  const at = Number(timestamp);
  const now = Math.floor(nowMs / 1000);
  if (Math.abs(now - at) > CLOCK_TOLERANCE_SECONDS) return 'timestamp';
  if (!wanted.some((text) => sameText(signature, text ?? ''))) return 'signature';
  const use = JSON.stringify([signed.get('oauth_token'), timestamp, nonce]);
  return nonces.take(use, at, now) ? undefined : 'nonce';
}
