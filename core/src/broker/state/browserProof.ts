/** Signatures that hold for one device session in one browser. */
import { constantTimeEqual } from '../../lib/constantTime.ts';
import { type Bytes, hmacHex } from '../../signIn/bytes.ts';

/** What is signed. */
export interface BrowserClaim {
  readonly deviceId: string;
  readonly pendingToken: string;
  /** Of the browser's cookie. */
  readonly nonce: string;
}

/** Seconds for which the answer on the page that asks may be given. */
export const CONFIRMATION_SECONDS = 600;

const sign = (
  key: Bytes,
  purpose: 'confirm' | 'callback',
  { deviceId, pendingToken, nonce }: BrowserClaim,
  until?: number,
): Promise<string> => hmacHex(key, JSON.stringify([purpose, deviceId, pendingToken, nonce, until]));

/** The value of `confirm`: `<Unix seconds until which it holds>.<HMAC-SHA-256 in hex>`. */
export async function confirm(key: Bytes, claim: BrowserClaim, now: number): Promise<string> {
  const until = now + CONFIRMATION_SECONDS;
  return `${until}.${await sign(key, 'confirm', claim, until)}`;
}

/** Whether `given` was made for this session in this browser, and not too long ago. */
export async function isConfirmed(
  key: Bytes,
  claim: BrowserClaim,
  given: string,
  now: number,
): Promise<boolean> {
  const [, digits = '', signature = ''] = /^(\d{1,12})\.([0-9a-f]{64})$/.exec(given) ?? [];
  const until = Number(digits);
  if (until <= now) return false;
  return constantTimeEqual(signature, await sign(key, 'confirm', claim, until));
}

/** What the callback address holds as `browser`: 64 hex digits. It needs no end: the request token beside it has one. */
export const browserProof = (key: Bytes, claim: BrowserClaim): Promise<string> =>
  sign(key, 'callback', claim);
