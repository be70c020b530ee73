/** `POST /token`: a code or a refresh token becomes a pair of tokens. */
import { constantTimeEqual } from '../../lib/constantTime.ts';
import { tokenAnswer } from '../answers.ts';
import { authenticateClient } from '../clientAuthentication.ts';
import { type Context, isFailure, type Outcome, type Route, type Visit } from '../context.ts';
import type { OAuthFailure } from '../failure.ts';
import { type Parameters, readForm } from '../form.ts';
import {
  ACCESS_SECONDS,
  accessSecondsLeft,
  covers,
  isMeantFor,
  REFRESH_SECONDS,
  redeemed,
  rotated,
  standingOf,
} from '../grantRules.ts';
import { provesChallenge } from '../pkce.ts';
import { type Grant, grantRecord, readGrantRecord } from '../records.ts';
import { readResource } from '../resources.ts';
import { readScopes } from '../scopes.ts';
import { firstTokens, type IssuedTokens, nextTokens, type Presented, readToken } from '../tokens.ts';

interface Exchange {
  readonly context: Context;
  readonly form: Parameters;
  readonly clientId: string;
  readonly baseUrl: string;
}

const issue = (grant: Grant, { access, refresh }: IssuedTokens, seconds = ACCESS_SECONDS): Outcome =>
  tokenAnswer({
    access_token: access,
    token_type: 'Bearer',
    expires_in: seconds,
    refresh_token: refresh,
    scope: grant.scopes.join(' '),
  });

/** Scope and resource may be named again, and be no more than what was granted. */
function checkTarget(
  { context: { hasMcp }, form, baseUrl }: Exchange,
  grant: Grant,
): OAuthFailure | undefined {
  const scopes = form('scope') === undefined ? [] : readScopes(form('scope'));
  if (!scopes) return { code: 'scope_unknown' };
  if (!covers(grant.scopes, scopes)) return { code: 'scope_not_granted' };
  if (form('resource') === undefined) return undefined;
  const audience = readResource(baseUrl, hasMcp, form('resource'));
  if (!audience) return { code: 'resource_unknown' };
  return isMeantFor(grant, audience) ? undefined : { code: 'resource_not_granted' };
}

async function useCode(exchange: Exchange): Promise<Outcome> {
  const { context, form, clientId } = exchange;
  const { stores, randomBytes, seconds } = context;
  const text = form('code');
  if (text === undefined) return { code: 'parameter_missing', parameter: 'code' };
  const invalid = (reason: Extract<OAuthFailure, { code: 'code_invalid' }>['reason']) =>
    ({ code: 'code_invalid', reason }) as const;
  const presented = await readToken('code', text);
  const record = presented && (await stores.grants.get(presented.grantId));
  if (!record) return invalid('unknown');
  const grant = readGrantRecord(record);
  const { grantId, hash } = presented;
  if (!constantTimeEqual(hash, grant.code.hash)) return invalid('unknown');
  if (grant.code.isUsed) {
    await stores.grants.take(grantId);
    return invalid('reused');
  }
  if (grant.code.expiresAt <= seconds()) return invalid('expired');
  if (grant.clientId !== clientId) return invalid('other_client');
  if (form('redirect_uri') !== grant.redirectUri) return invalid('redirect_uri');
  const verifier = form('code_verifier');
  // A verifier without a challenge: somebody has taken the challenge out of the authorization.
  const isProven =
    grant.challenge === null
      ? verifier === undefined
      : verifier !== undefined && (await provesChallenge(verifier, grant.challenge));
  if (!isProven) return invalid('verifier');
  const refused = checkTarget(exchange, grant);
  if (refused) return refused;
  const tokens = await firstTokens(randomBytes, grantId);
  const now = seconds();
  const isFirst = await stores.grants.change(grantId, (current) => {
    const found = readGrantRecord(current);
    if (found.code.isUsed) return undefined;
    return grantRecord(grantId, redeemed(found, tokens, now), now + REFRESH_SECONDS);
  });
  if (isFirst) return issue(grant, tokens);
  // Somebody else has used it a moment ago.
  await stores.grants.take(grantId);
  return invalid('reused');
}

const refreshInvalid = (reason: Extract<OAuthFailure, { code: 'refresh_token_invalid' }>['reason']) =>
  ({ code: 'refresh_token_invalid', reason }) as const;

/** One look at the grant; undefined when another request has replaced the token meanwhile. */
async function refreshOnce(
  exchange: Exchange,
  { grantId, hash }: Presented,
  next: IssuedTokens,
): Promise<Outcome | undefined> {
  const { context, clientId } = exchange;
  const { stores, seconds } = context;
  const record = await stores.grants.get(grantId);
  const now = seconds();
  if (!record || record.expiresAt <= now) return refreshInvalid('unknown');
  const grant = readGrantRecord(record);
  if (grant.clientId !== clientId) return refreshInvalid('other_client');
  const standing = standingOf(grant, hash, now);
  switch (standing) {
    case 'none':
      return refreshInvalid('unknown');
    case 'spent':
      await stores.grants.take(grantId);
      context.log.warn('oauth_refresh_token_reused');
      return refreshInvalid('reused');
    case 'replaced_just_now': {
      // With another signing key the same pair cannot be made again.
      const left =
        grant.refresh?.hash === next.refreshHash ? accessSecondsLeft(grant, next.accessHash, now) : 0;
      return left > 0 ? issue(grant, next, left) : refreshInvalid('unknown');
    }
    case 'current': {
      const refused = checkTarget(exchange, grant);
      if (refused) return refused;
      const isReplaced = await stores.grants.change(grantId, (current) => {
        const found = readGrantRecord(current);
        if (standingOf(found, hash, now) !== 'current') return undefined;
        return grantRecord(grantId, rotated(found, next, now), now + REFRESH_SECONDS);
      });
      return isReplaced ? issue(grant, next) : undefined;
    }
    default:
      return standing satisfies never;
  }
}

async function refresh(exchange: Exchange): Promise<Outcome> {
  const { context, form } = exchange;
  const text = form('refresh_token');
  if (text === undefined) return { code: 'parameter_missing', parameter: 'refresh_token' };
  const presented = await readToken('refresh', text);
  if (!presented) return refreshInvalid('unknown');
  const next = await nextTokens((await context.keyring()).signing, presented);
  const first = await refreshOnce(exchange, presented, next);
  // The second look finds what the other request has made of the token.
  return first ?? (await refreshOnce(exchange, presented, next)) ?? { code: 'store_unavailable' };
}

export const token: Route = async (context, visit: Visit) => {
  const form = await readForm(visit.request);
  if (typeof form !== 'function') return form;
  const client = authenticateClient(context, visit, form);
  if (isFailure(client)) return client;
  const exchange = { context, form, clientId: client.clientId, baseUrl: visit.baseUrl };
  switch (form('grant_type')) {
    case 'authorization_code':
      return useCode(exchange);
    case 'refresh_token':
      return refresh(exchange);
    case undefined:
      return { code: 'parameter_missing', parameter: 'grant_type' };
    default:
      return { code: 'grant_type_unsupported' };
  }
};
