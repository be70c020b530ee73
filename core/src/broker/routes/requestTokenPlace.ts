import type { Place } from '../../signIn/seal.ts';

/** Where a request token's secret is kept. */
export const requestTokenPlace = (oauthToken: string): Place => [
  'oauth_request_tokens',
  'oauth_token_secret',
  oauthToken,
];
