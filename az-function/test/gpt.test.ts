/** The door for agents as they meet it: `/api/gpt` through the running app. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Asking, openTestGateway, type TestGateway } from './support/testGateway.ts';

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await openTestGateway();
});
afterAll(() => gateway.close());

const gpt = (path: string, asking: Asking = {}) => gateway.ask(`/gpt${path}`, { mayBeKept: true, ...asking });
const json = async (path: string, asking?: Asking) =>
  (await gpt(path, asking)).json() as Record<string, never> & { results: Record<string, unknown>[] };

describe('a record for an agent', () => {
  it('says what a person would say about a release, with its price in a currency and a page to attribute to', async () => {
    const release = await json('/releases/249504');
    expect(release).toMatchObject({
      id: 249504,
      type: 'release',
      artists: 'Rick Astley',
      labels: 'RCA PB 41447',
      formats: 'Vinyl, 7", Single, 45 RPM',
      tracklist: ['A Never Gonna Give You Up 3:32', 'B Never Gonna Give You Up (Instrumental) 3:30'],
      lowest_price: expect.stringMatching(/^\d+\.\d\d USD$/),
      uri: 'https://www.discogs.com/release/249504',
    });
    expect(JSON.stringify(release)).not.toMatch(/resource_url|images|i\.discogs\.com/);
  });

  it('has 2,500 characters at most on average', async () => {
    const { results } = await json('/database/search?q=a&type=release&max_chars=90000');
    const releases = await Promise.all(results.slice(0, 40).map(({ id }) => gpt(`/releases/${id}`)));
    expect(releases).toHaveLength(40);
    const characters = releases.reduce((sum, { text }) => sum + text.length, 0);
    expect(characters / releases.length).toBeLessThanOrEqual(2500);
  });

  it('shows more where fields asks for it', async () => {
    const release = await json('/releases/249504?fields=credits,images,companies');
    expect(release['credits']).toContain('Design: Me Co');
    expect(release['images']).toEqual(expect.arrayContaining([expect.stringMatching(/^https:/)]));
  });

  it('has clean names, also where Discogs numbers them, and plain text for markup', async () => {
    const artist = await json('/artists/108713');
    expect(artist).toMatchObject({
      type: 'artist',
      name: 'Nickelback',
      profile: expect.stringContaining('Chad Kroeger.'),
    });
    expect(JSON.stringify(artist)).not.toMatch(/\[a=|\(2\)/);
  });

  it('gives one of its lists alone with part', async () => {
    expect(await json('/releases/249504?part=tracklist&skip=1')).toMatchObject({
      part: 'tracklist',
      items: 2,
      results: ['B Never Gonna Give You Up (Instrumental) 3:30'],
    });
  });
});

describe('a list for an agent', () => {
  it('merges a master and its releases into one row that names both', async () => {
    const { results } = await json('/database/search?q=nevermind%20nirvana');
    expect(results[0]).toMatchObject({
      type: 'master',
      id: 13814,
      owned: true,
      release_ids: expect.arrayContaining([930000000]),
    });
    expect(results.filter(({ master_id }) => master_id === 13814)).toEqual([]);
  });

  it('leaves the rows of one type as they are', async () => {
    const { results } = await json('/database/search?q=nevermind%20nirvana&type=release');
    expect(results.length).toBeGreaterThan(10);
  });

  it('has rows of 250 characters at most on average', async () => {
    const { results } = await json('/database/search?q=the&type=release&max_chars=90000');
    const size = JSON.stringify(results).length / results.length;
    expect(results.length).toBeGreaterThan(30);
    expect(size).toBeLessThanOrEqual(250);
  });

  it('ends at the end of a row and says how to go on', async () => {
    const first = await gpt('/users/crate_digger/collection/folders/0/releases?max_chars=2000');
    expect(first.text.length).toBeLessThanOrEqual(2000);
    const page = first.json() as {
      results: { instance_id: number }[];
      truncated: boolean;
      next: { page: number; skip: number };
    };
    expect(page).toMatchObject({ truncated: true, items: 28, next: { page: 1, skip: page.results.length } });
    const { results } = await json(
      `/users/crate_digger/collection/folders/0/releases?skip=${page.next.skip}`,
    );
    expect(page.results.length + results.length).toBe(28);
  });

  it('that ends before the rows that were asked for says so', async () => {
    expect(await json('/masters/13814/versions?skip=500')).toMatchObject({
      items: 60,
      results: [],
      next_step: expect.stringContaining('skip'),
    });
    const reply = await gpt('/users/crate_digger/wants?page=99');
    expect([reply.status, reply.json()]).toMatchObject([
      404,
      { next_step: expect.stringContaining('page 1') },
    ]);
  });

  it.each([
    ['/inventory/export', { id: 599632, status: 'success' }],
    ['/inventory/upload', { id: 119615, status: 'success' }],
    ['/users/crate_digger/contributions', { title: expect.any(String), artists: expect.any(String) }],
    ['/users/crate_digger/collection/fields', { id: 1, name: 'Media Condition' }],
  ])('has rows at %s, too', async (path, row) => {
    const { page, items, results } = await json(path);
    expect([page, items, results]).toEqual([1, expect.any(Number), expect.any(Array)]);
    expect(results[0]).toMatchObject(row);
  });

  it('of submissions goes on with each of its three lists', async () => {
    expect(await json('/users/crate_digger/submissions')).toMatchObject({
      page: 1,
      artists: expect.arrayContaining(['Nickelback (108713)']),
    });
    expect(await json('/users/crate_digger/submissions?part=artists&skip=1')).toMatchObject({
      part: 'artists',
      items: expect.any(Number),
    });
  });

  it('filters versions by the words that people use, and by years', async () => {
    const { results } = await json(
      '/masters/13814/versions?country=us&format=vinyl&year_from=1990&year_to=1992',
    );
    expect(results).toEqual([expect.objectContaining({ country: 'US', released: '1991' })]);
  });

  it('names the filter that no version fits, and the words that there are', async () => {
    expect(await json('/masters/13814/versions?country=narnia')).toMatchObject({
      results: [],
      emptied_by: 'country',
      available: expect.arrayContaining(['Japan', 'US']),
    });
  });

  it.each([
    ['/users/crate_digger/inventory?status=Violation', 'status'],
    ['/masters/13814/versions?released=1800', 'released'],
    ['/marketplace/orders?status=Merged&sort=id', 'status'],
  ])('names the filter that emptied it: %s', async (path, filter) => {
    expect(await json(path)).toMatchObject({
      items: 0,
      emptied_by: filter,
      next_step: expect.stringContaining(`without ${filter}`),
    });
  });

  it('of several pages names the next one, also where it is three lists', async () => {
    expect(await json('/users/crate_digger/submissions')).toMatchObject({ page: 1, next: { page: 2 } });
  });

  it('says which filter emptied a search, and how many there are without it', async () => {
    expect(await json('/database/search?artist=nirvana&year=1889')).toMatchObject({
      items: 0,
      emptied_by: 'year',
      without_it: expect.any(Number),
      next_step: expect.stringContaining('without year'),
    });
  });
});

describe('a question that is wrong', () => {
  it.each([
    ['an unknown parameter', '/database/search?q=x&yeer=1991', 'yeer', /Use only: q,/],
    ['a page size', '/database/search?q=x&per_page=50', 'per_page', /max_chars/],
    ['too few characters', '/releases/1?max_chars=1', 'max_chars', /again/],
    ['no characters', '/releases/1?max_chars=0', 'max_chars', /again/],
    ['ten million characters', '/releases/1?max_chars=10000000', 'max_chars', /again/],
    ['an unknown field', '/releases/249504?fields=lyrics', 'fields', /images/],
    ['an empty value', '/database/search?q=', 'q', /value/],
    ['a value given twice', '/database/search?q=a&q=b', 'q', /once/],
    [
      'years the wrong way round',
      '/masters/13814/versions?year_from=2000&year_to=1990',
      'year_from',
      /Exchange/,
    ],
    ['a filter that Discogs ignores', '/database/search?type=artist&artist=nirvana', 'artist', /q and type/],
    ['a currency that Discogs ignores', '/releases/249504?curr_abbr=EUR', 'curr_abbr', /stats/],
    ['a range that Discogs ignores', '/masters/13814/versions?released=1985-1992', 'released', /year_from/],
    ['a list that a record has not', '/releases/249504?part=lyrics', 'part', /tracklist/],
    ['a year that is none', '/database/search?q=x&year=abc', 'year', /1991/],
    ['no search field', '/database/search', 'query', /release_title/],
    ['a sort key alone', '/database/search?sort=year', 'query', /release_title/],
    ['a page before the first', '/users/crate_digger/wants?page=0', 'page', /again/],
    ['a second page of filtered versions', '/masters/13814/versions?format=vinyl&page=2', 'page', /skip/],
    ['skip without part', '/releases/249504?skip=3', 'skip', /part/],
  ])('with %s is refused with what to do instead', async (_, path, field, step) => {
    const reply = await gpt(path);
    expect(reply.status).toBe(400);
    expect(reply.json()).toMatchObject({
      error: 'invalid_request',
      reason: 'invalid_parameter',
      field,
      message: expect.any(String),
      next_step: expect.stringMatching(step),
    });
  });

  it('is refused where it would write, too, and writes nothing', async () => {
    const path = '/users/crate_digger/wants/249504?yeer=1';
    for (const method of ['PUT', 'DELETE']) {
      const reply = await gpt(path, { method });
      expect([reply.status, reply.json()]).toMatchObject([400, { field: 'yeer' }]);
      expect((await gateway.askWithoutKey(`/gpt${path}`, { method })).status).toBe(401);
    }
  });

  it('can be found by its trace id, like every other refusal', async () => {
    expect((await gpt('/releases/249504?yeer=1')).headers).toMatchObject({
      'x-trace-id': expect.any(String),
      'cache-control': 'no-store',
    });
  });

  it('is answered with 401 and nothing else to whoever has no key', async () => {
    for (const path of ['/database/search?q=x&yeer=1991', '/releases/249504']) {
      const reply = await gateway.askWithoutKey(`/gpt${path}`);
      expect(reply.status).toBe(401);
      expect(reply.json()).toMatchObject({ error: 'unauthorized', next_step: expect.any(String) });
    }
  });

  it.each([
    ['/releases/249504/lyrics', /no lyrics/],
    ['/releases/249504/listings', /copies for sale/],
    ['/releases/249504/price_history', /no price history/],
  ])('about what Discogs has not, at %s, hears so', async (path, message) => {
    const reply = await gpt(path);
    expect(reply.status).toBe(404);
    expect(reply.json()).toMatchObject({
      reason: 'not_at_discogs',
      message: expect.stringMatching(message),
      next_step: expect.any(String),
    });
  });
});

describe('an error for an agent', () => {
  it('keeps the members of the proxy and says what to do', async () => {
    const reply = await gpt('/releases/999999999');
    expect(reply.status).toBe(404);
    expect(reply.json()).toMatchObject({
      error: 'not_found',
      trace_id: expect.any(String),
      next_step: expect.stringContaining('search'),
    });
  });
});

describe('the door for agents', () => {
  it('writes the trace of the operation, with the same limits and cache as plain calls', async () => {
    const first = await gpt('/labels/895');
    const second = await gpt('/labels/895');
    expect(second.headers).toMatchObject({ 'x-cache': 'hit', 'x-discogs-ratelimit': expect.any(String) });
    expect(first.headers).not.toHaveProperty('link');
    expect(await gateway.trace(first)).toMatchObject({ operation: 'getLabel', entity: 'label' });
  });

  it('has no page for browsers', async () => {
    const reply = await gpt('/status/page');
    expect([reply.status, reply.json()]).toMatchObject([404, { reason: 'no_such_route' }]);
  });

  it('sends whoever asks for an unknown user to the name, not to a search for records', async () => {
    expect((await gpt('/users/nobody_at_all')).json()).toMatchObject({
      next_step: expect.stringMatching(/user name/),
    });
  });

  it('answers HEAD without a body', async () => {
    const reply = await gpt('/labels/895', { method: 'HEAD' });
    expect([reply.status, reply.text]).toEqual([200, '']);
  });
});

describe('a rate limit', () => {
  it('has one number of seconds to wait, and never says that calls remain', async () => {
    const other = await openTestGateway();
    const fault = { kind: 'status', status: 429, headers: { 'retry-after': '40' } } as const;
    other.sandbox.fault({ times: 3, path: '/artists/300', fault });
    const reply = await other.ask('/gpt/artists/300', { mayBeKept: true });
    expect(reply.status).toBe(429);
    const { retry_in_seconds: seconds, remaining, reset } = reply.json() as Record<string, unknown>;
    expect(seconds).toEqual(expect.any(Number));
    expect(seconds).toBe(reset);
    expect(remaining === null || remaining === '0').toBe(true);
    await other.close();
  });
});

describe('a write', () => {
  it('answers with the row that it made, as lists have it', async () => {
    const want = await json('/users/crate_digger/wants/249504?notes=soon', { method: 'PUT' });
    const shown = { id: 249504, title: 'Never Gonna Give You Up', artists: 'Rick Astley' };
    expect(want).toEqual(expect.objectContaining({ ...shown, notes: 'soon' }));
    expect(want).not.toHaveProperty('basic_information');
    const path = '/users/crate_digger/collection/folders/1/releases/249504';
    const copy = await json(path, { method: 'POST' });
    expect(copy).toMatchObject({ ...shown, instance_id: expect.any(Number) });
    expect(copy).not.toHaveProperty('basic_information');
  });
});

describe('what a seller does', () => {
  it('tells where to ask what became of an export', async () => {
    const { done, location } = await json('/inventory/export', { method: 'POST' });
    expect([done, location]).toEqual([true, expect.stringMatching(/\/api\/inventory\/export\/[0-9]+$/)]);
  });

  it('says where files go, after it has seen the key', async () => {
    for (const [method, path] of [
      ['GET', '/inventory/export/599632/download'],
      ['POST', '/inventory/upload/add'],
    ] as const) {
      expect(await json(path, { method })).toEqual({
        error: 'not_found',
        reason: 'file',
        message: `Files are sent and received at /api${path}, not here.`,
        next_step: expect.stringContaining('Tell the user'),
      });
      const stranger = await gateway.askWithoutKey(`/gpt${path}`, { method });
      expect([stranger.status, stranger.json()]).toMatchObject([401, { error: 'unauthorized' }]);
    }
  });

  it('has every price with its currency, and the original one where it differs', async () => {
    const listing = await json('/marketplace/listings/172723812');
    expect(listing['price']).toMatch(/^\d+\.\d\d [A-Z]{3}$/);
    expect(listing).not.toHaveProperty('original_price');
  });

  it('sees an order with its messages', async () => {
    expect(await json('/marketplace/orders/1-1')).toMatchObject({
      id: '1-1',
      next_status: expect.any(Array),
    });
    expect(await json('/marketplace/orders/1-1/messages')).toMatchObject({ items: 2, results: [{}, {}] });
  });
});

it('a write with a parameter that it does not have is told which one', async () => {
  const answer = await gpt('/users/crate_digger/wants/249504?colour=red', { method: 'PUT' });
  expect([answer.status, answer.json()]).toMatchObject([400, { error: 'invalid_request', field: 'colour' }]);
});
