/** The other variables of docs/settings.md, each through the gateway. */
import { afterEach, describe, expect, it } from '@jest/globals';
import { invalidSetting, secretUnresolved, TOKEN_MISSING } from './support/errors.ts';
import { KEY, openTestGateway, type TestGateway, type TestGatewayOptions } from './support/testGateway.ts';

const REFERENCE = '@Microsoft.KeyVault(VaultName=kv;SecretName=DISCOGS-TOKEN)';

const gateways: TestGateway[] = [];
const open = async (options: TestGatewayOptions): Promise<TestGateway> => {
  const gateway = await openTestGateway(options);
  gateways.push(gateway);
  return gateway;
};
afterEach(async () => {
  await Promise.all(gateways.splice(0).map((gateway) => gateway.close()));
});

describe('the address in links', () => {
  it('is PUBLIC_BASE_URL where that is set, in bodies and in Link', async () => {
    for (const PUBLIC_BASE_URL of ['https://music.example/api', 'https://music.example/api/']) {
      const gateway = await open({ environment: { PUBLIC_BASE_URL } });
      const answer = await gateway.ask('/database/search?q=nevermind', {
        headers: { host: 'other.example' },
      });
      const next = 'https://music.example/api/database/search?q=nevermind&per_page=50&page=2';
      expect(answer.headers['link']).toContain(`<${next}>; rel="next"`);
      expect(answer.json()).toMatchObject({ pagination: { urls: { next } } });
      expect(answer.text).not.toContain('other.example');
    }
  });

  it('is left alone with REWRITE_UPSTREAM_URLS=false', async () => {
    const gateway = await open({ environment: { REWRITE_UPSTREAM_URLS: 'false' } });
    const answer = await gateway.ask('/database/search?q=nevermind');
    const next = 'https://api.discogs.com/database/search?q=nevermind&per_page=50&page=2';
    expect(answer.headers['link']).toContain(`<${next}>; rel="next"`);
    expect(answer.json()).toMatchObject({ pagination: { urls: { next } } });
    expect(answer.headers['content-length']).toBe(String(answer.bytes.length));
  });
});

describe('without a token', () => {
  it('Discogs is asked anonymously, at most 25 times a minute', async () => {
    const limits = { authenticated: 60, anonymous: 25 };
    const gateway = await open({ environment: { DISCOGS_TOKEN: undefined }, sandbox: { limits } });
    const answer = await gateway.ask('/artists/108713');
    expect(answer.status).toBe(200);
    expect(answer.headers).toMatchObject({
      'x-discogs-ratelimit': '25',
      'x-discogs-ratelimit-used': '1',
      'x-discogs-ratelimit-remaining': '24',
    });
    expect(gateway.sandbox.requests[0]?.headers).not.toHaveProperty('authorization');
    const rest = await Promise.all(
      Array.from({ length: 40 }, (_, index) =>
        gateway.ask(`/artists/${500_000_000 + index}`, {
          headers: { 'openai-conversation-id': `c-${index % 4}` },
        }),
      ),
    );
    expect(rest.filter(({ status }) => status === 200)).toHaveLength(24);
    const refused = rest.filter(({ status }) => status === 429);
    expect(refused).toHaveLength(16);
    for (const { json } of refused) expect(json()).toMatchObject({ source: 'proxy', limit: '25' });
    expect(gateway.sandbox.requests).toHaveLength(25);
  });

  it('the first calls of a new process are held to 25, before any answer tells the limit', async () => {
    const limits = { authenticated: 60, anonymous: 25 };
    const gateway = await open({ environment: { DISCOGS_TOKEN: undefined }, sandbox: { limits } });
    const answers = await Promise.all(
      Array.from({ length: 40 }, (_, index) =>
        gateway.ask(`/artists/${500_000_000 + index}`, {
          headers: { 'openai-conversation-id': `c-${index % 4}` },
        }),
      ),
    );
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(25);
    expect(gateway.sandbox.requests).toHaveLength(25);
  });

  it('what needs a user is refused here, and what is public is not', async () => {
    const gateway = await open({ environment: { DISCOGS_TOKEN: ' ' } });
    const refused = [
      'GET /oauth/identity',
      'GET /marketplace/price_suggestions/249504',
      'POST /marketplace/listings',
      'DELETE /marketplace/listings/1',
      'POST /users/crate_digger/collection/folders/1/releases/249504',
      'PUT /users/crate_digger/wants/249504',
      'DELETE /users/crate_digger/wants/249504',
    ];
    for (const request of refused) {
      const [method = '', path = ''] = request.split(' ');
      const { status, text } = await gateway.ask(path, { method });
      expect([request, status, text]).toEqual([request, 401, TOKEN_MISSING]);
    }
    expect(gateway.sandbox.requests).toEqual([]);
    for (const path of ['/users/crate_digger', '/users/crate_digger/collection/folders']) {
      expect((await gateway.ask(path)).status).toBe(200);
    }
  });
});

describe('the token', () => {
  it('that Discogs does not know is answered with its own words', async () => {
    const gateway = await open({ environment: { DISCOGS_TOKEN: 'unknown-token' } });
    const answer = await gateway.ask('/artists/108713');
    expect(answer.status).toBe(401);
    expect(answer.json()).toEqual({
      error: 'unexpected_status',
      upstream_status: 401,
      trace_id: answer.headers['x-trace-id'],
      message: 'Invalid consumer token. Please register an app before making requests.',
    });
    expect(gateway.lines.join('\n')).not.toContain('unknown-token');
  });

  it('that is an unresolved reference is 503 for every operation, with one line', async () => {
    const gateway = await open({ environment: { DISCOGS_TOKEN: REFERENCE } });
    for (const path of ['/artists/108713', '/oauth/identity', '/artists/x']) {
      const { status, text, headers } = await gateway.ask(path);
      expect([status, text]).toEqual([503, secretUnresolved('DISCOGS_TOKEN')]);
      const line = await gateway.line('discogs_proxy_rejected: ', `${headers['x-trace-id']}`);
      expect(line).toContain('"error":"secrets_unresolved","which":"DISCOGS_TOKEN"');
    }
    expect(gateway.sandbox.requests).toEqual([]);
  });

  it('may end with the line break of the file it came from, but not contain one', async () => {
    const good = await open({ environment: { DISCOGS_TOKEN: 'sandbox-token\r\n' } });
    expect((await good.ask('/oauth/identity')).status).toBe(200);
    const bad = await open({ environment: { DISCOGS_TOKEN: 'sandbox\ntoken' } });
    const { status, text } = await bad.ask('/artists/108713');
    expect([status, text]).toEqual([503, invalidSetting('DISCOGS_TOKEN')]);
  });
});

describe('settings', () => {
  it('USER_AGENT is what Discogs sees', async () => {
    const gateway = await open({ environment: { USER_AGENT: 'Crates/1.0 (+https://crates.example)' } });
    expect((await gateway.ask('/artists/108713')).status).toBe(200);
    expect(gateway.sandbox.requests[0]?.headers['user-agent']).toBe('Crates/1.0 (+https://crates.example)');
  });

  it('DISCOGS_API_BASE_URL may have a path, which is kept', async () => {
    const gateway = await open({});
    const behind = await open({ environment: { DISCOGS_API_BASE_URL: `${gateway.sandbox.url}/v2/` } });
    expect((await behind.ask('/artists/108713')).status).toBe(404);
    expect(gateway.sandbox.requests.map(({ path }) => path)).toEqual(['/v2/artists/108713']);
  });

  for (const [variable, value] of [
    ['DISCOGS_API_BASE_URL', 'ftp://discogs.example'],
    ['DISCOGS_API_BASE_URL', 'https://user:pass@discogs.example'],
    ['PUBLIC_BASE_URL', 'music.example/api'],
    ['USER_AGENT', 'Crätes/1.0'],
  ] as const) {
    it(`${variable}=${value} is answered with 503, and the log says how to write it`, async () => {
      const gateway = await open({ environment: { [variable]: value } });
      const { status, text } = await gateway.ask('/artists/108713');
      expect([status, text]).toEqual([503, invalidSetting(variable)]);
      expect((await gateway.askWithoutKey('/ping')).status).toBe(200);
      expect(await gateway.line(`invalid_setting which=${variable} fix=must be`)).not.toContain(value);
    });
  }
});

describe('a variable that is read as something that it does not say', () => {
  it.each([
    ['DEBUG_ERRORS', 'on'],
    ['BROKER_ENABLED', 'yes'],
    ['SEARCH_CACHE_TTL_SECONDS', 'abc'],
  ])('%s=%s stops no request, and the log says how to write it', async (variable, value) => {
    const gateway = await open({ environment: { [variable]: value } });
    expect((await gateway.ask('/artists/108713')).status).toBe(200);
    expect(await gateway.line(`misread_setting which=${variable} fix=must be`)).not.toContain(value);
  });
});

describe('DEBUG_REQUEST_LOG', () => {
  it('logs what was sent, and nothing in the whole output is a secret', async () => {
    const gateway = await open({ environment: { DEBUG_REQUEST_LOG: 'true' } });
    const headers = {
      authorization: 'Basic bearer-secret',
      cookie: 'session=cookie-secret',
      'x-functions-key': 'functions-secret',
      'x-my-token': 'my-secret',
      'x-original-url': '/api/artists/1?token=address-secret',
      'api-key': 'short-secret',
      'x-forwarded-authorization': 'Basic forwarded-secret',
      'x-ms-client-principal': 'principal-secret',
      'set-cookie': 'session=set-secret',
      'x-plain': 'unknown-secret',
      'x-client-trace-id': 'plainly-visible',
    };
    const query = 'q=nevermind&token=query-secret&key=query-secret';
    expect((await gateway.ask(`/database/search?${query}`, { headers })).status).toBe(200);
    const line = await gateway.line('http_request_debug: ');
    const logged = JSON.parse(line.slice(line.indexOf('{')));
    expect(logged).toMatchObject({
      method: 'GET',
      upstream_path: '/database/search',
      query: { q: 'nevermind' },
      headers: {
        'x-api-key': '***',
        authorization: '***',
        cookie: '***',
        'x-plain': '***',
        'x-client-trace-id': 'plainly-visible',
      },
    });
    expect(gateway.lines.join('\n')).not.toMatch(/-secret|sandbox-token/);
    expect(gateway.lines.join('\n')).not.toContain(KEY);
  });

  it('is silent where it is not set', async () => {
    const gateway = await open({});
    await gateway.trace(await gateway.ask('/artists/108713', { headers: { 'x-plain': 'plainly-visible' } }));
    expect(gateway.lines.join('\n')).not.toMatch(/http_request_debug|plainly-visible/);
  });
});
