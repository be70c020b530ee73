/** An application that signs its users in at a sandbox with core's own signer and client. */
import { randomBytes } from 'node:crypto';
import type { Fetcher } from '@discogs-agent/core';
import {
  createDiscogsSignIn,
  type DiscogsSignIn,
  type SignatureMethod,
  type SignedRequest,
  type SignInDependencies,
  type SignInResult,
  signedAuthorization,
  type TokenPair,
} from '@discogs-agent/core/broker';
import {
  answerConsent,
  SANDBOX_CONSUMER_KEY,
  SANDBOX_CONSUMER_SECRET,
  type Sandbox,
} from '../../src/index.ts';
import { USER_AGENT } from './sandboxed.ts';

export const CALLBACK = 'https://broker.example/callback?device_id=a%20b&pending_token=c%26d';

const fetcherFor =
  (baseUrl: string): Fetcher =>
  async ({ method, pathAndQuery, headers }, { timeoutMs }) => {
    const signal = AbortSignal.timeout(timeoutMs);
    const response = await fetch(baseUrl + pathAndQuery, { method, headers, signal, redirect: 'manual' });
    return {
      kind: 'answer',
      status: response.status,
      header: (name) => response.headers.get(name) ?? undefined,
      body: new Uint8Array(await response.arrayBuffer()),
    };
  };

/** Fails the test when a call of the sign-in has failed. */
export function got<T>(result: SignInResult<T>): T {
  if (!result.ok) throw new Error(`the sign-in failed: ${JSON.stringify(result.failure)}`);
  return result.value;
}

export interface Application {
  readonly signIn: DiscogsSignIn;
  /** A request token that the user has approved, with its verifier. */
  approved(username?: string): Promise<{ readonly requestToken: TokenPair; readonly verifier: string }>;
  /** The whole sign-in. */
  accessToken(username?: string): Promise<TokenPair>;
  deadline(): number;
  /** Headers of one signed call of the API. */
  headers(
    method: string,
    path: string,
    extra?: Omit<SignedRequest, 'method' | 'url'>,
  ): Promise<Record<string, string>>;
}

export function application(
  sandbox: Sandbox,
  signatureMethod: SignatureMethod,
  now: () => number,
  overrides: Partial<SignInDependencies> = {},
): Application {
  const dependencies: SignInDependencies = {
    fetcher: fetcherFor(sandbox.url),
    acquire: async () => ({ kind: 'granted' as const, settle: () => {} }),
    consumer: { key: SANDBOX_CONSUMER_KEY, secret: SANDBOX_CONSUMER_SECRET },
    signatureMethod,
    now,
    random: randomBytes,
    apiBaseUrl: sandbox.url,
    webBaseUrl: sandbox.url,
    userAgent: USER_AGENT['User-Agent'],
    ...overrides,
  };
  const signIn = createDiscogsSignIn(dependencies);
  const deadline = (): number => now() + 10_000;
  const approved: Application['approved'] = async (username) => {
    const requestToken = got(await signIn.requestToken(CALLBACK, deadline()));
    const { location } = await answerConsent(signIn.authorizeUrl(requestToken.token), 'approve', username);
    return { requestToken, verifier: new URL(location ?? '').searchParams.get('oauth_verifier') ?? '' };
  };
  return {
    signIn,
    approved,
    deadline,
    async accessToken(username) {
      const { requestToken, verifier } = await approved(username);
      return got(await signIn.accessToken(requestToken, verifier, deadline()));
    },
    headers: async (method, path, extra = {}) => ({
      ...USER_AGENT,
      Authorization: await signedAuthorization(dependencies, { method, url: sandbox.url + path, ...extra }),
    }),
  };
}
