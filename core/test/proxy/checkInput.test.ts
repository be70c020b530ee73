import { MAX_BODY_BYTES, match } from '@discogs-agent/core';
import { describe, expect, it } from '@jest/globals';
import { checkInput } from '../../src/proxy/validation/checkInput.ts';
import { call } from '../support/fakes.ts';

type Options = Parameters<typeof call>[2];

function check(method: string, target: string, options?: Options) {
  const request = call(method, target, options);
  const found = match(request.method, request.path);
  if (found.kind !== 'operation') throw new Error(`no operation at ${target}`);
  return checkInput(found.operation, found.path, request);
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
    '%ff',
    'null',
  ])('refuse the id "%s"', (id) => {
    expect(check('GET', `/artists/${id}`)).toEqual({ code: 'not_an_integer', field: 'artist_id' });
  });

  it.each(['1', '007', '2147483647', `${'0'.repeat(200)}1`])('pass the id "%s" on unchanged', (id) => {
    expect(check('GET', `/artists/${id}`)).toMatchObject({ path: { artist_id: id } });
  });

  it.each(['0', '000', '2147483648', '9'.repeat(15), '9'.repeat(5_000), `${'0'.repeat(256)}1`])(
    'refuse the id "%.20s", which no record can have',
    (id) => {
      expect(check('GET', `/artists/${id}`)).toEqual({
        code: 'invalid_request',
        reason: 'invalid_path',
        field: 'artist_id',
        message: 'artist_id must be from 1 to 2147483647.',
      });
    },
  );

  it('take the ids of listings beyond 32 bits, and the folder 0', () => {
    expect(check('GET', '/marketplace/listings/9007199254740991')).toHaveProperty('path');
    expect(check('GET', '/marketplace/listings/9007199254740992')).toMatchObject({
      message: 'listing_id must be from 1 to 9007199254740991.',
    });
    expect(check('GET', '/users/u/collection/folders/0')).toHaveProperty('path');
    expect(check('GET', '/users/u/collection/folders/2147483648')).toMatchObject({
      message: 'folder_id must be from 0 to 2147483647.',
    });
  });

  it.each([
    ['crate_digger', 'crate_digger'],
    ['a%20b', 'a b'],
    ['%F0%9F%8E%B5', '🎵'],
    ["a&b=c+d,e'f(g):@!*", "a&b=c+d,e'f(g):@!*"],
    ['...', '...'],
  ])('take the user name %s as one value', (raw, username) => {
    expect(check('GET', `/users/${raw}/wants`)).toMatchObject({ path: { username } });
  });

  it.each([
    '%2e%2e',
    '.',
    '%20..',
    '.%20',
    'a%2Fb',
    'a%5Cb',
    'a%3Fb',
    'a%23b',
    'a;b',
    'a%3Bb',
    'a%252Fb',
    'a%25252Fb',
    '%252e%252e',
    '100%25',
    'a%25zz',
    '..%2Foauth%2Fidentity',
    '%00',
    '%0A',
    '%7F',
    '%C2%85',
    '%ff',
    'a'.repeat(257),
  ])('refuse the user name %s', (raw) => {
    expect(check('GET', `/users/${raw}/wants`)).toMatchObject({
      code: 'invalid_request',
      reason: 'invalid_path',
      field: 'username',
    });
  });
});

describe('queries', () => {
  it.each([
    ['q=nevermind', [['q', 'nevermind']]],
    ['query=nevermind', [['q', 'nevermind']]],
    ['query=a&q=b', [['q', 'b']]],
    ['q=a+b%20c', [['q', 'a b c']]],
    ['q=%E3%81%82', [['q', 'あ']]],
    ['genre=a&genre=b', [['genre', 'a']]],
    ['genre=&genre=b', [['genre', 'b']]],
    ['page=1', [['page', '1']]],
    ['sort_order=DESC', [['sort_order', 'desc']]],
    [
      'q=a&page=007',
      [
        ['q', 'a'],
        ['page', '7'],
      ],
    ],
    ['q=a&page=&style=', [['q', 'a']]],
    ['q=a&token=t&key=k&secret=s&callback=c&code=x&unknown=1&constructor=1&__proto__=1', [['q', 'a']]],
    [
      'q=a=b&page=10000000&per_page=100',
      [
        ['q', 'a=b'],
        ['page', '10000000'],
        ['per_page', '100'],
      ],
    ],
    [
      'q=a&page=1&page=2',
      [
        ['q', 'a'],
        ['page', '1'],
      ],
    ],
    ['type=Release', [['type', 'release']]],
  ])('read ?%s', (query, expected) => {
    expect(check('GET', `/database/search?${query}`)).toMatchObject({ query: expected });
  });

  it.each(['', 'foo=1', 'q=', '&&', 'Q=a', 'token=t'])('without a search field are refused: ?%s', (query) => {
    expect(check('GET', `/database/search?${query}`)).toEqual({ code: 'no_supported_search_params' });
  });

  it.each([
    ['page=abc', 'page'],
    ['page=x&page=2', 'page'],
    ['page=0', 'page'],
    ['page=-1', 'page'],
    ['page=%D9%A1', 'page'],
    ['page=10000001', 'page'],
    ['page=2147483647', 'page'],
    ['page=9999999999999999', 'page'],
    ['page=1e3', 'page'],
    ['per_page=101', 'per_page'],
    ['per_page=0', 'per_page'],
    ['per_page=-3', 'per_page'],
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

  it.each([
    ['page=10000001', 'page must be an integer from 1 to 10000000.'],
    ['per_page=101', 'per_page must be an integer from 1 to 100; Discogs sends at most 100 items a page.'],
    ['page=x', 'page must be an integer from 1 to 10000000.'],
  ])('say what is taken instead of ?%s', (query, message) => {
    expect(check('GET', `/labels/1/releases?${query}`)).toMatchObject({ message });
  });

  it.each(['-1', '6', '2147483648'])('refuse the rating %s', (rating) => {
    expect(check('PUT', `/users/u/wants/1?rating=${rating}`)).toMatchObject({
      reason: 'invalid_parameter',
      message: 'rating must be an integer from 0 to 5.',
    });
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
    [{ price: '1,5' }, 'price', 'price must be of type number.'],
    [{ price: '' }, 'price', 'price must be of type number.'],
    [{ price: '1e3' }, 'price', 'price must be of type number.'],
    [{ price: 0 }, 'price', 'price must be at least 0.01.'],
    [{ price: '-1' }, 'price', 'price must be at least 0.01.'],
    [{ release_id: '1.5' }, 'release_id', 'release_id must be of type integer.'],
    [{ price: null }, 'price', 'price must be of type number.'],
    [{ price: -1 }, 'price', 'price must be at least 0.01.'],
    [{ release_id: 1.5 }, 'release_id', 'release_id must be of type integer.'],
    [{ release_id: 2_147_483_648 }, 'release_id', 'release_id must be at most 2147483647.'],
    [{ condition: 'New' }, 'condition', expect.stringContaining('condition must be one of: Mint (M), ')],
    [{ status: 'Sold' }, 'status', 'status must be one of: For Sale, Draft, Expired.'],
    [{ allow_offers: 'yes' }, 'allow_offers', 'allow_offers must be of type boolean.'],
  ])('with a wrong member say which: %j', (change, field, message) => {
    const refusal = post(JSON.stringify({ ...LISTING, ...change }));
    expect(refusal).toEqual({ code: 'invalid_request', reason: 'invalid_body', field, message });
  });

  it.each(['text/plain', 'application/jsonx', 'multipart/form-data; boundary=x'])(
    'as %s are refused',
    (contentType) => {
      expect(post(JSON.stringify(LISTING), { 'content-type': contentType })).toMatchObject({
        code: 'unsupported_media_type',
      });
    },
  );

  it.each([
    ['application/json; x="€"'],
    ['application/json; x=é'],
    ['application/json;\u0001'],
    ['application/json; x=a\u007f'],
    ['application/json; x="a\r\nX-Other: b"'],
    [`application/json; x=${'a'.repeat(256)}`],
  ])('whose type no HTTP client can send are refused with the header named: %j', (contentType) => {
    expect(post(JSON.stringify(LISTING), { 'content-type': contentType })).toEqual({
      code: 'invalid_request',
      reason: 'invalid_header',
      field: 'Content-Type',
      message: 'Content-Type must be printable ASCII of at most 256 characters; application/json is enough.',
    });
  });

  it.each(['application/json;\tcharset="utf-8"', `application/json; x=${'a'.repeat(230)}`])(
    'whose type is unusual and can be sent are taken: %.40j',
    (contentType) => {
      expect(post(JSON.stringify(LISTING), { 'content-type': contentType })).toMatchObject({ contentType });
    },
  );

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

describe('orders', () => {
  const order = (change: unknown, path = '/marketplace/orders/1-1') =>
    check('POST', path, { body: JSON.stringify(change), headers: JSON_TYPE });
  const MESSAGES = '/marketplace/orders/1-1/messages';

  it.each([
    ['/marketplace/orders/1-1', { status: 'Shipped' }],
    ['/marketplace/orders/1-1', { shipping: 0 }],
    [MESSAGES, { message: 'hi' }],
    [MESSAGES, { message: 'hi', status: 'Shipped' }],
  ])('%s takes %j', (path, change) => {
    expect(order(change, path)).toHaveProperty('body');
  });

  it.each([
    [
      '/marketplace/orders/1-1',
      {},
      'The body must have either status or shipping; Discogs takes one at a time.',
    ],
    [
      '/marketplace/orders/1-1',
      { status: 'Shipped', shipping: 5 },
      'The body must have either status or shipping; Discogs takes one at a time.',
    ],
    ['/marketplace/orders/1-1', { shipping: -1 }, 'shipping must be at least 0.'],
    [
      '/marketplace/orders/1-1',
      { status: 'Lost' },
      expect.stringContaining('status must be one of: New Order, '),
    ],
    [MESSAGES, {}, 'The body must have message or status.'],
    [MESSAGES, { message: '' }, 'message must have at least 1 characters.'],
  ])('%s refuses %j', (path, change, message) => {
    expect(order(change, path)).toMatchObject({ reason: 'invalid_body', message });
  });

  it.each(['1', '1-', '1-1-1', 'a-1', '1%2F1', '1-1%20'])('with the id %s do not exist', (id) => {
    expect(check('GET', `/marketplace/orders/${id}`)).toMatchObject({
      reason: 'invalid_path',
      field: 'order_id',
    });
  });

  it.each(['2019-06-20T00:00:00Z', '2019-06-20', '2019-06-20T00:00:00-07:00'])(
    'may be placed after %s',
    (at) => {
      expect(check('GET', `/marketplace/orders?created_after=${at}`)).toMatchObject({
        query: [['created_after', at]],
      });
    },
  );

  it('are not placed after a word', () => {
    expect(check('GET', '/marketplace/orders?created_after=yesterday')).toMatchObject({
      reason: 'invalid_parameter',
      message: 'created_after must be a time in ISO 8601, such as 2019-06-20T00:00:00Z.',
    });
  });
});
