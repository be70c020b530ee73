/** `GET /authorize`: an app sends its user here, and we send them on to Discogs. */
import { withCookie } from '../../signIn/answers.ts';
import { toHex } from '../../signIn/bytes.ts';
import { failureBesideApp, failureToApp, goTo } from '../answers.ts';
import { isPartOfPage, markBrowser, REQUEST_SECONDS } from '../browser.ts';
import { looksLikeAddress } from '../clientDocument.ts';
import { type Client, type Context, isFailure, type Outcome, type Route, type Visit } from '../context.ts';
import { sealPair } from '../credential.ts';
import type { OAuthFailure } from '../failure.ts';
import { type Parameters, readParameters } from '../form.ts';
import { isChallenge } from '../pkce.ts';
import { type AuthorizationTarget, requestRecord } from '../records.ts';
import { matchesRedirectUri } from '../redirectUri.ts';
import { readResource } from '../resources.ts';
import { readScopes } from '../scopes.ts';
import { countAttempt } from '../throttle.ts';

const REQUEST_ID_BYTES = 16;
const MAX_STATE_CHARS = 2048;

/** Begins a sign-in at Discogs; `target` is null for somebody who wants to see their grants. */
export async function goToDiscogs(
  context: Context,
  visit: Visit,
  target: AuthorizationTarget | null,
): Promise<Outcome> {
  const { stores, signIn, randomBytes, seconds } = context;
  const throttled = await countAttempt(context, visit.request, 'authorize');
  if (throttled) return throttled;
  const id = toHex(randomBytes(REQUEST_ID_BYTES));
  const result = await signIn.requestToken(
    `${visit.baseUrl}/authorize/callback?request=${id}`,
    visit.deadline,
  );
  if (!result.ok) return { code: 'discogs', failure: result.failure };
  const { proof, cookie } = await markBrowser(context, visit, id);
  const { token } = result.value;
  const sealed = await sealPair(context, ['oauth_requests', id], result.value);
  const stage = { kind: 'at_discogs', requestToken: token, sealed } as const;
  await stores.requests.insert(
    requestRecord(id, { browser: proof, target, stage }, seconds() + REQUEST_SECONDS),
  );
  return withCookie(goTo(signIn.authorizeUrl(token)), cookie);
}

/** What the app wants; a failure is one to tell the app. */
function readTarget(
  parameters: Parameters,
  client: Client,
  redirectUri: string,
  baseUrl: string,
  hasMcp: boolean,
): AuthorizationTarget | OAuthFailure {
  if (parameters('response_type') !== 'code') return { code: 'response_type_unsupported' };
  if ((parameters('response_mode') ?? 'query') !== 'query') {
    return { code: 'parameter_invalid', parameter: 'response_mode', fix: 'must be query' };
  }
  const challenge = parameters('code_challenge') ?? null;
  const method = parameters('code_challenge_method');
  if (challenge === null && (client.mustUsePkce || method !== undefined)) return { code: 'pkce_required' };
  // Without a method, RFC 7636 means plain.
  if (challenge !== null && (method !== 'S256' || !isChallenge(challenge))) return { code: 'pkce_plain' };
  const scopes = readScopes(parameters('scope'));
  if (!scopes) return { code: 'scope_unknown' };
  const audience = readResource(baseUrl, hasMcp, parameters('resource'));
  if (!audience) return { code: 'resource_unknown' };
  return {
    clientId: client.id,
    clientHost: client.host ?? null,
    redirectUri,
    scopes: [...scopes],
    audience,
    challenge,
    state: parameters('state') ?? null,
  };
}

export const authorize: Route = async (context, visit) => {
  if (isPartOfPage(visit)) return { code: 'not_a_page_of_its_own' };
  const parameters = readParameters(visit.query);
  if (typeof parameters !== 'function') return parameters;
  const clientId = parameters('client_id');
  if (clientId === undefined) return { code: 'parameter_missing', parameter: 'client_id' };
  const throttled = looksLikeAddress(clientId)
    ? await countAttempt(context, visit.request, 'document')
    : undefined;
  if (throttled) return throttled;
  const client = await context.findClient(clientId);
  if (isFailure(client)) return client;
  const redirectUri = parameters('redirect_uri');
  if (redirectUri === undefined) return { code: 'parameter_missing', parameter: 'redirect_uri' };
  if (!matchesRedirectUri(redirectUri, client.redirectUris)) return { code: 'redirect_uri_unknown' };
  // From here on the app hears of a failure.
  const tell = client.isEntered ? failureToApp : failureBesideApp;
  const state = parameters('state') ?? null;
  if (state !== null && state.length > MAX_STATE_CHARS) {
    const fix = `may have ${MAX_STATE_CHARS} characters`;
    const failure = { code: 'parameter_invalid', parameter: 'state', fix } as const;
    return tell({ redirectUri, state: null }, visit.baseUrl, failure);
  }
  const target = readTarget(parameters, client, redirectUri, visit.baseUrl, context.hasMcp);
  if (isFailure(target)) return tell({ redirectUri, state }, visit.baseUrl, target);
  return goToDiscogs(context, visit, target);
};
