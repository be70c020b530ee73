/** What the local host answers by itself: JSON with a message, where the real host sends a bare status. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { unreadable } from '../local/refusals.ts';
import { openSocket, sendBytes } from './support/send.ts';
import { KEY, openTestGateway, type TestGateway } from './support/testGateway.ts';

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await openTestGateway();
});
afterAll(() => gateway.close());

const END = `\r\nHost: localhost\r\nx-api-key: ${KEY}\r\nConnection: close\r\n\r\n`;
const ALL = 'POST, PUT, DELETE, GET, HEAD, PATCH, OPTIONS';

describe('a refusal of the local host', () => {
  const cases: readonly (readonly [
    what: string,
    bytes: string,
    status: number,
    error: string,
    allow?: string,
  ])[] = [
    ['a path with two slashes', `GET /api//artists/1 HTTP/1.1${END}`, 404, 'not_found'],
    ['two slashes at the end', `GET /api/artists/1// HTTP/1.1${END}`, 404, 'not_found'],
    ['a path outside of /api', `GET /artists/1 HTTP/1.1${END}`, 404, 'not_found'],
    ['a path that begins like /api', `GET /apiartists/1 HTTP/1.1${END}`, 404, 'not_found'],
    ['a path that leads out of /api', `GET /api/../../etc/passwd HTTP/1.1${END}`, 404, 'not_found'],
    ['a timer that is not there', `POST /admin/functions/none HTTP/1.1${END}`, 404, 'not_found'],
    ['TRACE', `TRACE /api/artists/1 HTTP/1.1${END}`, 405, 'method_not_allowed', 'GET, HEAD'],
    [
      'PROPFIND',
      `PROPFIND /api/users/a/wants/1 HTTP/1.1${END}`,
      405,
      'method_not_allowed',
      'PUT, POST, DELETE',
    ],
    ['QUERY', `QUERY /api/database/search HTTP/1.1${END}`, 405, 'method_not_allowed', 'GET, HEAD'],
    ['CONNECT', `CONNECT localhost:443 HTTP/1.1${END}`, 405, 'method_not_allowed', ALL],
    ['a method that nobody knows', `BREW /api/artists/1 HTTP/1.1${END}`, 501, 'not_implemented', ALL],
    ['bytes that are no request', '\0\0\0\r\n\r\n', 400, 'bad_request'],
    ['a line that is no request', 'GET\r\n\r\n', 400, 'bad_request'],
    ['another version of HTTP', `GET /api/ping HTTP/9.9${END}`, 400, 'bad_request'],
    ['a Host that is no name', 'GET /api/ping HTTP/1.1\r\nHost: a b\r\n\r\n', 400, 'bad_request'],
    [
      'headers above 32 KiB',
      `GET /api/ping HTTP/1.1\r\nx-long: ${'x'.repeat(40_000)}${END}`,
      431,
      'headers_too_large',
    ],
    [
      'a body above 100 MiB',
      'POST /api/marketplace/listings HTTP/1.1\r\nHost: localhost\r\nContent-Length: 104857601\r\n\r\n',
      413,
      'payload_too_large',
    ],
    ['an odd expectation', `GET /api/ping HTTP/1.1\r\nExpect: miracles${END}`, 417, 'expectation_failed'],
  ];
  for (const [what, bytes, status, error, allow] of cases) {
    it(`of ${what} is JSON with a message`, async () => {
      const answer = await sendBytes(gateway.url, bytes);
      expect([answer.status, answer.json()]).toEqual([
        status,
        { error, message: expect.stringMatching(/\w+\.$/) },
      ]);
      expect(answer.headers).toMatchObject({
        'content-type': 'application/json',
        'cache-control': 'no-store',
      });
      expect(answer.headers['allow']).toBe(allow);
      // TRACE echoes headers by its definition.
      expect(answer.text).not.toContain(KEY);
      expect(gateway.sandbox.requests).toEqual([]);
    });
  }

  it('of a request that does not arrive in time is 408', () => {
    expect(unreadable('ERR_HTTP_REQUEST_TIMEOUT', undefined, [])).toMatchObject({
      status: 408,
      message: expect.stringMatching(/\.$/),
    });
  });

  it('has no body for HEAD', async () => {
    const answer = await sendBytes(gateway.url, `HEAD /api//artists/1 HTTP/1.1${END}`);
    expect([answer.status, answer.text]).toEqual([404, '']);
  });

  it('is not what / is: that leads to the status page and to the docs', async () => {
    const { status, text } = await sendBytes(gateway.url, `GET / HTTP/1.1${END}`);
    expect([status, text]).toEqual([200, expect.stringContaining('docs/endpoints.md')]);
    const page = /http:\S+\/status\/page/.exec(text)?.[0] ?? '';
    expect((await fetch(page)).headers.get('content-type')).toContain('text/html');
  });

  it('leaves the process alive, also where the client has gone', async () => {
    for (const bytes of [`CONNECT localhost:443 HTTP/1.1${END}`, '\0\0\r\n\r\n']) {
      (await openSocket(gateway.url, bytes)).resetAndDestroy();
    }
    expect((await gateway.askWithoutKey('/ping')).status).toBe(200);
  });
});
