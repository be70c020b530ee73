/** What Discogs gets to see of a call: nothing but what the gateway decided to send. */
import { SANDBOX_TOKEN } from '@discogs-agent/sandbox';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import packageJson from '../package.json' with { type: 'json' };
import { openTestGateway, type TestGateway } from './support/testGateway.ts';

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await openTestGateway();
});
beforeEach(() => gateway.sandbox.reset());
afterAll(() => gateway.close());

const seen = () => gateway.sandbox.requests.map(({ method, path }) => `${method} ${path}`);

/** What a client or a proxy in front may add. */
const NOISE = {
  'user-agent': 'ChatGPT-User/1.0',
  accept: '*/*',
  'accept-encoding': 'gzip, deflate, br',
  'accept-language': 'en',
  authorization: 'Basic c2VjcmV0',
  cookie: 'session=secret',
  'content-type': 'application/json',
  'if-none-match': '"x"',
  'openai-conversation-id': 'c-1',
  range: 'bytes=0-1',
  'x-client-trace-id': 't-1',
  'x-forwarded-for': '203.0.113.7:4711',
  'x-functions-key': 'secret',
  traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
};

describe('headers', () => {
  it('of a read are the controlled ones and no others', async () => {
    expect((await gateway.ask('/artists/108713', { headers: NOISE })).status).toBe(200);
    expect(gateway.sandbox.requests.at(-1)?.headers).toEqual({
      host: new URL(gateway.sandbox.url).host,
      connection: 'keep-alive',
      'user-agent': `DiscogsAgent/${packageJson.version}`,
      accept: 'application/json',
      'accept-encoding': 'gzip',
      authorization: `Discogs token=${SANDBOX_TOKEN}`,
    });
  });

  it('of a write are those, with type and length of its body', async () => {
    const body = '{ "rating": 4 }';
    const headers = { ...NOISE, 'content-type': 'application/json; charset=utf-8' };
    const path = '/users/crate_digger/wants/249504';
    expect((await gateway.ask(path, { method: 'PUT', headers, body })).status).toBe(201);
    const [request] = gateway.sandbox.requests;
    expect(Object.keys(request?.headers ?? {}).sort()).toEqual(
      'accept accept-encoding authorization connection content-length content-type host user-agent'.split(
        ' ',
      ),
    );
    expect(request?.headers).toMatchObject({
      'content-type': 'application/json; charset=utf-8',
      'content-length': '15',
    });
    expect(request?.body.toString()).toBe(body);
  });
});

describe('query parameters', () => {
  it('that Discogs does not list for the operation never reach it, credentials least of all', async () => {
    const unlisted = 'token=t&key=k&secret=s&callback=cb&code=c&curr_abbr=USD&foo=bar';
    const answer = await gateway.ask(`/database/search?${unlisted}&q=nevermind&per_page=1`);
    expect(answer.status).toBe(200);
    expect(seen()).toEqual(['GET /database/search?q=nevermind&per_page=1']);
    expect(answer.headers['link']).not.toMatch(/token|secret|foo/);
  });

  it('may name the search text query, as parts of Discogs documentation do', async () => {
    await gateway.ask('/database/search?query=nevermind');
    await gateway.ask('/database/search?page=1&query=never+mind');
    await gateway.ask('/database/search?query=ignored&q=wins');
    expect(seen()).toEqual([
      'GET /database/search?q=nevermind',
      'GET /database/search?page=1&q=never%20mind',
      'GET /database/search?q=wins',
    ]);
  });

  it('are encoded again, whatever they hold', async () => {
    await gateway.ask(`/database/search?artist=${encodeURIComponent('Sigur Rós & "Æ" #1?/=%')}`);
    expect(seen()).toEqual([
      'GET /database/search?artist=Sigur%20R%C3%B3s%20%26%20%22%C3%86%22%20%231%3F%2F%3D%25',
    ]);
  });

  it('that are repeated count once, and those without a value are left out', async () => {
    await gateway.ask('/database/search?genre=Rock&genre=Pop&style=&country&q=x');
    expect(seen()).toEqual(['GET /database/search?genre=Rock&q=x']);
  });
});

describe('the search guard', () => {
  const REFUSED =
    '{"error":"invalid_request","reason":"no_supported_search_params","message":"This search has no search field. Add at least one, such as q, artist or release_title."}';
  for (const query of ['', '?', '?page=', '?foo=bar', '?q=', '?Q=x']) {
    it(`refuses a search for ${query || 'nothing'} without asking Discogs`, async () => {
      const answer = await gateway.ask(`/database/search${query}`);
      expect([answer.status, answer.text]).toEqual([400, REFUSED]);
      expect(seen()).toEqual([]);
    });
  }

  it('lets every documented search field pass', async () => {
    const fields =
      'q query title release_title credit artist anv label genre style country year format catno barcode track submitter contributor';
    for (const field of fields.split(' ')) {
      expect([field, (await gateway.ask(`/database/search?${field}=1991`)).status]).toEqual([field, 200]);
    }
    expect((await gateway.ask('/database/search?type=master')).status).toBe(200);
  });
});
