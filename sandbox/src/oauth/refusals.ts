/**
 * How Discogs refuses a signed request. Its token calls answer in plain text. `Invalid consumer.` and the texts about a
 * missing key and about the protocol are recorded; the others are worded like them.
 */
import { notAuthenticated } from '../http/errors.ts';
import type { Reply } from '../http/reply.ts';
import type { Flaw } from './verify.ts';

const plain = (status: number, text: string): Reply => ({
  status,
  headers: { 'Content-Type': 'text/plain' },
  body: Buffer.from(text),
});

export const notConforming = (): Reply =>
  plain(
    400,
    "This URL is an OAuth endpoint, but the request you made doesn't appear to conform to the OAuth 1.0a protocol.",
  );
export const badRequestToken = (): Reply => plain(400, 'Invalid request token.');
export const badVerifier = (): Reply => plain(400, 'Invalid verifier.');

/** On the two token calls. */
export function tokenRefusal(flaw: Flaw): Reply {
  switch (flaw) {
    case 'malformed':
      return notConforming();
    case 'no_consumer':
      return plain(401, 'Parameter not found: oauth_consumer_key');
    case 'consumer':
      return plain(401, 'Invalid consumer.');
    case 'signature':
      return plain(401, 'Invalid signature.');
    case 'timestamp':
      return plain(401, 'Expired timestamp.');
    case 'nonce':
      return plain(401, 'Nonce already used.');
  }
}

/**
 * On every other call. Discogs was seen to go on as if nobody had signed (403 on private lists, 401 on the identity);
 * here it is always 401, lest a wrong signature go unnoticed where anybody may read.
 */
export const callRefusal = notAuthenticated;
