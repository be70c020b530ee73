/** Proof that this browser has seen the page that says what is about to be linked. */
import { constantTimeEqual } from '../../gateway/constantTime.ts';
import { type Bytes, hmacHex } from './bytes.ts';

/** Seconds for which a page's link may be followed. */
export const CONFIRMATION_SECONDS = 600;

const sign = (key: Bytes, deviceId: string, pendingToken: string, until: number): Promise<string> =>
  hmacHex(key, JSON.stringify(['confirm', deviceId, pendingToken, until]));

/** The value of `confirm`: `<Unix seconds until which it holds>.<HMAC-SHA-256 in hex>`. */
export async function confirm(
  key: Bytes,
  deviceId: string,
  pendingToken: string,
  now: number,
): Promise<string> {
  const until = now + CONFIRMATION_SECONDS;
  return `${until}.${await sign(key, deviceId, pendingToken, until)}`;
}

/** Whether `given` was made for this pair, and not too long ago. */
export async function isConfirmed(
  key: Bytes,
  deviceId: string,
  pendingToken: string,
  given: string,
  now: number,
): Promise<boolean> {
  const [, digits = '', signature = ''] = /^(\d{1,12})\.([0-9a-f]{64})$/.exec(given) ?? [];
  const until = Number(digits);
  if (until <= now) return false;
  return constantTimeEqual(signature, await sign(key, deviceId, pendingToken, until));
}
