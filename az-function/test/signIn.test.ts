/** Sign-in through the running app: from an app to Discogs and back, and to calls that change the user's own data. */
import { SANDBOX_USERNAME } from '@discogs-agent/sandbox';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { members } from './support/brokerClient.ts';
import { send } from './support/send.ts';
import {
  askToken,
  browserAt,
  GPT,
  SIGN_IN_ENVIRONMENT,
  signIn,
  toConsent,
  tokensOf,
} from './support/signInClient.ts';
import { KEY, openTestGateway, type TestGateway } from './support/testGateway.ts';

const OTHER = 'quiet_listener';

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await openTestGateway({
    environment: { ...SIGN_IN_ENVIRONMENT, DISCOGS_TOKEN: undefined, X_API_KEY: undefined },
  });
});
afterAll(() => gateway.close());

const bearer = (access: string) => ({ authorization: `Bearer ${access}` });
const asUser = (access: string, path: string, method = 'GET') =>
  gateway.askWithoutKey(path, { method, headers: bearer(access), ...(method === 'PUT' ? { body: '' } : {}) });
const wants = async (access: string, username: string): Promise<readonly number[]> => {
  const reply = members(await asUser(access, `/users/${username}/wants?per_page=100`));
  return (reply['wants'] as readonly { id: number }[]).map(({ id }) => id);
};

describe('a user who signs in', () => {
  it('changes their own wantlist through the app, without key and token of the gateway', async () => {
    const { access } = await signIn(gateway.url, gateway.sandbox.url);
    expect(members(await asUser(access, '/oauth/identity'))['username']).toBe(SANDBOX_USERNAME);
    expect((await asUser(access, `/users/${SANDBOX_USERNAME}/wants/249504`, 'PUT')).status).toBe(201);
    expect(await wants(access, SANDBOX_USERNAME)).toContain(249504);
    expect((await asUser(access, `/users/${SANDBOX_USERNAME}/wants/249504`, 'DELETE')).status).toBe(204);
    expect(await wants(access, SANDBOX_USERNAME)).not.toContain(249504);
  });

  it('is not the other one beside them', async () => {
    const [ana, ben] = await Promise.all(
      [SANDBOX_USERNAME, OTHER].map((username) => signIn(gateway.url, gateway.sandbox.url, { username })),
    );
    if (!ana || !ben) throw new Error('nobody');
    const names = await Promise.all([ana, ben].map(({ access }) => asUser(access, '/oauth/identity')));
    expect(names.map((reply) => members(reply)['username'])).toEqual([SANDBOX_USERNAME, OTHER]);
    expect((await asUser(ana.access, `/users/${OTHER}/wants/249504`, 'PUT')).status).toBe(403);
    expect((await asUser(ben.access, `/users/${OTHER}/wants/249504`, 'PUT')).status).toBe(201);
    expect(await wants(ben.access, OTHER)).toContain(249504);
    expect(await wants(ana.access, SANDBOX_USERNAME)).not.toContain(249504);
  });

  it('has the rights of the scopes, and is asked for more where they do not suffice', async () => {
    const { access } = await signIn(gateway.url, gateway.sandbox.url, { scope: 'read' });
    const reply = await asUser(access, `/users/${SANDBOX_USERNAME}/wants/249504`, 'PUT');
    expect([reply.status, members(reply)['error']]).toEqual([403, 'insufficient_scope']);
    expect(reply.headers['www-authenticate']).toBe(
      `Bearer resource_metadata="${gateway.url}/.well-known/oauth-protected-resource/api", error="insufficient_scope", error_description="The user has not allowed this", scope="read collection:write"`,
    );
  });

  it('signs in through ChatGPT’s Action: a client with a secret, without PKCE', async () => {
    const [redirect_uri = ''] = GPT.redirect_uris;
    const query = new URLSearchParams({
      response_type: 'code',
      client_id: GPT.client_id,
      redirect_uri,
      scope: 'read collection:write',
      state: 'oauth_s_1',
    });
    const browser = browserAt(gateway.url);
    const page = await toConsent(browser, gateway.sandbox.url, `${gateway.url}/api/authorize?${query}`);
    expect(page.text).toContain('chatgpt.com');
    const back = new URL((await browser.submit(page, 'allow')).headers['location'] ?? '');
    expect([back.origin + back.pathname, back.searchParams.get('state')]).toEqual([
      redirect_uri,
      'oauth_s_1',
    ]);
    const { client_id, client_secret } = GPT;
    const client = { client_id, client_secret };
    const code = back.searchParams.get('code') ?? '';
    const first = tokensOf(
      await askToken(gateway.url, { grant_type: 'authorization_code', redirect_uri, code, ...client }),
    );
    const { access } = tokensOf(
      await askToken(gateway.url, { grant_type: 'refresh_token', refresh_token: first.refresh, ...client }),
    );
    expect((await asUser(access, `/users/${SANDBOX_USERNAME}/wants/1`, 'PUT')).status).toBe(201);
  });

  it('ends an app on the page of grants', async () => {
    const { access } = await signIn(gateway.url, gateway.sandbox.url, { username: OTHER, scope: 'read' });
    const browser = browserAt(gateway.url);
    const page = await toConsent(browser, gateway.sandbox.url, `${gateway.url}/api/grants`, OTHER);
    await browser.submit(page, 'end', 'app.example: sees your account;');
    const reply = await asUser(access, '/oauth/identity');
    expect([reply.status, members(reply)['error']]).toEqual([401, 'invalid_token']);
  });

  it('has to sign in again after withdrawing the consent at Discogs', async () => {
    const { access, refresh } = await signIn(gateway.url, gateway.sandbox.url);
    gateway.sandbox.revoke();
    const headers = { ...bearer(access), 'cache-control': 'no-cache' };
    const reply = await gateway.askWithoutKey('/oauth/identity', { headers });
    expect([reply.status, members(reply)['error']]).toEqual([401, 'invalid_token']);
    const form = { grant_type: 'refresh_token', refresh_token: refresh, client_id: 'my-app' };
    expect(members(await askToken(gateway.url, form))['error']).toBe('invalid_grant');
  });

  it('uses MCP with the same token', async () => {
    const { access } = await signIn(gateway.url, gateway.sandbox.url, { resource: `${gateway.url}/api/mcp` });
    const call = {
      jsonrpc: '2.0',
      id: 1,
      method: 'tools/call',
      params: { name: 'get_identity', arguments: {} },
    };
    const headers = { 'content-type': 'application/json', accept: 'application/json, text/event-stream' };
    const ask = (more: Record<string, string>) =>
      gateway.askWithoutKey('/mcp', {
        method: 'POST',
        headers: { ...headers, ...more },
        body: JSON.stringify(call),
      });
    expect((await ask(bearer(access))).text).toContain(SANDBOX_USERNAME);
    expect((await asUser(access, '/oauth/identity')).status).toBe(401);
    const without = await ask({});
    expect([without.status, without.headers['www-authenticate']]).toEqual([
      401,
      `Bearer resource_metadata="${gateway.url}/.well-known/oauth-protected-resource/api/mcp", scope="read collection:write"`,
    ]);
  });

  it('leaves no secret in what the app writes', async () => {
    const { access, refresh } = await signIn(gateway.url, gateway.sandbox.url);
    await asUser(access, '/oauth/identity');
    await gateway.line('oauth_request', '/token');
    const written = gateway.lines.join('\n');
    for (const text of [access, refresh]) {
      for (const part of text.split('_').slice(1)) expect(written).not.toContain(part);
    }
    expect(written).not.toMatch(/da[acr]_[0-9a-f]{8}/);
    expect(written).not.toContain(GPT.client_secret);
    expect(written).not.toContain('oauth_verifier');
  });
});

describe('the metadata', () => {
  it.each([
    ['/.well-known/oauth-authorization-server/api', 'issuer', '/api'],
    ['/api/.well-known/oauth-authorization-server', 'issuer', '/api'],
    ['/.well-known/oauth-protected-resource', 'resource', '/api/mcp'],
    ['/.well-known/oauth-protected-resource/api/mcp', 'resource', '/api/mcp'],
    ['/.well-known/oauth-protected-resource/api/mcp/', 'resource', '/api/mcp'],
    ['/api/mcp/.well-known/oauth-protected-resource', 'resource', '/api/mcp'],
    ['/.well-known/oauth-protected-resource/api', 'resource', '/api'],
  ])('is reached at %s', async (path, member, value) => {
    const reply = await send(gateway.url, path, {});
    expect([reply.status, members(reply)[member]]).toEqual([200, gateway.url + value]);
  });
});

it('the document for agents is served with the addresses of the sign-in here', async () => {
  const reply = await send(gateway.url, '/api/gpt/openapi-oauth.json', {});
  expect(reply.status).toBe(200);
  expect(reply.text).toContain(`"authorizationUrl":"${gateway.url}/api/authorize"`);
});

describe('without SIGN_IN', () => {
  let plain: TestGateway;
  beforeAll(async () => {
    plain = await openTestGateway({ environment: { ...SIGN_IN_ENVIRONMENT, SIGN_IN: undefined } });
  });
  afterAll(() => plain.close());

  it.each([
    '/authorize',
    '/token',
    '/revoke',
    '/register',
    '/grants',
    '/.well-known/oauth-authorization-server',
    '/gpt/openapi-oauth.json',
  ])('there is no /api%s', async (path) => {
    const reply = await plain.ask(path);
    expect([reply.status, members(reply)['reason']]).toEqual([404, 'no_such_route']);
  });

  it('nothing is at the root of the host, and a key is asked for as always', async () => {
    expect((await send(plain.url, '/.well-known/oauth-protected-resource', {})).status).toBe(404);
    const reply = await plain.askWithoutKey('/releases/249504');
    expect([reply.status, reply.headers['www-authenticate']]).toEqual([401, 'Bearer']);
    expect((await plain.ask('/releases/249504', { headers: { 'x-api-key': KEY } })).status).toBe(200);
  });
});
