import type { Place } from '../state/seal.ts';

/** Where a request token's secret is kept. */
export const requestTokenPlace = (oauthToken: string): Place => [
  'oauth_request_tokens',
  'oauth_token_secret',
  oauthToken,
];
