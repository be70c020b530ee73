/** MCP as clients of both generations meet it: `/api/mcp` through the running app. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openTestGateway, type TestGateway } from './support/testGateway.ts';

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await openTestGateway();
});
afterAll(() => gateway.close());

type Json = Record<string, unknown>;
const BOTH = 'application/json, text/event-stream';

async function post(body: unknown, headers: Record<string, string> = {}, path = '/mcp') {
  const reply = await gateway.ask(path, {
    method: 'POST',
    mayBeKept: true,
    headers: { 'content-type': 'application/json', accept: BOTH, ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  const data = /^data: (.*)$/m.exec(reply.text)?.[1] ?? reply.text;
  return { ...reply, message: data === '' ? undefined : (JSON.parse(data) as Json) };
}

const request = (method: string, params: Json = {}) => ({ jsonrpc: '2.0', id: 1, method, params });
const META = {
  'io.modelcontextprotocol/protocolVersion': '2026-07-28',
  'io.modelcontextprotocol/clientInfo': { name: 'test', version: '1' },
  'io.modelcontextprotocol/clientCapabilities': {},
};

/** As clients up to 2025-11-25 call. */
const older = (name: string, args: Json) => post(request('tools/call', { name, arguments: args }));
/** As clients of 2026-07-28 call. */
const newer = (name: string, args: Json) =>
  post(request('tools/call', { name, arguments: args, _meta: META }), {
    accept: 'application/json',
    'mcp-protocol-version': '2026-07-28',
    'mcp-method': 'tools/call',
    'mcp-name': name,
  });
const toolsIn = (message: Json | undefined) =>
  (message as { result: { tools: Json[] } } | undefined)?.result.tools ?? [];
const WANT = { username: 'crate_digger', release_id: 249504 };
const resultOf = ({ message }: Awaited<ReturnType<typeof post>>) =>
  message?.['result'] as { structuredContent?: Json; content: { text: string }[]; isError?: boolean };

describe('the list of tools', () => {
  it('is the same for both generations, with search and fetch first', async () => {
    const before = await post(request('tools/list'));
    const now = await post(request('tools/list', { _meta: META }), {
      accept: 'application/json',
      'mcp-protocol-version': '2026-07-28',
      'mcp-method': 'tools/list',
    });
    const names = ({ message }: typeof before) => toolsIn(message).map(({ name }) => name);
    expect(names(before)).toEqual(names(now));
    expect(names(now).slice(0, 2)).toEqual(['search', 'fetch']);
    expect(names(now)).toContain('get_release');
  });

  it('is short, since a client reads all of it: Cursor takes 40 tools', async () => {
    const { message } = await post(request('tools/list'));
    expect(toolsIn(message).length).toBeLessThanOrEqual(40);
    expect(JSON.stringify(toolsIn(message)).length).toBeLessThanOrEqual(40_000);
  });

  it('has loose output schemas, strict input and honest hints', async () => {
    const { message } = await post(request('tools/list'), {}, '/mcp?tools=all');
    const tools = toolsIn(message);
    for (const tool of tools) {
      expect(tool['outputSchema']).toEqual({ type: 'object', additionalProperties: true });
      expect(tool['inputSchema']).toMatchObject({ type: 'object', additionalProperties: false });
    }
    const names = tools.map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(['update_order', 'create_export', 'get_upload']));
    // A model can neither send nor read a file.
    expect(names).not.toEqual(expect.arrayContaining(['upload_add']));
    expect(names).not.toEqual(expect.arrayContaining(['download_export']));
    const hints = Object.fromEntries(tools.map(({ name, annotations }) => [String(name), annotations]));
    expect(hints).toMatchObject({
      get_release: { readOnlyHint: true, destructiveHint: false },
      remove_from_wantlist: { readOnlyHint: false, destructiveHint: true },
      add_to_wantlist: { readOnlyHint: false, destructiveHint: false, idempotentHint: true },
    });
  });
});

describe.each([
  ['a client up to 2025-11-25', older],
  ['a client of 2026-07-28', newer],
])('%s', (_, tool) => {
  it('finds a record and reads it by the id of the result', async () => {
    const { structuredContent: found } = resultOf(await tool('search', { query: 'nirvana nevermind' }));
    expect(found).toMatchObject({ results: [expect.objectContaining({ id: 'master:13814' })] });
    const { structuredContent: record } = resultOf(await tool('fetch', { id: 'master:13814' }));
    expect(record).toMatchObject({
      title: expect.stringContaining('Nevermind'),
      text: expect.stringContaining('tracklist'),
      url: 'https://www.discogs.com/master/13814',
    });
  });

  it('gets a lean answer as structured content and as text', async () => {
    const { structuredContent, content } = resultOf(await tool('get_release', { release_id: 249504 }));
    expect(structuredContent).toMatchObject({ artists: 'Rick Astley' });
    expect(JSON.parse(content[0]?.text ?? '')).toEqual(structuredContent);
  });

  it('gets from one call what took several', async () => {
    const { structuredContent } = resultOf(await tool('identify_record', { barcode: 5012394144777 }));
    expect(structuredContent).toMatchObject({ results: [{ id: 249504, why: ['barcode'] }] });
    const tree = resultOf(await tool('get_label_tree', { label_id: '1' }));
    expect(tree.structuredContent).toMatchObject({ name: 'Planet E', sublabels: [{ id: 86537 }, {}] });
  });

  it.each([
    ['numbers where the schema says text', 'search_database', { barcode: 720642442524 }],
    ['texts where the schema says number', 'get_release', { release_id: '249504', max_chars: '2000' }],
  ])('may send %s', async (__, name, args) => {
    expect(resultOf(await tool(name, args)).isError).toBeUndefined();
  });

  it.each([
    ['an unknown argument', 'search_database', { yeer: 1991 }, 'yeer'],
    ['an unknown argument of a write', 'add_to_wantlist', { ...WANT, yeer: 1 }, 'yeer'],
    [
      'an argument with the name of a method',
      'get_release',
      { release_id: 1, constructor: 'x' },
      'constructor',
    ],
    ['an unknown argument of search', 'search', { query: 'x', yeer: 1 }, 'query'],
    ['half of a surrogate pair', 'get_profile', { username: '\ud800' }, 'not_found'],
    ['a missing argument', 'get_release', {}, 'release_id'],
    ['a record that is not there', 'get_release', { release_id: 999_999_999 }, 'not_found'],
    ['a field that composed reads have not', 'get_group', { artist_id: 1, fields: 'images' }, 'fields'],
    ['an id of another form', 'fetch', { id: '249504' }, 'release:249504'],
    ['what to do after a wrong argument', 'fetch', { id: '249504' }, 'next_step'],
    ['what to do after an unknown argument', 'get_release', { release_id: 1, yeer: 1 }, 'next_step'],
  ])('hears what is wrong with %s, without structured content', async (__, name, args, word) => {
    const result = resultOf(await tool(name, args));
    expect(result).toMatchObject({ isError: true, content: [{ text: expect.stringContaining(word) }] });
    expect(result).not.toHaveProperty('structuredContent');
  });

  it('hears that there is no tool of a name', async () => {
    expect((await tool('no_such_tool', {})).message).toMatchObject({ error: { code: -32602 } });
  });

  it('writes to the wantlist and reads it back', async () => {
    const args = { username: 'crate_digger', release_id: 249504, notes: 'from a conversation' };
    expect(resultOf(await tool('add_to_wantlist', args)).isError).toBeUndefined();
    const { structuredContent } = resultOf(await tool('get_wantlist', { username: 'crate_digger' }));
    expect(JSON.stringify(structuredContent)).toContain('from a conversation');
    expect(
      resultOf(await tool('remove_from_wantlist', { username: 'crate_digger', release_id: 249504 })).isError,
    ).toBeUndefined();
  });
});

describe('a request that is none', () => {
  it.each([
    ['a body that is no JSON', '{', {}, 400],
    ['an Accept that fits nothing', request('tools/list'), { accept: 'text/html' }, 406],
    ['a revision that does not exist', request('tools/list'), { 'mcp-protocol-version': '1999-01-01' }, 400],
    ['the page of another site', request('tools/list'), { origin: 'https://elsewhere.example' }, 403],
    [
      'the page of another site whose name leads here',
      request('tools/list'),
      { origin: 'http://elsewhere.example:7071', host: 'elsewhere.example:7071' },
      403,
    ],
    ['a page that has no origin', request('tools/list'), { origin: 'null' }, 403],
    ['a key that is wrong', request('tools/list'), { 'x-api-key': 'wrong' }, 401],
  ])('is refused: %s', async (_, body, headers, status) => {
    expect((await post(body, headers as Record<string, string>)).status).toBe(status);
  });

  it.each([
    ['without the name of the tool in a header', {}, META, -32020],
    ['with the name of another tool in the header', { 'mcp-name': 'fetch' }, META, -32020],
    ['without its envelope', { 'mcp-name': 'search' }, undefined, -32602],
  ])('of 2026-07-28 is refused %s', async (_, headers, _meta, code) => {
    const params = { name: 'search', arguments: { query: 'x' }, ...(_meta ? { _meta } : {}) };
    const { status, message } = await post(request('tools/call', params), {
      'mcp-protocol-version': '2026-07-28',
      'mcp-method': 'tools/call',
      ...(headers as Record<string, string>),
    });
    expect([status, message]).toMatchObject([400, { error: { code } }]);
  });

  it('takes JSON alone only from clients of 2026-07-28', async () => {
    expect((await post(request('tools/list'), { accept: 'application/json' })).status).toBe(406);
    const { status } = await newer('fetch', { id: 'label:895' });
    expect(status).toBe(200);
  });

  it('may be a few in one body, but not hundreds, nor none', async () => {
    const both = [request('ping'), { ...request('tools/list'), id: 2 }];
    const { status, text } = await post(both);
    expect([status, text]).toEqual([200, expect.stringMatching(/"id":1.*"id":2|"id":2.*"id":1/s)]);
    const tooMany = Array.from({ length: 500 }, (_, id) => ({ ...request('tools/list'), id }));
    for (const body of [tooMany, [], [1]]) expect((await post(body)).status).toBe(400);
  });

  it('is refused without a key', async () => {
    const reply = await gateway.askWithoutKey('/mcp', {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: BOTH },
      body: JSON.stringify(request('tools/list')),
    });
    expect(reply.status).toBe(401);
  });

  it('takes a notification without an answer', async () => {
    const reply = await post({ jsonrpc: '2.0', method: 'notifications/initialized' });
    expect([reply.status, reply.text]).toEqual([202, '']);
  });

  it.each(['GET', 'DELETE'])('has no session for %s', async (method) => {
    const reply = await gateway.ask('/mcp', { method, headers: { accept: 'text/event-stream' } });
    expect(reply.status).toBe(405);
  });

  it('opens no subscription, which would never end', async () => {
    const { message } = await post(request('subscriptions/listen', { _meta: META }), {
      'mcp-protocol-version': '2026-07-28',
      'mcp-method': 'subscriptions/listen',
    });
    expect(message).toMatchObject({ error: expect.anything() });
  });

  it('may be of the gateway itself, and takes the key as Bearer', async () => {
    const headers = { origin: gateway.url, 'x-api-key': '', authorization: 'Bearer key-of-the-tests' };
    expect((await post(request('tools/list'), headers)).status).toBe(200);
  });
});

describe('the log', () => {
  it('has the lines of the gateway alone, none of the library that speaks the protocol', async () => {
    const before = gateway.lines.length;
    expect(resultOf(await newer('get_label', { label_id: 895 })).isError).toBeUndefined();
    await gateway.trace(await gateway.ask('/gpt/labels/895'));
    for (const line of gateway.lines.slice(before)) expect(line).toContain('discogs_proxy');
  });
});
