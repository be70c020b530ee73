/** Addresses as they should not be: ids, user names, queries, unknown paths and wrong methods. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { notAnInteger } from './support/errors.ts';
import { type Reply, sendBytes } from './support/send.ts';
import { KEY, openTestGateway, type TestGateway } from './support/testGateway.ts';

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await openTestGateway();
});
beforeEach(() => gateway.sandbox.reset());
afterAll(() => gateway.close());

const seen = () => gateway.sandbox.requests.map(({ path }) => path);
const shown = ({ status, text }: Reply) => [status, text];
/** A request line as it is, bytes included. */
const raw = (line: string) =>
  sendBytes(
    gateway.url,
    Buffer.from(
      `${line} HTTP/1.1\r\nHost: h\r\nx-api-key: ${KEY}\r\nCache-Control: no-cache\r\nConnection: close\r\n\r\n`,
      'utf8',
    ),
  );

const NO_ROUTE = { error: 'not_found', reason: 'no_such_route' };
const NOT_AN_INTEGER = [400, notAnInteger('artist_id')];

describe('an id', () => {
  const wrong = [
    '-1',
    '+1',
    '1.0',
    '1e3',
    '0x10',
    'NaN',
    '%201',
    '1%20',
    '1%0A',
    '%00',
    '%D9%A1%D9%A2', // Arabic-Indic digits
    '%C2%B2', // superscript two
    '%EF%BC%91', // full-width one
    '1%2F2',
    '1%5C2',
    '1%3Fq=1',
    '1%23x',
    '%2541',
    '%ff',
    '%',
    '%zz',
  ];
  for (const id of wrong) {
    it(`${id.slice(0, 30)} is no integer`, async () => {
      expect(shown(await gateway.ask(`/artists/${id}`))).toEqual(NOT_AN_INTEGER);
      expect(seen()).toEqual([]);
    });
  }

  const impossible = ['0', '2147483648', '999999999999999', '1234567890123456', '9'.repeat(5_000)];
  for (const id of impossible) {
    it(`${id.slice(0, 30)} is none of a record`, async () => {
      expect(shown(await gateway.ask(`/artists/${id}`))).toEqual([
        400,
        '{"error":"invalid_request","reason":"invalid_path","field":"artist_id","message":"artist_id must be from 1 to 2147483647."}',
      ]);
      expect(seen()).toEqual([]);
    });
  }

  it('of 32 bits or with leading zeros is for Discogs to judge, and one of a listing may be longer', async () => {
    const paths = ['/artists/2147483647', '/artists/000108713', '/marketplace/listings/4000000000'];
    for (const path of paths) await gateway.ask(path);
    expect(seen()).toEqual(paths);
  });

  it('written in percent codes is the same id', async () => {
    expect((await gateway.ask('/artists/%3108713')).status).toBe(200);
    expect(seen()).toEqual(['/artists/108713']);
  });

  it('ends at a question mark or a hash', async () => {
    expect((await raw('GET /api/artists/108713?x/../../y')).status).toBe(200);
    expect((await raw('GET /api/artists/108713#x/y')).status).toBe(200);
    expect(seen()).toEqual(['/artists/108713', '/artists/108713']);
  });
});

describe('dot segments', () => {
  it('never reach Discogs, plain, encoded or encoded twice', async () => {
    const twice = ['/artists/%252E', '/users/%252e%252e/wants'];
    const paths = ['/artists/.', '/users/.%2E/wants', '/users/crate_digger/..', ...twice];
    for (const path of paths) {
      const answer = await gateway.ask(path);
      expect(answer.status).toBe(404);
      expect(answer.json()).toMatchObject(NO_ROUTE);
    }
    expect(seen()).toEqual([]);
  });

  it('that lead to the root ask Discogs for its root, and for nothing else', async () => {
    for (const path of ['/artists/..', '/users/..', '/users/%2e%2e']) {
      expect((await gateway.ask(path, { method: 'DELETE' })).status).toBe(405);
      expect((await gateway.ask(path)).json()).toHaveProperty('api_version');
    }
    expect(new Set(seen())).toEqual(new Set(['/']));
  });

  it('that lead out of /api find nothing', async () => {
    for (const path of ['/../artists/1', '/%2e%2e/%2e%2e/etc/passwd', '/artists/../../x']) {
      expect((await gateway.ask(path)).status).toBe(404);
    }
    expect(seen()).toEqual([]);
  });

  it('that lead to another operation are that operation', async () => {
    expect((await gateway.ask('/users/x/../../artists/108713')).json()).toHaveProperty('id', 108713);
    expect(seen()).toEqual(['/artists/108713']);
  });
});

describe('a user name', () => {
  const names = [
    ['with spaces', 'crate digger', '/users/crate%20digger/wants'],
    ['with an emoji', '🎧dj', '/users/%F0%9F%8E%A7dj/wants'],
    ['with letters of other alphabets', 'Жанна', '/users/%D0%96%D0%B0%D0%BD%D0%BD%D0%B0/wants'],
    ['with an ampersand and more', "a&b=c+d,e'f(g)", "/users/a%26b%3Dc%2Bd%2Ce'f(g)/wants"],
    ['of three dots', '...', '/users/.../wants'],
    ['of 256 characters', 'x'.repeat(256), `/users/${'x'.repeat(256)}/wants`],
  ] as const;
  for (const [how, name, path] of names) {
    it(`${how} is one encoded segment for Discogs`, async () => {
      const answer = await gateway.ask(`/users/${encodeURIComponent(name)}/wants`);
      expect([answer.status, answer.json()]).toMatchObject([404, { error: 'not_found' }]);
      expect(seen()).toEqual([path]);
      expect(await gateway.trace(answer)).toHaveProperty('path', path);
    });
  }

  const wrong = [
    'a%2Fb',
    'a%252Fb',
    // After the host has decoded once and the gateway once more, a third code is left.
    'a%25252Fb',
    '..%25252F..%25252Foauth%25252Fidentity',
    'a%3Fb',
    'a%25253Fb',
    'a%23b',
    'a;b',
    'a%3Bb',
    '100%25',
    '%20..',
    '..%2Foauth%2Fidentity',
    '..%5Cx',
    '%00',
    'a%0D%0Ab',
    '%7F',
    '%C2%85',
    'x'.repeat(257),
    '%ED%A0%80',
    '%ff',
    '%c3',
    '%e0%a4%a',
  ];
  for (const name of wrong) {
    it(`${name.slice(0, 30)} is refused`, async () => {
      expect(shown(await gateway.ask(`/users/${name}/wants`))).toEqual([
        400,
        '{"error":"invalid_request","reason":"invalid_path","field":"username","message":"username must be a Discogs user name: no / \\\\ % ? # ; or control character in it."}',
      ]);
      expect(seen()).toEqual([]);
    });
  }

  it('that would be decoded twice elsewhere is refused for a write, too', async () => {
    const path = '/users/crate_digger%25252Fwants%25252F249504%25253F/wants/1';
    for (const method of ['PUT', 'DELETE']) expect((await gateway.ask(path, { method })).status).toBe(400);
    expect(seen()).toEqual([]);
  });

  it('that is missing finds nothing', async () => {
    for (const path of ['/users//wants', '/users/', '//artists/1', '/artists//']) {
      expect((await gateway.ask(path)).status).toBe(404);
    }
    expect(seen()).toEqual([]);
  });
});

describe('an unknown path', () => {
  for (const path of ['', '/nope', '/artists', '/artists/1/nope', '/oauth', '/marketplace/nope']) {
    it(`/api${path} is 404 with a reason, whatever the method`, async () => {
      for (const method of ['GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS']) {
        const answer = await gateway.ask(path, { method });
        expect(answer.status).toBe(404);
        expect(answer.json()).toMatchObject(NO_ROUTE);
      }
      expect(seen()).toEqual([]);
    });
  }
});

describe('a wrong method', () => {
  for (const [path, allow] of [
    ['/', 'GET, HEAD'],
    ['/ping', 'GET, HEAD'],
    ['/artists/1', 'GET, HEAD'],
    ['/marketplace/listings', 'POST'],
    ['/marketplace/listings/1', 'GET, HEAD, POST, DELETE'],
    ['/users/a/wants/1', 'PUT, POST, DELETE'],
  ] as const) {
    it(`for ${path} is 405 and Allow names ${allow}`, async () => {
      const wrong = ['GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS'];
      for (const method of wrong.filter((name) => !allow.includes(name))) {
        const answer = await gateway.ask(path, { method });
        expect([method, answer.status, answer.headers['allow']]).toEqual([method, 405, allow]);
        expect(answer.json()).toMatchObject({ error: 'method_not_allowed' });
      }
      expect(seen()).toEqual([]);
    });
  }
});
