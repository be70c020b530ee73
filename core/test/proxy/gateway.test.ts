import { describe, expect, it } from '@jest/globals';
import { answer, ask, call, fakeFetcher, gateway, timeout } from '../support/fakes.ts';

const RATE = {
  'x-discogs-ratelimit': '60',
  'x-discogs-ratelimit-used': '3',
  'x-discogs-ratelimit-remaining': '57',
};
/** Discogs' numbers lag by the call that they come with; ours do not. */
const WINDOW = {
  'x-discogs-ratelimit': '60',
  'x-discogs-ratelimit-used': '4',
  'x-discogs-ratelimit-remaining': '56',
  'x-discogs-ratelimit-reset': '0',
};

describe('a good answer', () => {
  it('is what Discogs sent, with its links and paging pointing back', async () => {
    const link = '<https://api.discogs.com/artists/1/releases?page=2>; rel="next"';
    const fetcher = fakeFetcher(
      answer(200, '{ "url":"https://api.discogs.com/artists/1" }', {
        ...RATE,
        link,
        'content-type': 'application/json; charset=utf-8',
        'set-cookie': 'a=b',
        server: 'cloudflare',
      }),
    );
    const { status, headers, text } = await ask(
      gateway({ fetcher }),
      call('GET', '/artists/1/releases?page=1'),
    );
    expect(status).toBe(200);
    expect(text).toBe('{ "url":"https://proxy.example/api/artists/1" }');
    expect(headers).toEqual({
      ...WINDOW,
      'x-cache': 'miss',
      link: '<https://proxy.example/api/artists/1/releases?page=2>; rel="next"',
      'content-type': 'application/json',
      'content-length': String(text.length),
      'cache-control': 'private, max-age=1800',
      vary: 'x-api-key, authorization, accept',
      etag: '"digest-digest"',
      'x-trace-id': '11111111-2222-4333-8444-555555555555',
    });
  });

  it('sends only controlled headers to Discogs', async () => {
    const fetcher = fakeFetcher(answer(200));
    const headers = {
      authorization: 'Basic x',
      cookie: 'c',
      'content-type': 'application/json',
      'if-none-match': '"x"',
      accept: '*/*',
      'user-agent': 'evil',
    };
    await ask(gateway({ fetcher }), call('GET', '/artists/1?token=t', { headers }));
    expect(fetcher.requests).toEqual([
      {
        method: 'GET',
        pathAndQuery: '/artists/1',
        headers: {
          'user-agent': 'DiscogsAgent/9.9.9',
          accept: 'application/json',
          authorization: 'Discogs token=the-token',
        },
        body: undefined,
      },
    ]);
  });

  it('encodes every path value as one segment', async () => {
    const fetcher = fakeFetcher(answer(200));
    await ask(gateway({ fetcher }), call('GET', '/users/a..%26x%3Dy%20%F0%9F%8E%B5/wants?sort=added'));
    expect(fetcher.requests[0]?.pathAndQuery).toBe('/users/a..%26x%3Dy%20%F0%9F%8E%B5/wants?sort=added');
  });

  it('is not rewritten with REWRITE_UPSTREAM_URLS=false, and uses PUBLIC_BASE_URL where set', async () => {
    const body = '{"url":"https://api.discogs.com/artists/1"}';
    const asked = async (environment: Record<string, string>) =>
      (
        await ask(
          gateway({ environment, fetcher: fakeFetcher(answer(200, body)) }),
          call('GET', '/artists/1'),
        )
      ).text;
    expect(await asked({ REWRITE_UPSTREAM_URLS: 'false' })).toBe(body);
    expect(await asked({ PUBLIC_BASE_URL: 'https://x.example/d/' })).toBe(
      '{"url":"https://x.example/d/artists/1"}',
    );
  });

  it('of a user is never kept, and a write has no ETag', async () => {
    const personal = await ask(gateway(), call('GET', '/users/u/wants'));
    expect(personal.headers['cache-control']).toBe('private, no-store');
    const fetcher = fakeFetcher(answer(201, { instance_id: 1 }));
    const write = await ask(gateway({ fetcher }), call('POST', '/users/u/collection/folders/1/releases/2'));
    expect(write).toMatchObject({ status: 201, json: { instance_id: 1 } });
    expect(write.headers).not.toHaveProperty('etag');
  });

  it('to HEAD has the headers of GET and no body', async () => {
    const fetcher = fakeFetcher(answer(200, { a: 1 }));
    const { status, headers, text } = await ask(gateway({ fetcher }), call('HEAD', '/artists/1'));
    expect({ status, text }).toEqual({ status: 200, text: '' });
    expect(headers).toMatchObject({ 'content-length': '7', etag: '"digest-digest"' });
    expect(fetcher.requests[0]?.method).toBe('GET');
  });

  it.each([
    ['"digest-digest"', 304],
    ['W/"digest-digest"', 304],
    ['"other", "digest-digest"', 304],
    ['*', 304],
    ['"other"', 200],
    ['digest', 200],
  ])('to If-None-Match %s has status %i', async (ifNoneMatch, status) => {
    const fetcher = fakeFetcher(answer(200, { a: 1 }, RATE));
    const asked = await ask(
      gateway({ fetcher }),
      call('GET', '/artists/1', { headers: { 'if-none-match': ifNoneMatch } }),
    );
    expect(asked.status).toBe(status);
    expect(asked.text === '').toBe(status === 304);
    expect(asked.headers).toMatchObject({ etag: '"digest-digest"', 'x-discogs-ratelimit-remaining': '56' });
  });

  it('204 has neither body nor length', async () => {
    const { status, headers, text } = await ask(
      gateway({ fetcher: fakeFetcher(answer(204, '')) }),
      call('DELETE', '/users/u/wants/1'),
    );
    expect({ status, text }).toEqual({ status: 204, text: '' });
    expect(headers).not.toHaveProperty('content-length');
  });

  it('echoes the ids that the caller sent, cleaned and bounded', async () => {
    const headers = { 'x-client-trace-id': `a\u00e9b\n${'x'.repeat(500)}`, 'x-action-operation-hash': 'h' };
    const { headers: sent } = await ask(gateway(), call('GET', '/artists/1', { headers }));
    expect(sent['x-client-trace-id']).toBe(`ab${'x'.repeat(254)}`);
    expect(sent['x-operation-hash']).toBe('h');
  });
});

describe('an error of Discogs', () => {
  it('keeps its words, its limits and its waiting time', async () => {
    const fetcher = fakeFetcher(
      answer(429, { message: 'You are making requests too quickly.' }, { ...RATE, 'retry-after': '60' }),
    );
    const { status, headers, text } = await ask(gateway({ fetcher }), call('GET', '/artists/1'));
    expect(status).toBe(429);
    expect(text).toBe(
      '{"error":"rate_limited","trace_id":"11111111-2222-4333-8444-555555555555","limit":"60","remaining":"0","reset":60,"source":"discogs","message":"You are making requests too quickly."}',
    );
    expect(headers).toMatchObject({
      ...WINDOW,
      'x-discogs-ratelimit-remaining': '0',
      'x-discogs-ratelimit-reset': '60',
      'retry-after': '60',
      'cache-control': 'no-store',
      'x-trace-id': expect.any(String),
    });
    expect(fetcher.requests).toHaveLength(1);
  });

  it('without any header is still valid JSON, and tells the pause that it began', async () => {
    const one = gateway({ fetcher: fakeFetcher(answer(429, '')) });
    const { json, headers } = await ask(one, call('PUT', '/users/u/wants/1'));
    expect(json).toMatchObject({ error: 'rate_limited', limit: null, remaining: null, reset: 10 });
    expect(headers).toMatchObject({ 'retry-after': '10', 'x-discogs-ratelimit-reset': '10' });
  });

  it.each([
    [
      answer(404, { message: 'Artist not found.' }),
      404,
      { error: 'not_found', message: 'Artist not found.' },
    ],
    [answer(500, ''), 502, { error: 'upstream_error', upstream_status: 500 }],
    [
      answer(401, { message: 'Who?' }),
      401,
      { error: 'unexpected_status', upstream_status: 401, message: 'Who?' },
    ],
    [
      answer(302, '', { location: 'https://evil/' }),
      302,
      { error: 'unexpected_status', upstream_status: 302 },
    ],
    [
      answer(403, '<html>', { 'content-type': 'text/html' }),
      502,
      { error: 'upstream_invalid', reason: 'blocked', upstream_status: 403 },
    ],
  ])('%# becomes an answer of ours', async (result, status, body) => {
    const asked = await ask(gateway({ fetcher: fakeFetcher(result) }), call('GET', '/artists/1'));
    expect(asked).toMatchObject({ status, json: { ...body, trace_id: expect.any(String) } });
    expect(asked.headers).not.toHaveProperty('location');
  });

  it('shows the detail of a transport error only with DEBUG_ERRORS', async () => {
    const broken = {
      kind: 'failure',
      cause: 'transport',
      name: 'ReadError',
      detail: 'say "hi" \\ \n',
    } as const;
    const asked = async (environment: Record<string, string>) =>
      (await ask(gateway({ environment, fetcher: fakeFetcher(broken) }), call('DELETE', '/users/u/wants/1')))
        .json;
    expect(await asked({})).toEqual({
      error: 'bad_gateway',
      trace_id: expect.any(String),
      message: expect.stringContaining('connection'),
    });
    expect(await asked({ DEBUG_ERRORS: 'true' })).toMatchObject({ detail: 'ReadError: say "hi" \\ \n' });
  });
});

describe('repeating', () => {
  it('a read once after a timeout, with jitter', async () => {
    const fetcher = fakeFetcher(timeout, answer(200, { a: 1 }));
    const startedAt = Date.now();
    const { status } = await ask(gateway({ fetcher }), call('GET', '/artists/1'));
    expect(status).toBe(200);
    expect(fetcher.requests).toHaveLength(2);
    expect(Date.now() - startedAt).toBeGreaterThanOrEqual(240);
  });

  it.each([
    ['POST', '/users/u/collection/folders/1/releases/2'],
    ['PUT', '/users/u/wants/1'],
    ['DELETE', '/users/u/wants/1'],
  ])('never a %s', async (method, path) => {
    const fetcher = fakeFetcher(timeout, answer(200));
    const { status } = await ask(gateway({ fetcher }), call(method, path));
    expect(status).toBe(504);
    expect(fetcher.requests).toHaveLength(1);
  });

  it('not when too little of the deadline would be left for Discogs', async () => {
    const fetcher = fakeFetcher(timeout, answer(200));
    const { status } = await ask(gateway({ fetcher, deadlineMs: 5200 }), call('GET', '/artists/1'));
    expect(status).toBe(504);
    expect(fetcher.requests).toHaveLength(1);
    expect(fetcher.timeouts[0]).toBeLessThanOrEqual(5200);
  });

  it('waits as long as Retry-After says where that fits, else hands it on', async () => {
    const fitting = fakeFetcher(answer(503, '', { 'retry-after': '1' }), answer(200));
    const startedAt = Date.now();
    expect(await ask(gateway({ fetcher: fitting }), call('GET', '/artists/1'))).toMatchObject({
      status: 200,
    });
    expect(Date.now() - startedAt).toBeGreaterThanOrEqual(990);
    const tooLong = fakeFetcher(answer(503, '', { 'retry-after': '26' }), answer(200));
    const asked = await ask(gateway({ fetcher: tooLong }), call('GET', '/artists/1'));
    expect(asked).toMatchObject({ status: 502, headers: { 'retry-after': '26' } });
    expect(tooLong.requests).toHaveLength(1);
  });

  it('gives no attempt more than ten seconds', async () => {
    const fetcher = fakeFetcher(answer(200));
    await ask(gateway({ fetcher }), call('GET', '/artists/1'));
    expect(fetcher.timeouts).toEqual([10_000]);
  });
});

describe('a bug', () => {
  it('is a 500 with a trace id and without its text, and the next call works', async () => {
    let calls = 0;
    const fetcher = async () => {
      calls += 1;
      if (calls === 1) throw new TypeError('secret internals');
      return answer(200);
    };
    const one = gateway({ fetcher });
    const { status, text, headers } = await ask(one, call('GET', '/artists/1'));
    expect(status).toBe(500);
    expect(text).toBe(
      '{"error":"internal_error","trace_id":"11111111-2222-4333-8444-555555555555","message":"The gateway failed at this request. Report it with the trace id. After a write, check first whether it was carried out."}',
    );
    expect(headers['cache-control']).toBe('no-store');
    expect(await ask(one, call('GET', '/artists/1'))).toMatchObject({ status: 200 });
  });
});
