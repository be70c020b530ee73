/** `openid-client` as a web application with a secret, which it sends as Basic, and PKCE all the same. */
import * as client from 'openid-client';
import { browse } from './browser.mjs';
import { check, GATEWAY_URL } from './check.mjs';
import { checkWantlist, clientOf, SCOPES } from './signIn.mjs';

const { id, secret, redirectUri } = clientOf('web-app');
const config = await client.discovery(
  new URL(GATEWAY_URL),
  id,
  undefined,
  client.ClientSecretBasic(secret),
  // Without https, for 127.0.0.1.
  { algorithm: 'oauth2', execute: [client.allowInsecureRequests] },
);
const pkceCodeVerifier = client.randomPKCECodeVerifier();
const expectedState = client.randomState();
const authorization = client.buildAuthorizationUrl(config, {
  redirect_uri: redirectUri,
  scope: SCOPES,
  state: expectedState,
  code_challenge: await client.calculatePKCECodeChallenge(pkceCodeVerifier),
  code_challenge_method: 'S256',
});
const back = await browse(authorization, redirectUri);
const tokens = await client.authorizationCodeGrant(config, back, { pkceCodeVerifier, expectedState });
const ask = (token) => (method, url) => client.fetchProtectedResource(config, token, new URL(url), method);
await checkWantlist(ask(tokens.access_token));

const pairs = await Promise.all([1, 2, 3].map(() => client.refreshTokenGrant(config, tokens.refresh_token)));
const accesses = new Set(pairs.map(({ access_token }) => access_token));
check('three refreshes at once have one outcome', accesses.size === 1);
await checkWantlist(ask(pairs[0].access_token));

await client.tokenRevocation(config, pairs[0].refresh_token);
const refused = await client.refreshTokenGrant(config, pairs[0].refresh_token).catch((error) => error);
check('a grant that was ended is refreshed no more', refused.error === 'invalid_grant');
