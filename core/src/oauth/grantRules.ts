/** What may happen to a grant, as pure decisions about its record. Times are Unix seconds. */

import type { Scope } from '../catalog/scopes.ts';
import type { Audience } from '../lib/call.ts';
import { constantTimeEqual } from '../lib/constantTime.ts';
import type { Grant } from './records.ts';
import type { IssuedTokens } from './tokens.ts';

export const CODE_SECONDS = 60;
export const ACCESS_SECONDS = 3600;
/** A grant that is not used for this long ends. */
export const REFRESH_SECONDS = 90 * 86_400;
/** A client whose answer was lost may send the replaced refresh token again for this long. */
export const GRACE_SECONDS = 30;
/** Access tokens in force at once: a client may use the one before the last until that expires. */
const MAX_ACCESS_TOKENS = 3;

type Hashes = Pick<IssuedTokens, 'accessHash' | 'refreshHash'>;

const withAccess = ({ access }: Grant, hash: string, now: number): Grant['access'] =>
  [{ hash, expiresAt: now + ACCESS_SECONDS }, ...access.filter(({ expiresAt }) => expiresAt > now)].slice(
    0,
    MAX_ACCESS_TOKENS,
  );

/** The grant after its code was used. */
export const redeemed = (grant: Grant, { accessHash, refreshHash }: Hashes, now: number): Grant => ({
  ...grant,
  code: { ...grant.code, isUsed: true },
  refresh: { hash: refreshHash, previousHash: null, rotatedAt: now },
  access: withAccess(grant, accessHash, now),
});

/** The grant after its refresh token was replaced. */
export const rotated = (grant: Grant, { accessHash, refreshHash }: Hashes, now: number): Grant => ({
  ...grant,
  refresh: { hash: refreshHash, previousHash: grant.refresh?.hash ?? null, rotatedAt: now },
  access: withAccess(grant, accessHash, now),
});

/**
 * What a refresh token is to its grant. `spent`: it was replaced, or made up by somebody who has seen another token of the
 * grant; either way the grant must end. A clock that was set back meanwhile makes no retry late.
 */
export function standingOf(
  { refresh }: Grant,
  hash: string,
  now: number,
): 'current' | 'replaced_just_now' | 'spent' | 'none' {
  if (!refresh) return 'none';
  if (constantTimeEqual(hash, refresh.hash)) return 'current';
  const isPrevious = refresh.previousHash !== null && constantTimeEqual(hash, refresh.previousHash);
  return isPrevious && now - refresh.rotatedAt <= GRACE_SECONDS ? 'replaced_just_now' : 'spent';
}

/** Seconds that an access token is still good for; 0 for one that is not of this grant, or expired. */
export function accessSecondsLeft({ access }: Grant, hash: string, now: number): number {
  const found = access.find((token) => constantTimeEqual(hash, token.hash));
  return Math.max(0, (found?.expiresAt ?? 0) - now);
}

/** A token for MCP alone opens nothing else; one for everything opens MCP, too. */
export const isMeantFor = (grant: Pick<Grant, 'audience'>, audience: Audience): boolean =>
  grant.audience === 'api' || grant.audience === audience;

/** The grant without one access token. */
export const withoutAccess = (grant: Grant, hash: string): Grant => ({
  ...grant,
  access: grant.access.filter((token) => token.hash !== hash),
});

/** Whether every scope is among those that were granted. */
export const covers = (granted: readonly Scope[], wanted: readonly Scope[]): boolean =>
  wanted.every((scope) => granted.includes(scope));
