/** MCP and the door for agents with the token of a user: rights, challenges, and whose data it is. */
import { SANDBOX_USERNAME } from '@discogs-agent/sandbox';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { members } from './support/brokerClient.ts';
import { SIGN_IN_ENVIRONMENT, signIn } from './support/signInClient.ts';
import { openTestGateway, type TestGateway } from './support/testGateway.ts';

type Json = Record<string, unknown>;

let gateway: TestGateway;
let reader: string;
let writer: string;
beforeAll(async () => {
  gateway = await openTestGateway({ environment: { ...SIGN_IN_ENVIRONMENT, DISCOGS_TOKEN: undefined } });
  const resource = `${gateway.url}/api/mcp`;
  reader = (await signIn(gateway.url, gateway.sandbox.url, { scope: 'read', resource })).access;
  writer = (await signIn(gateway.url, gateway.sandbox.url, { resource })).access;
});
afterAll(() => gateway.close());

const META = {
  'io.modelcontextprotocol/protocolVersion': '2026-07-28',
  'io.modelcontextprotocol/clientInfo': { name: 'test', version: '1' },
  'io.modelcontextprotocol/clientCapabilities': {},
};
const post = (body: Json, headers: Record<string, string>, path = '/mcp') =>
  gateway.askWithoutKey(path, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      accept: 'application/json, text/event-stream',
      ...headers,
    },
    body: JSON.stringify({ jsonrpc: '2.0', id: 1, ...body }),
  });
const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

/** As clients up to 2025-11-25 call, and as those of 2026-07-28 do. */
const older = (token: string, name: string, args: Json) =>
  post({ method: 'tools/call', params: { name, arguments: args } }, bearer(token));
const newer = (token: string, name: string, args: Json) =>
  post(
    { method: 'tools/call', params: { name, arguments: args, _meta: META } },
    {
      ...bearer(token),
      'mcp-protocol-version': '2026-07-28',
      'mcp-method': 'tools/call',
      'mcp-name': name,
    },
  );
/** Older clients get the message as one event. */
const resultOf = (text: string): Json => {
  const { result }: { result: Json } = JSON.parse(/^data: (.*)$/m.exec(text)?.[1] ?? text);
  return result;
};
const WANT = { username: SANDBOX_USERNAME, release_id: 249504 };

describe.each([
  ['a client up to 2025-11-25', older],
  ['a client of 2026-07-28', newer],
])('%s with the token of a user', (_, tool) => {
  it('changes the wantlist of that user', async () => {
    expect(resultOf((await tool(writer, 'add_to_wantlist', WANT)).text)).not.toHaveProperty('isError');
    const list = await tool(writer, 'get_wantlist', { username: SANDBOX_USERNAME, max_chars: 20_000 });
    expect(list.text).toContain('249504');
    expect(resultOf((await tool(writer, 'remove_from_wantlist', WANT)).text)).not.toHaveProperty('isError');
  });

  it('is asked for more rights, as the protocol says and as ChatGPT reads it, and may go on reading', async () => {
    const reply = await tool(reader, 'add_to_wantlist', WANT);
    const challenge = `Bearer resource_metadata="${gateway.url}/.well-known/oauth-protected-resource/api/mcp", error="insufficient_scope", error_description="The user has not allowed this", scope="read collection:write"`;
    expect([reply.status, reply.headers['www-authenticate']]).toEqual([403, challenge]);
    expect(resultOf(reply.text)).toMatchObject({
      isError: true,
      content: [{ text: expect.stringContaining('insufficient_scope') }],
      _meta: { 'mcp/www_authenticate': [challenge] },
    });
    expect((await tool(reader, 'get_wantlist', { username: SANDBOX_USERNAME })).status).toBe(200);
  });
});

it('a token that is none gets the status and the header that make a client sign in anew', async () => {
  const reply = await older(`daa_${'0'.repeat(32)}_${'0'.repeat(64)}`, 'get_identity', {});
  expect([reply.status, reply.headers['www-authenticate']]).toEqual([
    401,
    expect.stringContaining('/.well-known/oauth-protected-resource/api/mcp", error="invalid_token"'),
  ]);
});

it('the list says what Claude’s and ChatGPT’s directories want of each tool', async () => {
  const reply = await post({ method: 'tools/list' }, bearer(reader), '/mcp?tools=all');
  const { tools } = resultOf(reply.text) as { tools: Json[] };
  const wrong = tools.filter(({ name, title, annotations, securitySchemes, _meta }) => {
    const hints = Object(annotations);
    const isShort = /^[a-zA-Z0-9_-]{1,64}$/.test(String(name));
    const isTitled = typeof title === 'string' && title !== '' && hints.title === title;
    const hinted = ['readOnlyHint', 'destructiveHint', 'idempotentHint', 'openWorldHint'];
    const isHinted = hinted.every((hint) => typeof hints[hint] === 'boolean');
    const isSecured = JSON.stringify(Object(_meta).securitySchemes) === JSON.stringify(securitySchemes);
    return !(isShort && isTitled && isHinted && isSecured);
  });
  expect([tools.length > 40, wrong]).toEqual([true, []]);
  const scopes = Object.fromEntries(tools.map(({ name, securitySchemes }) => [name, securitySchemes]));
  expect(scopes).toMatchObject({
    search: [{ type: 'oauth2', scopes: ['read'] }],
    add_to_wantlist: [{ type: 'oauth2', scopes: ['collection:write'] }],
    update_order: [{ type: 'oauth2', scopes: ['marketplace:write'] }],
  });
});

it('a user reads and writes below /api/gpt, with a token for the API', async () => {
  const { access } = await signIn(gateway.url, gateway.sandbox.url);
  const ask = (path: string, method = 'GET') =>
    gateway.askWithoutKey(`/gpt${path}`, {
      method,
      headers: { ...bearer(access), 'content-type': 'application/json' },
      ...(method === 'GET' ? {} : { body: '{}' }),
    });
  expect(members(await ask('/oauth/identity'))['username']).toBe(SANDBOX_USERNAME);
  expect((await ask(`/users/${SANDBOX_USERNAME}/wants/249504`, 'PUT')).status).toBe(201);
  const foreign = members(await ask('/users/quiet_listener/wants/249504', 'PUT'));
  expect(foreign['error']).not.toBeUndefined();
  const refused = await ask('/marketplace/listings', 'POST');
  expect([refused.status, members(refused)['next_step']]).toEqual([
    403,
    expect.stringContaining('new sign-in'),
  ]);
});

it('a credential that Discogs takes no more ends a call of a tool with the same', async () => {
  const resource = `${gateway.url}/api/mcp`;
  const { access } = await signIn(gateway.url, gateway.sandbox.url, { resource, username: 'quiet_listener' });
  gateway.sandbox.revoke();
  const reply = await older(access, 'get_identity', {});
  expect([reply.status, reply.headers['www-authenticate']]).toEqual([
    401,
    expect.stringContaining('error="invalid_token"'),
  ]);
});

describe('without SIGN_IN', () => {
  it('MCP asks for a key as always, and the list has no word of sign-in', async () => {
    const plain = await openTestGateway();
    const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/list' });
    const headers = { 'content-type': 'application/json', accept: 'application/json, text/event-stream' };
    const without = await plain.askWithoutKey('/mcp', { method: 'POST', headers, body });
    expect([without.status, without.headers['www-authenticate']]).toEqual([401, 'Bearer']);
    const { text } = await plain.ask('/mcp', { method: 'POST', headers, body });
    expect(text).toContain('add_to_wantlist');
    expect(text).not.toContain('securitySchemes');
    await plain.close();
  });
});
