/** `oauth4webapi`: from the address of the API alone to a call that changes the wantlist, and to the end of the grant. */
import { fileURLToPath } from 'node:url';
import * as oauth from 'oauth4webapi';
import { browse } from './browser.mjs';
import { check, GATEWAY_URL } from './check.mjs';
import { checkWantlist, clientOf, SCOPES, WANT } from './signIn.mjs';

const HTTP = { [oauth.allowInsecureRequests]: true };

/** A program on the user's computer: no secret, PKCE, and a port that the browser comes back to. */
export async function signIn(open, { id, redirectUri }) {
  const resource = new URL(GATEWAY_URL);
  const found = await oauth.resourceDiscoveryRequest(resource, HTTP);
  const { authorization_servers: servers } = await oauth.processResourceDiscoveryResponse(resource, found);
  const issuer = new URL(servers[0]);
  const metadata = await oauth.discoveryRequest(issuer, { algorithm: 'oauth2', ...HTTP });
  const as = await oauth.processDiscoveryResponse(issuer, metadata);
  check('the metadata lead from the API to its authorization server', as.issuer === GATEWAY_URL);

  const client = { client_id: id };
  const verifier = oauth.generateRandomCodeVerifier();
  const state = oauth.generateRandomState();
  const authorization = new URL(as.authorization_endpoint);
  authorization.search = new URLSearchParams({
    response_type: 'code',
    client_id: id,
    redirect_uri: redirectUri,
    scope: SCOPES,
    state,
    resource: resource.href,
    code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
  });
  const back = await open(authorization, redirectUri);
  check('the answer names the issuer', back.searchParams.get('iss') === as.issuer);
  const parameters = oauth.validateAuthResponse(as, client, back, state);
  const redeem = () =>
    oauth.authorizationCodeGrantRequest(as, client, oauth.None(), parameters, redirectUri, verifier, {
      additionalParameters: { resource: resource.href },
      ...HTTP,
    });
  const tokens = await oauth.processAuthorizationCodeResponse(as, client, await redeem());
  return { as, client, tokens, redeem };
}

const ask = (token) => (method, url) =>
  oauth.protectedResourceRequest(token, method, new URL(url), undefined, undefined, HTTP);

/** Whether the gateway takes the token no more. */
export async function isRefused(token) {
  const refused = await ask(token)('PUT', WANT).catch((error) => error);
  return refused.cause?.[0]?.parameters.error === 'invalid_token';
}

/** What follows the sign-in. */
export async function useTokens({ as, client, tokens }) {
  await checkWantlist(ask(tokens.access_token));
  const refresh = await oauth.refreshTokenGrantRequest(as, client, oauth.None(), tokens.refresh_token, HTTP);
  const next = await oauth.processRefreshTokenResponse(as, client, refresh);
  check('a refresh gives another pair', next.refresh_token !== tokens.refresh_token);
  await checkWantlist(ask(next.access_token));
  const revoked = await oauth.revocationRequest(as, client, oauth.None(), next.refresh_token, HTTP);
  await oauth.processRevocationResponse(revoked);
  check('a grant that was ended opens nothing', await isRefused(next.access_token));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const app = clientOf('desktop-app');
  const redirectUri = app.redirectUri.replace('127.0.0.1', '127.0.0.1:50123');
  await useTokens(await signIn(browse, { ...app, redirectUri }));

  const second = await signIn(browse, { ...app, redirectUri });
  const again = await oauth
    .processAuthorizationCodeResponse(second.as, second.client, await second.redeem())
    .catch((error) => error);
  check('a code that is used twice is refused', again.error === 'invalid_grant');
  check('and ends what it gave', await isRefused(second.tokens.access_token));
}
