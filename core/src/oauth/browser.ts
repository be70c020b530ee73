/** Which browser a sign-in belongs to, and whether an answer came from our own page in it. */
import { constantTimeEqual } from '../lib/constantTime.ts';
import { browserCookie, newBrowserNonce, readBrowserNonce } from '../signIn/browserCookie.ts';
import { hmacHex } from '../signIn/bytes.ts';
import type { Context, Visit } from './context.ts';

/** Seconds for a whole sign-in; Discogs' own request tokens live a little longer. */
export const REQUEST_SECONDS = 600;

type Signer = Pick<Context, 'keyring'>;

const proofFor = async (
  { keyring }: Signer,
  purpose: 'browser' | 'answer',
  requestId: string,
  nonce: string,
): Promise<string> =>
  hmacHex((await keyring()).signing, JSON.stringify([`oauth-${purpose}`, requestId, nonce]));

/** The browser that begins a sign-in: what the record keeps of it, and the cookie to set. */
export async function markBrowser(
  context: Signer & Pick<Context, 'randomBytes'>,
  { request, baseUrl }: Visit,
  requestId: string,
): Promise<{ readonly proof: string; readonly cookie: string }> {
  const nonce = readBrowserNonce(request.header('cookie'), baseUrl) ?? newBrowserNonce(context.randomBytes);
  const proof = await proofFor(context, 'browser', requestId, nonce);
  return { proof, cookie: browserCookie(nonce, baseUrl, REQUEST_SECONDS) };
}

/** The proof that our page puts into its forms; undefined in any other browser than the one that began. */
export async function answerProof(
  context: Signer,
  { request, baseUrl }: Visit,
  requestId: string,
  browser: string,
): Promise<string | undefined> {
  const nonce = readBrowserNonce(request.header('cookie'), baseUrl);
  if (nonce === undefined) return undefined;
  const proof = await proofFor(context, 'browser', requestId, nonce);
  return constantTimeEqual(proof, browser) ? proofFor(context, 'answer', requestId, nonce) : undefined;
}

/** Undefined headers are those of old browsers; the proof in the form holds for them, too. */
export const isFromElsewhere = ({ request, baseUrl }: Visit): boolean => {
  const site = request.header('sec-fetch-site');
  const origin = request.header('origin');
  if (site !== undefined && site !== 'same-origin') return true;
  return origin !== undefined && origin !== 'null' && origin !== new URL(baseUrl).origin;
};

/** Whether something inside a page asks, an image or a frame, instead of a person who follows a link. */
export const isPartOfPage = ({ request }: Visit): boolean =>
  (request.header('sec-fetch-dest') ?? 'document') !== 'document';
