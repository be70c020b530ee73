/** Bodies that are kept: looked at once, when they come, and not again when they are shown. */
import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { answer, ask, call, fakeFetcher, gateway, timeout } from '../support/fakes.ts';

const LINKED = { resource_url: 'https://api.discogs.com/artists/1', text: 'x'.repeat(10_000) };
const BLANK = 0x20;

/** The digest of a host, and how many bytes it had to look at. */
function countingDigest() {
  const digest = (bytes: Uint8Array) => {
    counting.bytes += bytes.length;
    return createHash('sha1').update(bytes).digest('base64url');
  };
  const counting = { bytes: 0, digest };
  return counting;
}

describe('an answer that is shown again', () => {
  it('is not looked at again, neither for GET, HEAD nor 304, whatever address the caller used', async () => {
    const sent = answer(200, LINKED);
    const counting = countingDigest();
    const one = gateway({ fetcher: fakeFetcher(sent), digest: counting.digest });
    const first = await ask(one, call('GET', '/artists/1'));
    const length = String(first.text.length);
    const { etag = '' } = first.headers;
    // Whoever looked at these bytes now would find no JSON, no links and another digest.
    sent.body.fill(BLANK);
    counting.bytes = 0;
    const again = await one.handle(call('GET', '/artists/1'));
    expect(new TextDecoder().decode(again.body)).toMatch(/^ +"https:\/\/proxy\.example\/api\/ +$/);
    expect(again).toMatchObject({
      status: 200,
      headers: { etag, 'x-cache': 'hit', 'content-length': length },
    });
    const same = await one.handle(call('GET', '/artists/1', { headers: { 'if-none-match': etag } }));
    expect(same).toMatchObject({ status: 304, headers: { etag, 'x-cache': 'hit' }, body: new Uint8Array(0) });
    const head = await one.handle(call('HEAD', '/artists/1'));
    expect(head).toMatchObject({ status: 200, headers: { etag, 'content-length': length } });
    const elsewhere = { ...call('GET', '/artists/1'), baseUrl: 'https://other.example/api' };
    expect((await one.handle(elsewhere)).headers['content-length']).toBe(length);
    expect(counting.bytes).toBeLessThan(1000);
  });

  it('of a record that does not exist is not looked at again, either', async () => {
    const sent = answer(404, { message: 'Artist not found.' });
    const one = gateway({ fetcher: fakeFetcher(sent) });
    await ask(one, call('GET', '/artists/1'));
    sent.body.fill(BLANK);
    expect(await ask(one, call('GET', '/artists/1'))).toMatchObject({
      status: 404,
      json: { message: 'Artist not found.' },
      headers: { 'x-cache': 'hit' },
    });
  });

  it('counts in the cache with the places of its links', async () => {
    const cacheBytes = async (body: object) => {
      const one = gateway({ fetcher: fakeFetcher(answer(200, body)) });
      await ask(one, call('GET', '/artists/1'));
      const { json } = await ask(one, call('GET', '/status'));
      return (json as { cache: { bytes: number } }).cache.bytes;
    };
    const links = Array.from({ length: 100 }, () => 'https://api.discogs.com/x');
    const texts = links.map((link) => link.replace('api', 'xxx'));
    expect((await cacheBytes(links)) - (await cacheBytes(texts))).toBe(100 * 8);
  });
});

describe('an ETag', () => {
  const etagOf = async (body: object, baseUrl: string, environment = {}) => {
    const fetcher = fakeFetcher(answer(200, body));
    const one = gateway({ fetcher, environment, digest: countingDigest().digest });
    const { headers } = await ask(one, { ...call('GET', '/artists/1'), baseUrl });
    return headers['etag'];
  };

  it('names the same bytes by the same text, and others by another', async () => {
    const tags = await Promise.all([
      etagOf(LINKED, 'https://a.example/api'),
      etagOf(LINKED, 'https://a.example/api'),
      etagOf(LINKED, 'https://b.example/api'),
      etagOf({ ...LINKED, text: 'y' }, 'https://a.example/api'),
      etagOf(LINKED, 'https://a.example/api', { REWRITE_UPSTREAM_URLS: 'false' }),
    ]);
    expect(tags[0]).toBe(tags[1]);
    expect(new Set(tags).size).toBe(4);
  });
});

describe('an answer that is no JSON', () => {
  const broken = answer(200, '{"x":NaN}', { 'content-length': '9' });

  it('is an error for whoever asked, and not kept for the next one', async () => {
    const one = gateway({ fetcher: fakeFetcher(broken, answer(200, { id: 1 })) });
    const first = await ask(one, call('GET', '/artists/1'));
    expect(first).toMatchObject({ status: 502, json: { error: 'upstream_invalid', reason: 'json' } });
    expect(await ask(one, call('GET', '/artists/1'))).toMatchObject({
      status: 200,
      headers: { 'x-cache': 'miss' },
    });
  });

  it.each([
    ['text/html', '{"id":1}', 'html'],
    ['text/plain', 'all is well', 'json'],
    ['application/octet-stream', '{"id":1', 'json'],
  ])('is an error whatever it is announced as: %s', async (mediaType, body, reason) => {
    const one = gateway({ fetcher: fakeFetcher(answer(200, body, { 'content-type': mediaType })) });
    expect(await ask(one, call('GET', '/artists/1'))).toMatchObject({ status: 502, json: { reason } });
  });

  it('does not announce JSON, but is JSON: handed on as it is, with its own media type', async () => {
    const body = '{"resource_url":"https://api.discogs.com/artists/1"}';
    const one = gateway({ fetcher: fakeFetcher(answer(200, body, { 'content-type': 'text/plain' })) });
    const { status, headers, text } = await ask(one, call('GET', '/artists/1'));
    expect([status, headers['content-type'], text]).toEqual([200, 'text/plain', body]);
  });

  it.each([
    ['an empty 404', ''],
    ['a page with 404', '<html>Not Found</html>'],
    ['a 404 with broken JSON', '{"message":"Artist not found."'],
    ['a 404 without a message', '{}'],
  ])('%s says that there is no such record, but is not kept', async (_, body) => {
    const one = gateway({ fetcher: fakeFetcher(answer(404, body), answer(200, { id: 1 })) });
    expect(await ask(one, call('GET', '/artists/1'))).toMatchObject({
      status: 404,
      json: { error: 'not_found' },
    });
    expect(await ask(one, call('GET', '/artists/1'))).toMatchObject({ status: 200 });
  });
});

describe('a write that Discogs has carried out', () => {
  const put = call('PUT', '/users/u/wants/1');
  const failed = (cause: 'encoding' | 'too_large' | 'overloaded') =>
    ({ kind: 'failure', cause, name: 'x', detail: '', status: 201, header: () => undefined }) as const;

  it.each([
    ['broken JSON', answer(201, '{"x":NaN}')],
    ['half a document', answer(201, '{"id":1')],
    ['text', answer(201, 'Created', { 'content-type': 'text/plain' })],
    ['nothing', answer(201, '')],
    ['a body that does not unpack', failed('encoding')],
    ['a body without end', failed('too_large')],
    ['a body for which there is no room', failed('overloaded')],
  ])(
    'is a success without a body when what came back is %s, so that nobody repeats it',
    async (_, result) => {
      const fetcher = fakeFetcher(result);
      const { status, text, headers } = await ask(gateway({ fetcher }), put);
      expect([status, text, fetcher.requests.length]).toEqual([201, '', 1]);
      expect(headers).not.toHaveProperty('retry-after');
    },
  );

  it.each([
    ['a page', answer(200, '<html>Maintenance</html>'), 502],
    ['a refusal that does not unpack', { ...failed('encoding'), status: 403 }, 502],
    ['no answer', timeout, 504],
  ])('cannot be told from %s', async (_, result, status) => {
    expect((await ask(gateway({ fetcher: fakeFetcher(result) }), put)).status).toBe(status);
  });
});

describe('an answer for which there is no room', () => {
  const overloaded = { kind: 'failure', cause: 'overloaded', name: 'x', detail: '', status: 200 } as const;

  it('is told as such, with a time to wait, and is not asked for again at once', async () => {
    const fetcher = fakeFetcher(overloaded);
    const { status, json, headers } = await ask(gateway({ fetcher }), call('GET', '/artists/1'));
    expect([status, headers['retry-after'], fetcher.requests.length]).toEqual([503, '5', 1]);
    expect(json).toMatchObject({ error: 'overloaded', message: expect.stringContaining('5 seconds') });
  });

  it('is worse than an older one, and never opens the breaker', async () => {
    const good = answer(200, { n: 1 });
    const one = gateway({ fetcher: fakeFetcher(good, ...Array(9).fill(overloaded)) });
    await ask(one, call('GET', '/artists/1'));
    for (let round = 0; round < 8; round += 1) {
      const insisting = call('GET', '/artists/1', { headers: { 'cache-control': 'no-cache' } });
      expect(await ask(one, insisting)).toMatchObject({ json: { n: 1 }, headers: { 'x-cache': 'stale' } });
    }
    expect((await ask(one, call('GET', '/status'))).json).toMatchObject({ breaker: { state: 'closed' } });
  });
});
