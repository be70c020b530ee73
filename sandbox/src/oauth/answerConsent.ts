/** A user without a browser, for tests: answers the consent page of a running sandbox. */
import { SANDBOX_USERNAME } from '../accounts.ts';

export interface ConsentAnswer {
  readonly status: number;
  /** Where the browser would go on; null when the page shows a code instead. */
  readonly location: string | null;
  readonly html: string;
}

/**
 * Sends the form behind `authorizeUrl`, the address that a client would open in a browser. Follows no redirect.
 *
 * @example
 * const { location } = await answerConsent(`${sandbox.url}/oauth/authorize?oauth_token=${token}`, 'approve');
 */
export async function answerConsent(
  authorizeUrl: string,
  decision: 'approve' | 'deny',
  username = SANDBOX_USERNAME,
): Promise<ConsentAnswer> {
  const { origin, pathname, searchParams } = new URL(authorizeUrl);
  const response = await fetch(origin + pathname, {
    method: 'POST',
    body: new URLSearchParams({ oauth_token: searchParams.get('oauth_token') ?? '', decision, username }),
    redirect: 'manual',
  });
  return { status: response.status, location: response.headers.get('location'), html: await response.text() };
}
