import { MAX_BODY_BYTES } from '@discogs-agent/core';
import { describe, expect, it } from '@jest/globals';
import { checkInput } from '../src/gateway/checkInput.ts';
import { call } from './support/fakes.ts';

type Options = Parameters<typeof call>[2];

function check(method: string, target: string, options?: Options) {
  const request = call(method, target, options);
  if (request.match.found !== 'operation') throw new Error(`no operation at ${target}`);
  return checkInput(request.match.operation, request.match.path, request);
}

const JSON_TYPE = { 'content-type': 'application/json' };
const LISTING = { release_id: 1, condition: 'Mint (M)', price: 1.5 };

describe('paths', () => {
  it.each([
    'x',
    '-1',
    '1.0',
    ' 1',
    '%20',
    '1e3',
    '%D9%A1',
    '%C2%B2',
    '1%2F2',
    '%2e%2e',
    '1%3F',
    '1%23',
    '9'.repeat(16),
    '%ff',
    'null',
  ])('refuse the id "%s"', (id) => {
    expect(check('GET', `/artists/${id}`)).toEqual({ code: 'not_an_integer', field: 'artist_id' });
  });

  it.each(['0', '1', '007', '9'.repeat(15)])('pass the id "%s" on unchanged', (id) => {
    expect(check('GET', `/artists/${id}`)).toMatchObject({ path: { artist_id: id } });
  });

  it.each([
    ['crate_digger', 'crate_digger'],
    ['a%20b', 'a b'],
    ['%F0%9F%8E%B5', '🎵'],
    ['a%3Fx=1%23y', 'a?x=1#y'],
    ['a%252Fb', 'a%2Fb'],
  ])('take the user name %s as one value', (raw, username) => {
    expect(check('GET', `/users/${raw}/wants`)).toMatchObject({ path: { username } });
  });

  it.each(['%2e%2e', '.', 'a%2Fb', 'a%5Cb', '..%2Foauth%2Fidentity', '%00', '%0A', '%ff', 'a'.repeat(257)])(
    'refuse the user name %s',
    (raw) => {
      expect(check('GET', `/users/${raw}/wants`)).toMatchObject({
        code: 'invalid_request',
        reason: 'invalid_path',
        field: 'username',
      });
    },
  );
});

describe('queries', () => {
  it.each([
    ['q=nevermind', [['q', 'nevermind']]],
    ['query=nevermind', [['q', 'nevermind']]],
    ['query=a&q=b', [['q', 'b']]],
    ['q=a+b%20c', [['q', 'a b c']]],
    ['q=%E3%81%82', [['q', 'あ']]],
    ['genre=a&genre=b', [['genre', 'a,b']]],
    ['q=a&page=&style=', [['q', 'a']]],
    ['q=a&token=t&key=k&secret=s&callback=c&code=x&unknown=1&constructor=1&__proto__=1', [['q', 'a']]],
    [
      'q=a=b&page=-1&per_page=500',
      [
        ['q', 'a=b'],
        ['page', '-1'],
        ['per_page', '500'],
      ],
    ],
    ['type=release', [['type', 'release']]],
  ])('read ?%s', (query, expected) => {
    expect(check('GET', `/database/search?${query}`)).toMatchObject({ query: expected });
  });

  it.each([
    '',
    'page=1',
    'page=1&per_page=5&sort=year&sort_order=asc',
    'foo=1',
    'q=',
    '&&',
    'Q=a',
    'token=t',
  ])('without a search field are refused: ?%s', (query) => {
    expect(check('GET', `/database/search?${query}`)).toEqual({ code: 'no_supported_search_params' });
  });

  it.each([
    ['page=abc', 'page'],
    ['page=1&page=2', 'page'],
    ['page=%D9%A1', 'page'],
    ['type=single', 'type'],
    ['sort_order=up', 'sort_order'],
    [`artist=${'x'.repeat(10_000)}`, 'artist'],
  ])('with a wrong value are refused by name: ?%.20s', (query, field) => {
    const refusal = check('GET', `/database/search?q=a&${query}`);
    expect(refusal).toMatchObject({ code: 'invalid_request', reason: 'invalid_parameter', field });
  });

  it.each(['q=%', 'q=%zz', 'q=%ff', '%ff=1&q=a'])('that are not UTF-8 are refused: ?%s', (query) => {
    expect(check('GET', `/database/search?${query}`)).toMatchObject({ reason: 'invalid_encoding' });
  });

  it('pass a wantlist note on as Discogs documents it', () => {
    expect(check('PUT', '/users/u/wants/1?notes=hi&rating=5')).toMatchObject({
      query: [
        ['notes', 'hi'],
        ['rating', '5'],
      ],
    });
  });
});

describe('bodies', () => {
  const post = (body: string | Uint8Array, headers: Record<string, string> = JSON_TYPE) =>
    check('POST', '/marketplace/listings', { body, headers });

  it('pass on byte for byte with their content type', () => {
    const text = `{ "release_id":1,"condition":"Mint (M)", "price":1.50, "extra":[1] }`;
    const checked = post(text, { 'content-type': 'application/json; charset=utf-8' });
    expect(checked).toMatchObject({ contentType: 'application/json; charset=utf-8' });
    expect('body' in checked && new TextDecoder().decode(checked.body)).toBe(text);
  });

  it.each([
    ['', 'release_id,condition,price'],
    ['{}', 'release_id,condition,price'],
    ['{"price":null}', 'release_id,condition'],
    ['{"release_id":1,"price":1}', 'condition'],
  ])('without required members name them: %s', (body, fields) => {
    expect(post(body)).toEqual({ code: 'missing_fields', fields: fields.split(',') });
  });

  it.each(['{', 'nul', '{"a":1}x', '\u0000', '['.repeat(200_000), '{"a":"\\ud800'])(
    'that are not JSON are refused: %.10s',
    (body) => {
      expect(post(body)).toEqual({ code: 'invalid_json' });
    },
  );

  it('that are not UTF-8 are refused', () => {
    expect(post(new Uint8Array([0x7b, 0xff, 0x7d]))).toEqual({ code: 'invalid_json' });
  });

  it.each(['[]', 'null', '1', '"release_id condition price"', '["release_id","condition","price"]'])(
    'that are no object are refused: %s',
    (body) => {
      expect(post(body)).toMatchObject({ code: 'invalid_request', reason: 'invalid_body' });
    },
  );

  it.each([
    [{ price: '1' }, 'price', 'price must be of type number.'],
    [{ price: null }, 'price', 'price must be of type number.'],
    [{ price: -1 }, 'price', 'price must be at least 0.'],
    [{ release_id: 1.5 }, 'release_id', 'release_id must be of type integer.'],
    [{ condition: 'New' }, 'condition', expect.stringContaining('condition must be one of: Mint (M), ')],
    [{ status: 'Sold' }, 'status', 'status must be one of: For Sale, Draft, Expired.'],
    [{ allow_offers: 'yes' }, 'allow_offers', 'allow_offers must be of type boolean.'],
  ])('with a wrong member say which: %j', (change, field, message) => {
    const refusal = post(JSON.stringify({ ...LISTING, ...change }));
    expect(refusal).toEqual({ code: 'invalid_request', reason: 'invalid_body', field, message });
  });

  it.each([
    'text/plain',
    'application/x-www-form-urlencoded',
    'application/jsonx',
    'multipart/form-data; boundary=x',
  ])('as %s are refused', (contentType) => {
    expect(post(JSON.stringify(LISTING), { 'content-type': contentType })).toMatchObject({
      code: 'unsupported_media_type',
    });
  });

  it('up to one MiB are taken, and no byte more', () => {
    const padded = (size: number): string => {
      const text = JSON.stringify({ ...LISTING, comments: '' });
      return text.replace('"comments":""', `"comments":"${'x'.repeat(size - text.length)}"`);
    };
    expect(post(padded(MAX_BODY_BYTES))).not.toHaveProperty('code');
    expect(post(padded(MAX_BODY_BYTES + 1))).toEqual({
      code: 'payload_too_large',
      limitBytes: MAX_BODY_BYTES,
    });
  });

  it('that the host dropped because they had no length are asked for again', () => {
    expect(check('PUT', '/users/u/wants/1', { headers: { 'transfer-encoding': 'chunked' } })).toEqual({
      code: 'length_required',
    });
  });

  it('may be missing where they are optional, and are ignored on reads', () => {
    expect(check('PUT', '/users/u/wants/1')).toMatchObject({ body: undefined });
    expect(
      check('GET', '/artists/1', { body: 'x', headers: { 'content-type': 'text/plain' } }),
    ).toMatchObject({ body: undefined });
  });
});
