/** Discogs' side of a sign-in: every request token is approved once, every verifier is spent once. */
import type { DiscogsSignIn, SignInFailure, TokenPair } from '@discogs-agent/core/broker';

type Stage = 'requestToken' | 'accessToken' | 'identity';

export interface FakeDiscogs extends DiscogsSignIn {
  /** The user says yes on the consent page; the verifier that Discogs adds to the callback. */
  approve(requestToken: string): string;
  /** What each stage answers from now on; undefined is the usual. */
  readonly failing: { [stage in Stage]?: SignInFailure | undefined };
  readonly callbackUrls: string[];
  /** Where the browser is sent that has consented to this request token. */
  callbackOf(requestToken: string): string;
  readonly calls: Stage[];
  username: string | null;
  userId: number;
}

export function fakeDiscogs(): FakeDiscogs {
  const verifiers = new Map<string, string>();
  const secrets = new Map<string, string>();
  const callbacks = new Map<string, string>();
  let count = 0;
  const issue = (kind: string): TokenPair => {
    count += 1;
    return { token: `${kind}-token-${count}`, secret: `${kind}-secret-${count}` };
  };
  const fake: FakeDiscogs = {
    failing: {},
    callbackUrls: [],
    callbackOf: (requestToken) => callbacks.get(requestToken) ?? '',
    calls: [],
    username: 'some_user',
    userId: 42,
    approve: (requestToken) => {
      const verifier = `verifier-of-${requestToken}`;
      verifiers.set(requestToken, verifier);
      return verifier;
    },
    requestToken: async (callbackUrl) => {
      fake.calls.push('requestToken');
      const failure = fake.failing.requestToken;
      if (failure) return { ok: false, failure };
      fake.callbackUrls.push(callbackUrl);
      const value = issue('request');
      secrets.set(value.token, value.secret);
      callbacks.set(value.token, callbackUrl);
      return { ok: true, value };
    },
    accessToken: async ({ token, secret }, verifier) => {
      fake.calls.push('accessToken');
      const failure = fake.failing.accessToken;
      if (failure) return { ok: false, failure };
      if (secrets.get(token) !== secret || verifiers.get(token) !== verifier) {
        return { ok: false, failure: { kind: 'refused', status: 401 } };
      }
      verifiers.delete(token);
      return { ok: true, value: issue('access') };
    },
    identity: async () => {
      fake.calls.push('identity');
      const failure = fake.failing.identity;
      if (failure) return { ok: false, failure };
      return { ok: true, value: { id: fake.userId, username: fake.username } };
    },
    authorizeUrl: (token) =>
      `https://www.discogs.com/oauth/authorize?oauth_token=${encodeURIComponent(token)}`,
  };
  return fake;
}
