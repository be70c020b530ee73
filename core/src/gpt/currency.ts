/** The currency of bare prices: that of the token's account, as its own profile says; USD without one. */

import { text } from '../lib/looseJson.ts';
import type { AskInner } from './inner.ts';

const KEEP_MS = 6 * 3_600_000;
const CODE = /^[A-Z]{3}$/;
const ANONYMOUS = 'USD';
const UNKNOWN = 'in the currency of the Discogs account';

/** Signed-in users whose currency is remembered at a time. */
const MAX_ACCOUNTS = 500;

/**
 * Asks Discogs for two answers, at most once in six hours for each `account`: a signed-in user's own, or that of the
 * gateway's token.
 */
export function createCurrency(now: () => number): (ask: AskInner, account: string) => Promise<string> {
  const known = new Map<string, { readonly code: string; readonly until: number }>();

  async function find(ask: AskInner): Promise<string | undefined> {
    const identity = await ask('/oauth/identity', {});
    if (identity.answer.status === 401) return ANONYMOUS;
    const username = text(identity.body['username']);
    if (identity.kind === 'error' || username === '') return undefined;
    const profile = await ask(`/users/${encodeURIComponent(username)}`, {});
    const code = text(profile.body['curr_abbr']);
    return profile.kind === 'ok' && CODE.test(code) ? code : undefined;
  }

  return async (ask, account) => {
    const found = known.get(account);
    if (found && found.until > now()) return found.code;
    const code = await find(ask);
    if (code !== undefined) {
      const [oldest] = known.keys();
      if (known.size >= MAX_ACCOUNTS && oldest !== undefined) known.delete(oldest);
      known.set(account, { code, until: now() + KEEP_MS });
    }
    return code ?? UNKNOWN;
  };
}
