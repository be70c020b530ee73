/** What clients of Discogs send in other forms than it documents: taken, and sent on as Discogs wants it. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { openTestGateway, type TestGateway } from './support/testGateway.ts';

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await openTestGateway();
});
beforeEach(() => gateway.sandbox.reset());
afterAll(() => gateway.close());

const WANT = '/users/crate_digger/wants/249504';
const seen = () => gateway.sandbox.requests.map(({ path }) => path);
const bodies = () => gateway.sandbox.requests.map(({ body }) => JSON.parse(body.toString('utf8')));
const write = (path: string, method: string, type: string | undefined, body: string) =>
  gateway.ask(path, { method, body, headers: type === undefined ? {} : { 'content-type': type } });

describe('a query', () => {
  it('takes the first value of a repeated parameter, as Discogs does', async () => {
    const answer = await gateway.ask('/database/search?q=nevermind&per_page=5&per_page=50&q=other');
    expect(answer.json()).toMatchObject({ pagination: { per_page: 5 } });
    expect(seen()).toEqual(['/database/search?q=nevermind&per_page=5']);
  });

  it('takes listed words in any case, sends them as documented, and caches them once', async () => {
    const first = await gateway.ask('/artists/108713/releases?sort=YEAR&sort_order=Desc&page=01');
    const again = await gateway.ask('/artists/108713/releases?sort=year&sort_order=desc&page=1', {
      mayBeKept: true,
    });
    expect([first.status, again.headers['x-cache']]).toEqual([200, 'hit']);
    expect((await gateway.ask('/releases/249504?curr_abbr=eur')).status).toBe(200);
    expect(seen()).toEqual([
      '/artists/108713/releases?sort=year&sort_order=desc&page=1',
      '/releases/249504?curr_abbr=EUR',
    ]);
  });

  it('may search by order or page alone, as the original did', async () => {
    for (const query of ['sort_order=desc', 'sort=title', 'page=2', 'per_page=5']) {
      expect([query, (await gateway.ask(`/database/search?${query}`)).status]).toEqual([query, 200]);
    }
  });

  it('without a value for a currency is refused, since Discogs would choose one', async () => {
    for (const query of ['curr_abbr=', 'curr_abbr', 'curr_abbr=EUR&curr_abbr=']) {
      const answer = await gateway.ask(`/releases/249504?${query}`);
      expect(answer.status).toBe(400);
      expect(answer.json()).toMatchObject({
        field: 'curr_abbr',
        message: expect.stringMatching(/^curr_abbr must be one of USD, /),
      });
    }
    expect((await gateway.ask('/artists/108713/releases?sort=&page=')).status).toBe(200);
    expect(seen()).toEqual(['/artists/108713/releases']);
  });
});

describe('X-Ignored-Parameters', () => {
  const ignored = async (path: string) => (await gateway.ask(path)).headers['x-ignored-parameters'];

  it('names what was dropped, on answers and on failures of Discogs', async () => {
    expect(await ignored('/database/search?q=nevermind&yeer=1991&token=t')).toBe('yeer, token');
    expect(await ignored('/database/search?q=a&query=b')).toBe('query');
    expect(await ignored('/artists/999999999?foo=1')).toBe('foo');
    expect(await ignored('/database/search?query=nevermind&year=1991&style=')).toBeUndefined();
  });

  it('is for one caller only, whoever else shares the cached answer', async () => {
    expect(await ignored('/artists/108713?foo=1')).toBe('foo');
    const again = await gateway.ask('/artists/108713', { mayBeKept: true });
    expect([again.headers['x-cache'], again.headers['x-ignored-parameters']]).toEqual(['hit', undefined]);
  });

  it('is printable and short, whatever the names are', async () => {
    const names = Array.from({ length: 14 }, (_, index) => `n${index}=1`).join('&');
    expect(await ignored(`/artists/108713?${names}`)).toMatch(/^n0, n1, .*n9, and 4 more$/);
    const odd = await ignored(`/artists/108713?a%0D%0Ab%2Cc=1&${'x'.repeat(500)}=1&%F0%9F%8E%B5=1`);
    expect(odd).toBe(`a%0D%0Ab%2Cc, ${'x'.repeat(64)}, %F0%9F%8E%B5`);
  });
});

describe('a body', () => {
  const LISTING = { release_id: '249504', condition: 'mint (m)', price: '12.50', status: 'draft' };

  it('with numbers, booleans and listed words as text is sent on as Discogs documents it', async () => {
    const given = { ...LISTING, allow_offers: 'True', weight: '230', comments: '1', extra: ['2'] };
    const answer = await write('/marketplace/listings', 'POST', 'application/json', JSON.stringify(given));
    expect(answer.status).toBe(201);
    expect(bodies()).toEqual([
      {
        release_id: 249504,
        condition: 'Mint (M)',
        price: 12.5,
        status: 'Draft',
        allow_offers: true,
        weight: '230',
        comments: '1',
        extra: ['2'],
      },
    ]);
    expect((await write(WANT, 'PUT', 'application/json', '{"rating":"5"}')).status).toBe(201);
    for (const rating of ['"6"', '-1', '6', '"-1"', '"x"', '""']) {
      expect((await write(WANT, 'PUT', 'application/json', `{"rating":${rating}}`)).status).toBe(400);
    }
    expect(bodies().slice(1)).toEqual([{ rating: 5 }]);
  });

  it('is forwarded byte for byte where nothing must change', async () => {
    const text = '{ "rating":5,  "notes":"1.50", "big":12345678901234567890 }';
    expect((await write(WANT, 'PUT', 'application/json', text)).status).toBe(201);
    expect(gateway.sandbox.requests[0]?.body.toString('utf8')).toBe(text);
  });

  it('of JSON is read as JSON when a client declares it as a form or not at all', async () => {
    for (const type of [
      'application/x-www-form-urlencoded',
      'application/x-www-form-urlencoded; charset=utf-8',
    ]) {
      expect((await write(WANT, 'PUT', type, '{"rating":5}')).status).toBe(201);
    }
    expect((await write(WANT, 'PUT', undefined, '{"rating":5}')).status).toBe(201);
    const types = gateway.sandbox.requests.map(({ headers }) => headers['content-type']);
    expect(types).toEqual(['application/json', 'application/json', 'application/json']);
  });

  it('of a real form is refused', async () => {
    const answer = await write(WANT, 'PUT', 'application/x-www-form-urlencoded', 'rating=5');
    expect(answer.status).toBe(415);
    expect(seen()).toEqual([]);
  });

  it('too deep to be written again is refused', async () => {
    const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
    const answer = await write(WANT, 'PUT', 'application/json', `{"rating":"5","x":${deep}}`);
    expect([answer.status, gateway.isAlive()]).toEqual([400, true]);
  });
});

describe('a path', () => {
  it('may end in a slash', async () => {
    expect((await gateway.ask('/artists/108713/')).status).toBe(200);
    const body = JSON.stringify({ release_id: 249504, condition: 'Mint (M)', price: 1, status: 'Draft' });
    expect((await write('/marketplace/listings/', 'POST', 'application/json', body)).status).toBe(201);
  });

  it('to the folder that nobody can write to is refused with the one that everybody can', async () => {
    const answer = await gateway.ask('/users/crate_digger/collection/folders/0/releases/249504', {
      method: 'POST',
    });
    expect(answer.json()).toMatchObject({
      reason: 'invalid_path',
      message: expect.stringContaining('1 always exists'),
    });
    expect(seen()).toEqual([]);
  });
});
