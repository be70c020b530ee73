/**
 * A stand-in for an Action of ChatGPT with OAuth, after what was seen of it: a client with a secret, no PKCE, a fixed
 * redirect address, a state, and the token as Bearer below the addresses of the document.
 */
import { browse } from './browser.mjs';
import { check, GATEWAY_URL } from './check.mjs';
import { checkWantlist, clientOf } from './signIn.mjs';

const { id, secret, redirectUri } = clientOf('chatgpt');
const document = await (await fetch(`${GATEWAY_URL}/gpt/openapi-oauth.json`)).json();
const [scheme] = Object.values(document.components.securitySchemes);
const { authorizationUrl, tokenUrl, scopes } = scheme.flows.authorizationCode;
const [{ url: server }] = document.servers;
const hosts = [authorizationUrl, tokenUrl, server].map((address) => new URL(address).host);
check('authorization, tokens and API have one host', new Set(hosts).size === 1);

/** `redeem` sends a form to the token endpoint in one of the ways below. */
async function signIn(redeem) {
  const authorization = new URL(authorizationUrl);
  authorization.search = new URLSearchParams({
    response_type: 'code',
    client_id: id,
    redirect_uri: redirectUri,
    scope: Object.keys(scopes).join(' '),
    state: 'oauth_s_66f1',
  });
  const back = await browse(authorization, redirectUri);
  check('the state is as it was', back.searchParams.get('state') === 'oauth_s_66f1');
  return redeem({
    grant_type: 'authorization_code',
    redirect_uri: redirectUri,
    code: back.searchParams.get('code'),
  });
}

/** The two methods of the form in which an Action is set up. */
const post = (body, headers) => fetch(tokenUrl, { method: 'POST', headers, body: new URLSearchParams(body) });
const inBody = (form) => post({ ...form, client_id: id, client_secret: secret });
const inHeader = (form) =>
  post(form, { authorization: `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}` });

const HEADERS = {
  'user-agent': 'Mozilla/5.0 AppleWebKit/537.36 (compatible; ChatGPT-User/1.0; +https://openai.com/bot)',
  'openai-conversation-id': 'conversation-of-the-tests',
  // Also on GET.
  'content-type': 'application/json',
};

for (const [name, redeem] of Object.entries({ inBody, inHeader })) {
  const tokens = await (await signIn(redeem)).json();
  check(`${name}: the answer is a bearer token that expires`, /^bearer$/i.test(tokens.token_type));
  check(`${name}: it says for how long`, tokens.expires_in > 0);
  const next = await (
    await redeem({ grant_type: 'refresh_token', refresh_token: tokens.refresh_token })
  ).json();
  const ask = (method, url, prefix = '') =>
    fetch(url.replace(GATEWAY_URL, GATEWAY_URL + prefix), {
      method,
      headers: { ...HEADERS, authorization: `Bearer ${next.access_token}` },
    });
  await checkWantlist(ask);
  const identity = await (await ask('GET', `${GATEWAY_URL}/oauth/identity`, '/gpt')).json();
  check(`${name}: the short answers are the user's as well`, identity.username === 'crate_digger');
}
