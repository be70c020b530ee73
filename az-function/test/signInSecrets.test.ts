/**
 * Everything that a whole run of sign-ins leaves behind, searched for every secret that was in it: the log, the telemetry,
 * the pages, the addresses, what Discogs is sent. All switches that make the app talkative are on.
 */
import { SANDBOX_CONSUMER_SECRET, SANDBOX_USERNAME } from '@discogs-agent/sandbox';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type IngestionServer, startIngestionServer } from './support/ingestionServer.ts';
import type { Reply, Sending } from './support/send.ts';
import {
  APP,
  askToken,
  browserAt,
  GPT,
  SIGN_IN_ENVIRONMENT,
  toConsent,
  tokensOf,
} from './support/signInClient.ts';
import { openTestGateway, type TestGateway } from './support/testGateway.ts';

const ENCRYPTION_KEY = 'encryption-key-of-this-run-0123456789abcdef';
const WRONG_SECRET = 'a-wrong-secret-of-a-client-0123456789abcdef';
const VERIFIER = 'verifier-of-the-public-client-0123456789abcdefghij';
const CHALLENGE = 'ogm8Vq2XCcDlTBKo2bQPRVDQUkPGA_5o9daSKVJisEI';
const FORM = { 'content-type': 'application/x-www-form-urlencoded' };

/** By what they are; the last part of a token is what must not be known. */
const secrets = new Map<string, string>([
  ['consumer secret', SANDBOX_CONSUMER_SECRET],
  ['encryption key', ENCRYPTION_KEY],
  ['client secret', GPT.client_secret],
  ['wrong client secret', WRONG_SECRET],
  ['PKCE verifier', VERIFIER],
]);
const replies: Reply[] = [];
let gateway: TestGateway;
let ingestion: IngestionServer;

const keep = (what: string, value: string | null | undefined): string => {
  if (!value || value === 'undefined') throw new Error(`no ${what}`);
  secrets.set(`${what} ${secrets.size}`, value.split('_').at(-1) ?? '');
  return value;
};
const kept = async (reply: Promise<Reply>): Promise<Reply> => {
  replies.push(await reply);
  return reply;
};
const keptTokens = (reply: Reply) => {
  const tokens = tokensOf(reply);
  keep('access token', tokens.access);
  keep('refresh token', tokens.refresh);
  return tokens;
};
const token = (form: Readonly<Record<string, string>>) => kept(askToken(gateway.url, form));
const ask = (path: string, sending: Sending = {}) => kept(gateway.askWithoutKey(path, sending));
const as = (access: string) => ({ authorization: `Bearer ${access}` });

/** A browser all of whose pages are kept, and the nonces and verifiers that it saw. */
function browser() {
  const inner = browserAt(gateway.url);
  const noted = async (asked: Promise<Reply>): Promise<Reply> => {
    const reply = await kept(asked);
    const [, nonce] = /^[^=]+=([^;]+);/.exec(reply.headers['set-cookie'] ?? '') ?? [];
    if (nonce) keep('cookie', nonce);
    return reply;
  };
  return {
    visit: (address: string, sending?: Sending) => {
      const verifier = new URL(address).searchParams.get('oauth_verifier');
      if (verifier) keep('verifier of Discogs', verifier);
      return noted(inner.visit(address, sending));
    },
    submit: (page: Reply, decision: string, text?: string) => noted(inner.submit(page, decision, text)),
  };
}

const authorizationOf = (client: typeof APP | typeof GPT) => {
  const pkce = client === APP ? { code_challenge: CHALLENGE, code_challenge_method: 'S256' } : {};
  const query = new URLSearchParams({
    response_type: 'code',
    client_id: client.client_id,
    redirect_uri: client.redirect_uris[0] ?? '',
    scope: 'read collection:write',
    state: 'state-1',
    ...pkce,
  });
  return `${gateway.url}/api/authorize?${query}`;
};

async function codeFor(client: typeof APP | typeof GPT): Promise<string> {
  const one = browser();
  const back = await one.submit(await toConsent(one, gateway.sandbox.url, authorizationOf(client)), 'allow');
  return keep('code', new URL(back.headers['location'] ?? '').searchParams.get('code'));
}
const codeForm = (client: typeof APP | typeof GPT, code: string) => ({
  grant_type: 'authorization_code',
  client_id: client.client_id,
  redirect_uri: client.redirect_uris[0] ?? '',
  code,
  ...(client === APP ? { code_verifier: VERIFIER } : { client_secret: GPT.client_secret }),
});
const refreshForm = (refresh: string) => ({
  grant_type: 'refresh_token',
  client_id: APP.client_id,
  refresh_token: refresh,
});

const callTool = (access: string, name: string, args: object) =>
  ask('/mcp', {
    method: 'POST',
    headers: {
      ...as(access),
      'content-type': 'application/json',
      accept: 'application/json, text/event-stream',
    },
    body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name, arguments: args } }),
  });

async function goodRun(): Promise<void> {
  const app = keptTokens(await token(codeForm(APP, await codeFor(APP))));
  const action = keptTokens(await token(codeForm(GPT, await codeFor(GPT))));
  const next = keptTokens(await token(refreshForm(app.refresh)));
  await ask('/oauth/identity', { headers: as(next.access) });
  await ask(`/users/${SANDBOX_USERNAME}/wants/249504`, { method: 'PUT', headers: as(next.access), body: '' });
  await ask('/gpt/releases/249504', { headers: as(action.access) });
  await callTool(action.access, 'get_identity', {});
  await kept(
    gateway.askWithoutKey('/revoke', {
      method: 'POST',
      headers: FORM,
      body: new URLSearchParams({ token: next.refresh, client_id: APP.client_id }).toString(),
    }),
  );
  await ask('/oauth/identity', { headers: as(next.access) });
  const one = browser();
  const grants = await toConsent(one, gateway.sandbox.url, `${gateway.url}/api/grants`);
  await one.submit(grants, 'end', 'chatgpt.com');
}

/** Secrets in places where they do not belong, and everything that can be refused. */
async function badRun(): Promise<void> {
  const code = await codeFor(APP);
  await token({ ...codeForm(APP, code), code_verifier: `${VERIFIER}x` });
  const { access, refresh } = keptTokens(await token(codeForm(APP, await codeFor(APP))));
  await token({ ...codeForm(GPT, await codeFor(GPT)), client_secret: WRONG_SECRET });
  await ask('/token', {
    method: 'POST',
    headers: { ...FORM, authorization: `Basic ${Buffer.from(`my-gpt:${WRONG_SECRET}`).toString('base64')}` },
    body: `grant_type=refresh_token&refresh_token=${refresh}`,
  });
  const inQuery = new URLSearchParams({ refresh_token: refresh, code, client_secret: GPT.client_secret });
  await ask(`/token?${inQuery}`);
  await ask(`/token?${inQuery}`, { method: 'POST', headers: FORM, body: `grant_type=${refresh}` });
  await ask(`/oauth/identity?token=${access}`);
  await ask(`/oauth/identity?access_token=${access}&q=${refresh}`, { headers: as(access) });
  await ask(`/releases/${access}`, { headers: as(access) });
  await ask('/oauth/identity', { headers: as(`${access}x`) });
  await ask('/oauth/identity', {
    headers: { 'x-api-key': refresh, traceparent: access, 'openai-conversation-id': access },
  });
  await ask(`/authorize?client_id=${refresh}&redirect_uri=https://elsewhere.example/${access}`);
  const stolen = browser();
  await stolen.visit(authorizationOf(APP));
  await stolen.visit(
    `${gateway.url}/api/authorize/callback?oauth_token=x&oauth_verifier=${access.slice(-20)}`,
  );
  await stolen.visit(`${gateway.url}/api/authorize/consent?request=${refresh}`);
  for (const path of ['/oauth/request_token', '/oauth/access_token', '/oauth/identity']) {
    for (const kind of ['status', 'reset'] as const) {
      const fault = kind === 'status' ? { kind, status: 500 } : { kind, stage: 'headers' as const };
      gateway.sandbox.fault({ path, fault, times: 0 });
      const one = browser();
      await toConsent(one, gateway.sandbox.url, authorizationOf(APP)).catch(() => undefined);
      await ask('/oauth/identity', { headers: { ...as(access), 'cache-control': 'no-cache' } });
      gateway.sandbox.clearFaults();
    }
  }
  await token(refreshForm(refresh));
  gateway.sandbox.revoke();
  await ask('/oauth/identity', { headers: { ...as(access), 'cache-control': 'no-cache' } });
}

beforeAll(async () => {
  ingestion = await startIngestionServer();
  gateway = await openTestGateway({
    environment: {
      ...SIGN_IN_ENVIRONMENT,
      ...ingestion.environment,
      BROKER_STATE_ENCRYPTION_KEY: ENCRYPTION_KEY,
      DEBUG_ERRORS: 'true',
      DEBUG_REQUEST_LOG: 'true',
      DISCOGS_TOKEN: undefined,
      X_API_KEY: undefined,
    },
  });
  await goodRun();
  await badRun();
  for (const { headers } of gateway.sandbox.requests) {
    const { authorization = '' } = headers;
    const [, signature = ''] = /oauth_signature="([^"]*)"/.exec(authorization) ?? [];
    const [, tokenSecret] = decodeURIComponent(signature).split('&');
    const [, discogsToken] = /oauth_token="([^"]*)"/.exec(authorization) ?? [];
    if (tokenSecret) keep('token secret of Discogs', decodeURIComponent(tokenSecret));
    // A request token stands in the address of Discogs' page, and is worth nothing without its secret.
    if (discogsToken && !/oauth_verifier/.test(authorization)) keep('token of Discogs', discogsToken);
  }
  await gateway.line('the grant ends');
  await gateway.stop('SIGTERM');
}, 60_000);

afterAll(async () => {
  await Promise.all([gateway?.close(), ingestion?.close()]);
});

/** Which secrets are in a text, in any of the spellings of an address. */
const found = (text: string): string[] =>
  [...secrets].flatMap(([what, value]) =>
    [value, encodeURIComponent(value), Buffer.from(value).toString('base64')].some((one) =>
      text.includes(one),
    )
      ? [what]
      : [],
  );

describe('a whole run of sign-ins', () => {
  it('had secrets of every kind in it, and got answers of every kind', () => {
    const kinds = new Set([...secrets.keys()].map((what) => what.replace(/ \d+$/, '')));
    expect([...kinds].sort()).toEqual([
      'PKCE verifier',
      'access token',
      'client secret',
      'code',
      'consumer secret',
      'cookie',
      'encryption key',
      'refresh token',
      'token of Discogs',
      'token secret of Discogs',
      'verifier of Discogs',
      'wrong client secret',
    ]);
    expect([...secrets.values()].every((value) => value.length >= 10)).toBe(true);
    const statuses = new Set(replies.map(({ status }) => status));
    expect([...statuses].sort()).toEqual(expect.arrayContaining([200, 201, 303, 400, 401, 405]));
    // The search finds what is there: the answers with tokens have them.
    const bodies = found(replies.map(({ text }) => text).join(''));
    expect(bodies.filter((what) => /^(access|refresh) token/.test(what)).length).toBeGreaterThan(5);
  });

  it('left none in the log', () => {
    const log = gateway.lines.join('\n');
    expect(log).toContain('oauth_request');
    expect(found(log)).toEqual([]);
  });

  it('left none in the telemetry', () => {
    const sent = ingestion.received.map(({ line, body }) => line + body).join('\n');
    expect(sent).toContain('discogs_proxy_call');
    expect(found(sent)).toEqual([]);
  });

  it('showed none on a page or in an error', () => {
    const isShown = ({ status, headers }: Reply) =>
      status >= 400 || headers['content-type']?.startsWith('text/html');
    const shown = replies.filter(isShown).map(({ text, headers }) => {
      const { 'set-cookie': _, ...others } = headers;
      return text + JSON.stringify(others);
    });
    expect(shown.length).toBeGreaterThan(20);
    expect(found(shown.join('\n'))).toEqual([]);
  });

  it('put none in an address but each code in that of its app', () => {
    const addresses = replies.flatMap(({ headers }) => headers['location'] ?? []);
    const [toApps, others] = [true, false].map((wanted) =>
      addresses.filter((address) => /^https:\/\/(app\.example|chatgpt\.com)\//.test(address) === wanted),
    );
    expect(toApps?.length).toBeGreaterThan(3);
    expect(found(toApps?.join('\n') ?? '').filter((what) => !/^code \d+$/.test(what))).toEqual([]);
    expect(found(others?.join('\n') ?? '')).toEqual([]);
  });

  it('sent Discogs its own secrets alone, in the header alone', () => {
    const { requests } = gateway.sandbox;
    expect(requests.length).toBeGreaterThan(10);
    const addresses = requests.map(({ path, body }) => path + body.toString()).join('\n');
    expect(found(addresses)).toEqual([]);
    const headers = requests.map((request) => JSON.stringify(request.headers)).join('\n');
    const theirs = /Discogs|^consumer secret$/;
    expect(found(headers).filter((what) => !theirs.test(what))).toEqual([]);
  });
});
