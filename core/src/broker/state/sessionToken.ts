/**
 * The session token is derived, never stored: whoever holds the original pending token gets the same token again, so a
 * lost reply to finalize costs nothing, and the database cannot be turned into tokens without the state key.
 */
import { hmacHex, sha256, toHex, utf8 } from '../../signIn/bytes.ts';

/** What a token is made of. `accessSecret` is the opened one. */
export interface TokenSource {
  readonly deviceId: string;
  /** The one that the client was given by `start`. */
  readonly pendingToken: string;
  readonly accessToken: string;
  readonly accessSecret: string;
}

/** 96 hex digits. */
export async function deriveSessionToken(source: TokenSource): Promise<string> {
  const key = utf8(source.accessSecret);
  const message = `${source.deviceId}:${source.pendingToken}:${source.accessToken}`;
  const first = await hmacHex(key, `broker-session:v1:${message}`);
  const extra = await hmacHex(key, `broker-session:v1:extra:${message}`);
  return first + extra.slice(0, 32);
}

/** What the store keeps of a token: 64 hex digits. */
export const hashSessionToken = async (token: string): Promise<string> => toHex(await sha256(token));
