import { describe, expect, it } from '@jest/globals';
import { interpret } from '../../src/discogs/responseOutcome.ts';
import { answer, timeout } from '../support/fakes.ts';

const HTML = { 'content-type': 'text/html; charset=UTF-8' };
const LIMITS = { 'x-discogs-ratelimit': '60', 'x-discogs-ratelimit-remaining': '0' };

describe('interpret', () => {
  it.each([
    ['200', answer(200, { a: 1 }), { code: 'ok', status: 200, mediaType: 'application/json' }],
    ['a list', answer(200, ' [1]\n'), { code: 'ok' }],
    ['201', answer(201, { a: 1 }), { code: 'ok', status: 201 }],
    ['204', answer(204, ''), { code: 'ok', status: 204, body: new Uint8Array(0) }],
    ['204 with a body', answer(204, 'x'), { code: 'ok', status: 204, body: new Uint8Array(0) }],
    [
      'a media type with charset',
      answer(200, '{}', { 'content-type': 'application/json; charset=utf-8' }),
      { code: 'ok', mediaType: 'application/json' },
    ],
    [
      'HTML with 200',
      answer(200, '<html></html>', HTML),
      { code: 'upstream_invalid', reason: 'html', upstreamStatus: 200 },
    ],
    [
      'HTML that calls itself JSON',
      answer(200, '<!doctype html>'),
      { code: 'upstream_invalid', reason: 'html' },
    ],
    ['an empty body', answer(200, ''), { code: 'upstream_invalid', reason: 'json' }],
    ['half a document', answer(200, '{"a":[1,'), { code: 'upstream_invalid', reason: 'json' }],
    [
      '404',
      answer(404, { message: 'Artist not found.' }),
      { code: 'not_found', message: 'Artist not found.' },
    ],
    ['404 without a message', answer(404, '{}'), { code: 'not_found' }],
    [
      '401',
      answer(401, { message: 'Who?' }),
      { code: 'unexpected_status', upstreamStatus: 401, message: 'Who?' },
    ],
    [
      '403',
      answer(403, { message: 'No.' }),
      { code: 'unexpected_status', upstreamStatus: 403, message: 'No.' },
    ],
    [
      'a Cloudflare page',
      answer(403, '<html>', HTML),
      { code: 'upstream_invalid', reason: 'blocked', upstreamStatus: 403 },
    ],
    [
      '422',
      answer(422, { message: 'Bad.' }),
      { code: 'unexpected_status', upstreamStatus: 422, message: 'Bad.' },
    ],
    [
      'what newer calls of Discogs say in "detail", with the message',
      answer(422, {
        message: 'See "detail" for validation errors.',
        detail: [
          { type: 'literal_error', loc: ['body', 'value'], msg: "Input should be 'a' or 'b'", input: 'c' },
          { loc: ['folder_id'], msg: 'Field required' },
        ],
      }),
      {
        code: 'unexpected_status',
        upstreamStatus: 422,
        message:
          "See \"detail\" for validation errors. body.value: Input should be 'a' or 'b'. folder_id: Field required.",
      },
    ],
    [
      'a message whose "detail" is something else',
      answer(422, { message: 'Bad.', detail: [null, 'x', { msg: 7 }, {}] }),
      { code: 'unexpected_status', upstreamStatus: 422, message: 'Bad.' },
    ],
    [
      'a 304 that nobody asked for',
      answer(304, ''),
      { code: 'upstream_invalid', reason: 'not_modified', upstreamStatus: 304 },
    ],
    ['a redirect', answer(302, ''), { code: 'unexpected_status', upstreamStatus: 302 }],
    [
      '500',
      answer(500, { message: 'Oops' }),
      { code: 'upstream_error', upstreamStatus: 500, message: 'Oops' },
    ],
    ['502 with HTML', answer(502, '<html>', HTML), { code: 'upstream_error', upstreamStatus: 502 }],
    [
      '429',
      answer(429, { message: 'Slow.' }, LIMITS),
      { code: 'rate_limited', limit: '60', remaining: '0', reset: null, message: 'Slow.' },
    ],
    [
      '429 with nothing',
      answer(429, ''),
      { code: 'rate_limited', limit: null, remaining: null, reset: null },
    ],
    ['429 with Retry-After', answer(429, '', { 'retry-after': '30' }), { code: 'rate_limited', reset: 30 }],
    ['429 with nonsense', answer(429, '', { 'retry-after': '999999999' }), { reset: 3600 }],
    [
      '429 with a reset',
      answer(429, '', { 'x-discogs-ratelimit-reset': '12', 'retry-after': '30' }),
      { reset: 12 },
    ],
    ['a message that is no text', answer(404, { message: { a: 1 } }), { code: 'not_found' }],
    ['a timeout', timeout, { code: 'timeout' }],
  ])('understands %s', (_, result, expected) => {
    expect(interpret(result)).toMatchObject(expected);
  });

  const CSV = { 'content-type': 'text/csv; charset=utf-8' };
  const LINK = 'listing_id,comments\r\n1,"https://api.discogs.com/x"\r\n';

  it.each([
    [
      'as it is',
      answer(200, LINK, CSV),
      { code: 'ok', mediaType: CSV['content-type'], linkOffsets: new Uint32Array(0) },
    ],
    [
      'of another type',
      answer(200, LINK, { 'content-type': 'text/plain' }),
      { code: 'ok', mediaType: 'text/plain' },
    ],
    [
      'of a type that no host could send',
      answer(200, LINK, { 'content-type': 'text/csv; name=\u0141' }),
      { mediaType: 'text/csv' },
    ],
    [
      'that is empty',
      answer(200, '', CSV),
      { code: 'upstream_invalid', reason: 'file', upstreamStatus: 200 },
    ],
    ['that is JSON', answer(200, '{"message":"x"}'), { code: 'upstream_invalid', reason: 'file' }],
    ['that is a page', answer(200, '<html>', HTML), { code: 'upstream_invalid', reason: 'html' }],
    ['that is refused', answer(404, { message: 'No.' }), { code: 'not_found', message: 'No.' }],
    ['that fails', answer(500, { message: 'Oops' }), { code: 'upstream_error', message: 'Oops' }],
  ])('takes a file %s', (_, result, expected) => {
    expect(
      interpret(result, 'GET', [new TextEncoder().encode('https://api.discogs.com/')], 'text/csv'),
    ).toMatchObject(expected);
  });

  it('cuts a very long message', () => {
    const interpreted = interpret(answer(422, { message: 'x'.repeat(5000) }));
    expect('message' in interpreted && interpreted.message).toHaveLength(1000);
  });
});
