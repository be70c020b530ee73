import { describe, expect, it } from '@jest/globals';
import { SANDBOX_CONSUMER_KEY, SANDBOX_CONSUMER_SECRET, SANDBOX_TOKEN } from '../src/index.ts';
import { AS_USER, at, rawGet, rowsAt, sandboxed, USER_AGENT } from './support/sandboxed.ts';

let clock = 1_800_000_000_000;
const discogs = sandboxed({ now: () => clock });

describe('an error', () => {
  it.each([
    ['/releases/77', 404, 'That release does not exist or may have been deleted.'],
    ['/releases/77/rating', 404, 'Release does not exist or may have been deleted.'],
    ['/marketplace/stats/77', 404, 'Release not found.'],
    ['/masters/77', 404, 'That master release does not exist or may have been deleted.'],
    ['/artists/77', 404, 'Artist not found.'],
    ['/labels/77', 404, 'Label not found'],
    ['/users/nobody', 404, 'User does not exist or may have been deleted.'],
    ['/labels/1/sublabels', 404, 'The requested resource was not found.'],
    ['/releases/249504/', 404, 'The requested resource was not found.'],
    ['/nowhere', 404, 'The requested resource was not found.'],
    ['/oauth/identity', 401, 'You must authenticate to access this resource.'],
    ['/database/search?q=nevermind', 401, 'You must authenticate to access this resource.'],
    ['/marketplace/price_suggestions/249504', 401, 'You must authenticate to access this resource.'],
    [
      '/oauth/identity?token=wrong',
      401,
      'Invalid consumer token. Please register an app before making requests.',
    ],
    ['/?key=a&secret=b', 401, 'Invalid consumer key/secret. Please register an app before making requests.'],
    [
      '/users/crate_digger/inventory?page=101',
      403,
      'Pagination above 100 disabled for inventories besides your own',
    ],
    ['/masters/13814/versions?page=2147483647', 500, 'An internal server error occurred. (Malformed query?)'],
  ])('of %s is %i with the wording of Discogs', async (path, status, text) => {
    const answer = await discogs.call(path);
    expect([answer.status, answer.body]).toEqual([status, { message: text }]);
    expect(answer.headers.get('content-type')).toBe('application/json');
    expect(answer.headers.get('x-discogs-ratelimit')).not.toBeNull();
  });

  it('names the method when the verb is wrong', async () => {
    const answer = await discogs.call('/releases/249504', { method: 'PUT' });
    expect([answer.status, answer.body]).toEqual([
      405,
      { message: 'Method PUT is not allowed for this resource.' },
    ]);
  });

  it('is a page of the network edge for callers without a User-Agent, outside of the window', async () => {
    for (const headers of ['', 'User-Agent: \r\n']) {
      const { text } = await rawGet(discogs.sandbox.port, '/', `${headers}Connection: close\r\n`);
      expect(text).toMatch(/^HTTP\/1\.1 403 /);
      expect(text).toContain('<html');
    }
    expect((await discogs.call('/')).headers.get('x-discogs-ratelimit-used')).toBe('0');
  });
});

describe('credentials', () => {
  it.each([
    ['a token header', `Discogs token=${SANDBOX_TOKEN}`, '', 200],
    ['a token in the query', undefined, `?token=${SANDBOX_TOKEN}`, 200],
    ['key and secret', `Discogs key=${SANDBOX_CONSUMER_KEY}, secret=${SANDBOX_CONSUMER_SECRET}`, '', 401],
    ['a header without the word Discogs', `token=${SANDBOX_TOKEN}`, '', 401],
  ])('as %s stand for the user or not', async (_form, authorization, query, status) => {
    const headers = {
      ...USER_AGENT,
      ...(authorization === undefined ? {} : { Authorization: authorization }),
    };
    expect((await discogs.call(`/oauth/identity${query}`, { headers })).status).toBe(status);
  });

  it('claim the larger rate even when they are wrong', async () => {
    const answer = await discogs.call('/?token=wrong');
    expect(answer.headers.get('x-discogs-ratelimit')).toBe('60');
  });
});

describe('the rate window', () => {
  it('reports how it was before the request and refuses the one after the last', async () => {
    const first = await discogs.call('/');
    expect(first.headers.get('x-discogs-ratelimit-used')).toBe('0');
    expect(first.headers.get('x-discogs-ratelimit-remaining')).toBe('25');
    for (let count = 1; count < 25; count++) await discogs.call('/nowhere');
    const refused = await discogs.call('/');
    expect([refused.status, refused.body]).toEqual([
      429,
      { message: 'You are making requests too quickly.' },
    ]);
    expect(refused.headers.get('x-discogs-ratelimit-remaining')).toBe('0');
    expect(refused.headers.get('retry-after')).toBeNull();
  });

  it('moves: a request stops counting 60 seconds after it came', async () => {
    await discogs.call('/');
    clock += 30_000;
    await discogs.call('/');
    clock += 30_000;
    expect((await discogs.call('/')).headers.get('x-discogs-ratelimit-used')).toBe('1');
  });

  it('is shared by callers with and without a credential', async () => {
    await discogs.call('/');
    const answer = await discogs.call(`/?token=${SANDBOX_TOKEN}`);
    expect(answer.headers.get('x-discogs-ratelimit-used')).toBe('1');
    expect(answer.headers.get('x-discogs-ratelimit')).toBe('60');
  });
});

describe('pages', () => {
  it('are linked in the body and in the Link header, with the parameters of the request', async () => {
    const { body, headers } = await discogs.call('/artists/108713/releases?sort=title&per_page=1&page=2');
    const url = (page: number) =>
      `https://api.discogs.com/artists/108713/releases?sort=title&per_page=1&page=${page}`;
    expect(at(body, 'pagination')).toEqual({
      page: 2,
      pages: 3,
      per_page: 1,
      items: 3,
      urls: { first: url(1), prev: url(1), next: url(3), last: url(3) },
    });
    expect(headers.get('link')).toBe(
      `<${url(3)}>; rel="next", <${url(1)}>; rel="prev", <${url(3)}>; rel="last", <${url(1)}>; rel="first"`,
    );
  });

  it.each([
    ['per_page=500', 1, 100],
    ['per_page=0', 1, 1],
    ['per_page=-3&page=0', 1, 1],
    ['per_page=many&page=-1', 1, 50],
  ])('are clamped for %s instead of refused', async (query, page, perPage) => {
    const { body } = await discogs.call(`/database/search?${query}`, { headers: AS_USER });
    expect([at(body, 'pagination', 'page'), at(body, 'pagination', 'per_page')]).toEqual([page, perPage]);
  });

  it('of a search end at the 10,000th result although more are counted', async () => {
    const search = (page: number) =>
      discogs.call(`/database/search?per_page=100&page=${page}`, { headers: AS_USER });
    const { body } = await search(100);
    expect(at(body, 'pagination', 'pages')).toBe(100);
    expect(at(body, 'pagination', 'items')).toBeGreaterThan(100_000);
    expect(rowsAt(body, 'results')).toHaveLength(100);
    const beyond = await search(101);
    expect(beyond.status).toBe(404);
    expect(at(beyond.body, 'message')).toContain('outside of valid range');
  });
});

describe('content', () => {
  it('is compressed only when asked for', async () => {
    const get = (headers: string) =>
      rawGet(discogs.sandbox.port, '/', `User-Agent: Raw/1.0\r\n${headers}Connection: close\r\n`);
    expect((await get('')).text).not.toContain('Content-Encoding');
    expect((await get('Accept-Encoding: br;q=1, gzip;q=0\r\n')).text).not.toContain('Content-Encoding');
    const packed = await get('Accept-Encoding: gzip\r\n');
    expect(packed.text).toContain('Content-Encoding: gzip');
    expect(packed.text).toContain('Vary: Accept-Encoding');
  });

  it('is wrapped for a JSONP callback', async () => {
    const { body, headers } = await discogs.call('/releases/249504/stats?callback=cb');
    expect(headers.get('content-type')).toBe('text/javascript');
    expect(body).toMatch(/^cb\(\{"meta":\{"status":200\},"data":\{"num_have":\d+,"num_want":\d+\}\}\)$/);
  });

  it('is left out for HEAD, its length announced', async () => {
    const answer = await discogs.call('/releases/249504', {
      method: 'HEAD',
      headers: { ...USER_AGENT, 'Accept-Encoding': 'identity' },
    });
    expect([answer.status, answer.body]).toEqual([200, '']);
    expect(Number(answer.headers.get('content-length'))).toBeGreaterThan(2_000);
  });
});
