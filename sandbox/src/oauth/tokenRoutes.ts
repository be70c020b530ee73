/**
 * The two calls that give tokens; their answers are form-encoded.
 * @see https://www.discogs.com/developers#page:authentication,header:authentication-oauth-flow
 */
import { message, type Reply } from '../http/reply.ts';
import type { Call, Route } from '../routes/call.ts';
import { badRequestToken, badVerifier, notConforming, tokenRefusal } from './refusals.ts';
import type { SignedRequest } from './signed.ts';
import { flawOf } from './verify.ts';

const REQUEST_TOKEN = '/oauth/request_token';
const ACCESS_TOKEN = '/oauth/access_token';
/** On these paths the token is no credential for the API. */
export const TOKEN_PATHS: ReadonlySet<string> = new Set([REQUEST_TOKEN, ACCESS_TOKEN]);
const WEB = /^https?:$/;

const form = (fields: Record<string, string>): Reply => ({
  status: 200,
  headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
  body: Buffer.from(new URLSearchParams(fields).toString()),
});

/** Discogs fails over a request without any OAuth in it. */
const isUnsigned = (signed: SignedRequest): boolean =>
  !signed.malformed && signed.get('oauth_consumer_key') === null && signed.get('oauth_signature') === null;
const unsigned = (): Reply => message(500, 'An internal server error occurred.');

const canCallBack = (callback: string): boolean =>
  callback === 'oob' || (URL.canParse(callback) && WEB.test(new URL(callback).protocol));

function requestToken({ signed, state, now }: Call): Reply {
  const request = signed();
  if (isUnsigned(request)) return unsigned();
  const flaw = flawOf(request, [''], state.nonces, now());
  if (flaw !== undefined) return tokenRefusal(flaw);
  const callback = request.get('oauth_callback') ?? 'oob';
  if (!canCallBack(callback)) return notConforming();
  const { token, secret } = state.grants.issue(callback);
  return form({ oauth_token: token, oauth_token_secret: secret, oauth_callback_confirmed: 'true' });
}

/** Discogs' documentation signs with the consumer secret alone, the protocol with the token secret too; both work. */
function accessToken({ signed, state, now }: Call): Reply {
  const request = signed();
  if (isUnsigned(request)) return unsigned();
  const requested = state.grants.requestToken(request.get('oauth_token') ?? '');
  const flaw = flawOf(
    request,
    ['', ...(requested === undefined ? [] : [requested.secret])],
    state.nonces,
    now(),
  );
  const cannotTell = flaw === 'signature' && requested === undefined;
  if (flaw !== undefined && !cannotTell) return tokenRefusal(flaw);
  if (requested === undefined) return badRequestToken();
  const { approved } = requested;
  if (approved === undefined || request.get('oauth_verifier') !== approved.verifier) return badVerifier();
  const { token, secret } = state.grants.grant(requested, approved.username);
  return form({ oauth_token: token, oauth_token_secret: secret });
}

export const TOKEN_ROUTES: readonly Route[] = [
  { method: 'GET', pattern: REQUEST_TOKEN, handle: requestToken },
  { method: 'POST', pattern: ACCESS_TOKEN, handle: accessToken },
  // As older clients call it.
  { method: 'GET', pattern: ACCESS_TOKEN, handle: accessToken },
];
