/** The `Authorization` header of a request signed with OAuth 1.0a. */
import { type Parameter, signatureBaseString } from './baseString.ts';
import { percentEncode } from './percentEncode.ts';
import { type SignatureMethod, signature } from './signature.ts';

/** A token of Discogs, request or access token, with its secret. */
export interface TokenPair {
  readonly token: string;
  readonly secret: string;
}

/** The key and secret of the application that is registered with Discogs. */
export interface Consumer {
  readonly key: string;
  readonly secret: string;
}

/** Who signs and how. */
export interface Signing {
  readonly consumer: Consumer;
  readonly signatureMethod: SignatureMethod;
  /** Milliseconds since the epoch. Discogs refuses a clock that is five minutes off. */
  readonly now: () => number;
  /** Cryptographic randomness: that many bytes, new ones each time. */
  readonly random: (bytes: number) => Uint8Array;
}

/** What is signed. */
export interface SignedRequest {
  readonly method: string;
  /** The whole address, query included, as it goes over the wire. */
  readonly url: string;
  readonly token?: TokenPair;
  /** `oauth_callback`, for a request token. */
  readonly callback?: string;
  /** `oauth_verifier`, for an access token. */
  readonly verifier?: string;
}

/** 32 characters; Discogs refuses more than 64. */
const NONCE_BYTES = 16;

const hex = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');

/**
 * Writes the header in the order of `parameters`.
 * @see https://www.rfc-editor.org/rfc/rfc5849#section-3.5.1
 */
export const authorizationHeader = (parameters: readonly Parameter[]): string =>
  `OAuth ${parameters.map(([name, value]) => `${percentEncode(name)}="${percentEncode(value)}"`).join(', ')}`;

/**
 * The `Authorization` of one attempt to send `request`; every attempt needs its own, since a nonce counts once. With an
 * access token it makes any call to the API one of that user. A form body is not signed: no call of Discogs has one.
 * @see https://www.rfc-editor.org/rfc/rfc5849#section-3.1
 */
export async function signedAuthorization(
  { consumer, signatureMethod, now, random }: Signing,
  { method, url, token, callback, verifier }: SignedRequest,
): Promise<string> {
  const parameters: Parameter[] = [
    ...(callback === undefined ? [] : [['oauth_callback', callback] as const]),
    ['oauth_consumer_key', consumer.key],
    ['oauth_nonce', hex(random(NONCE_BYTES))],
    ['oauth_signature_method', signatureMethod],
    ['oauth_timestamp', String(Math.floor(now() / 1000))],
    ...(token === undefined ? [] : [['oauth_token', token.token] as const]),
    ...(verifier === undefined ? [] : [['oauth_verifier', verifier] as const]),
    ['oauth_version', '1.0'],
  ];
  const base = signatureBaseString(method, new URL(url), parameters);
  const signed = await signature(signatureMethod, base, consumer.secret, token?.secret ?? '');
  return authorizationHeader([...parameters, ['oauth_signature', signed]]);
}
