/** Which web pages may call, and what their scripts may read. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { invalidSetting } from './support/errors.ts';
import { openTestGateway, type TestGateway } from './support/testGateway.ts';

const PAGE = 'https://records.example';
const LOCAL = 'http://localhost:5173';
const ARTIST = '/artists/108713';

let gateway: TestGateway;
let closed: TestGateway;
beforeAll(async () => {
  gateway = await openTestGateway({ environment: { CORS_ORIGINS: `${PAGE}, ${LOCAL}` } });
  closed = await openTestGateway();
});
beforeEach(() => gateway.sandbox.reset());
afterAll(() => Promise.all([gateway.close(), closed.close()]));

const preflight = (origin: string, method = 'PUT') => ({
  method: 'OPTIONS',
  headers: {
    origin,
    'access-control-request-method': method,
    'access-control-request-headers': 'x-api-key,content-type',
  },
});
const corsHeaders = (headers: Readonly<Record<string, string | undefined>>) =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => name.startsWith('access-control-')));

describe('a preflight', () => {
  for (const origin of [PAGE, LOCAL]) {
    it(`of ${origin} is allowed what it asks for, without a key and without a call`, async () => {
      const answer = await gateway.askWithoutKey('/users/crate_digger/wants/249504', preflight(origin));
      expect([answer.status, answer.text]).toEqual([204, '']);
      expect(corsHeaders(answer.headers)).toEqual({
        'access-control-allow-origin': origin,
        'access-control-allow-methods': 'PUT',
        'access-control-allow-headers': 'x-api-key,content-type',
      });
      expect(answer.headers['vary']).toMatch(/\borigin\b/i);
      expect(gateway.sandbox.requests).toEqual([]);
    });
  }

  for (const origin of ['https://other.example', 'null', `${PAGE}.evil.example`, 'http://records.example']) {
    it(`of ${origin} is allowed nothing`, async () => {
      const answer = await gateway.askWithoutKey(ARTIST, preflight(origin));
      expect([answer.status, corsHeaders(answer.headers)]).toEqual([204, {}]);
    });
  }

  it('is allowed nothing where no origin is set', async () => {
    const answer = await closed.askWithoutKey(ARTIST, preflight(PAGE));
    expect([answer.status, corsHeaders(answer.headers)]).toEqual([204, {}]);
  });

  it('is something else than OPTIONS of a program, which the gateway answers', async () => {
    const answer = await gateway.askWithoutKey(ARTIST, { method: 'OPTIONS' });
    expect([answer.status, answer.headers['allow']]).toEqual([405, 'GET, HEAD']);
  });
});

describe('an answer', () => {
  it('may be read by a page of a listed origin, with the headers that it needs', async () => {
    const answer = await gateway.ask(ARTIST, { headers: { origin: PAGE } });
    expect([answer.status, answer.headers['access-control-allow-origin']]).toEqual([200, PAGE]);
    const exposed = answer.headers['access-control-expose-headers']?.toLowerCase().split(', ') ?? [];
    const needed = Object.keys(answer.headers).filter((name) =>
      /^(x-|etag$|link$|retry-after$|age$)/.test(name),
    );
    expect(needed.length).toBeGreaterThan(5);
    expect(exposed).toEqual(
      expect.arrayContaining([...needed, 'link', 'retry-after', 'age', 'allow', 'www-authenticate']),
    );
  });

  it('that is an error may be read, too', async () => {
    for (const [path, status] of [
      ['/artists/x', 400],
      ['/artists/999999999', 404],
      ['/nope', 404],
      ['/ping', 200],
      ['//artists/1', 404],
    ] as const) {
      const answer = await gateway.ask(path, { headers: { origin: PAGE } });
      expect([path, answer.status]).toEqual([path, status]);
      expect(answer.headers).toMatchObject({
        'access-control-allow-origin': PAGE,
        vary: expect.stringMatching(/\borigin\b/i),
      });
    }
  });

  it('still needs the key', async () => {
    const answer = await gateway.askWithoutKey(ARTIST, { headers: { origin: PAGE } });
    expect([answer.status, answer.headers['access-control-allow-origin']]).toEqual([401, PAGE]);
  });

  it('may be read by no page of another origin, and caches are told that origins differ', async () => {
    for (const headers of [{ origin: 'https://other.example' }, {}]) {
      const answer = await gateway.ask(ARTIST, { headers });
      expect([answer.status, corsHeaders(answer.headers)]).toEqual([200, {}]);
      expect(answer.headers['vary']).toBe('x-api-key, authorization, accept, Origin');
    }
  });

  it('may be read by no page where no origin is set', async () => {
    const answer = await closed.ask(ARTIST, { headers: { origin: PAGE } });
    expect([answer.status, corsHeaders(answer.headers)]).toEqual([200, {}]);
    expect(answer.headers['vary']).toBe('x-api-key, authorization, accept');
  });
});

describe('CORS_ORIGINS', () => {
  it('that has no exact origin is said in the log and refuses callers with a key', async () => {
    const wrong = await openTestGateway({ environment: { CORS_ORIGINS: '*' } });
    const { status, text } = await wrong.ask(ARTIST, { headers: { origin: PAGE } });
    expect([status, text]).toEqual([503, invalidSetting('CORS_ORIGINS')]);
    const fix = 'must be exact origins such as https://app.example.com';
    expect(await wrong.line(`invalid_setting which=CORS_ORIGINS fix=${fix}`)).toContain('without wildcards');
    await wrong.close();
  });
});
