/** Request bodies as they should not be: none of them reaches Discogs. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { INVALID_JSON, missingFields } from './support/errors.ts';
import { type Reply, sendBytes } from './support/send.ts';
import { KEY, openTestGateway, type TestGateway } from './support/testGateway.ts';

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await openTestGateway();
});
beforeEach(() => gateway.sandbox.reset());
afterAll(() => gateway.close());

const LISTINGS = '/marketplace/listings';
const WANT = '/users/crate_digger/wants/249504';
const JSON_TYPE = { 'content-type': 'application/json' };
const GOOD = { release_id: 249504, condition: 'Mint (M)', price: 1, status: 'Draft' };

const shown = ({ status, text }: Reply) => [status, text];
const post = (body: string | Uint8Array, headers: Readonly<Record<string, string>> = JSON_TYPE) =>
  gateway.ask(LISTINGS, { method: 'POST', headers, body });
const put = (body: string | Uint8Array, headers: Readonly<Record<string, string>> = JSON_TYPE) =>
  gateway.ask(WANT, { method: 'PUT', headers, body });
const invalid = (message: string, field?: string) => [
  400,
  JSON.stringify({ error: 'invalid_request', reason: 'invalid_body', field, message }),
];
const nothingSent = () => expect(gateway.sandbox.requests).toEqual([]);

describe('a body that is not JSON', () => {
  const wrong = ['{', '{"a":1,}', "{'a':1}", 'release_id=1', 'undefined', '{}{}', '\u0000', '  '];
  for (const body of wrong) {
    it(`${JSON.stringify(body)} is invalid_json`, async () => {
      expect(shown(await post(body))).toEqual([400, INVALID_JSON]);
      nothingSent();
    });
  }

  it('is invalid_json when its bytes are no UTF-8, or packed', async () => {
    const latin1 = Buffer.from(JSON.stringify({ ...GOOD, comments: 'Björk' }), 'latin1');
    expect(shown(await post(latin1))).toEqual([400, INVALID_JSON]);
    const packed = Buffer.from([0x1f, 0x8b, 8, 0, 0]);
    expect(shown(await post(packed, { ...JSON_TYPE, 'content-encoding': 'gzip' }))).toEqual([
      400,
      INVALID_JSON,
    ]);
    nothingSent();
  });
});

describe('JSON of the wrong shape', () => {
  it('is refused when it is no object', async () => {
    for (const body of ['[]', '[{}]', 'null', '1', '"release_id condition price"', 'true']) {
      expect(shown(await post(body))).toEqual(invalid('The body must be a JSON object.'));
      expect((await put(body)).status).toBe(400);
    }
    nothingSent();
  });

  it('is refused with the field that is wrong', async () => {
    const complaints = [
      [{ release_id: '249504x' }, 'release_id', 'release_id must be of type number.'],
      [{ release_id: 1.5 }, 'release_id', 'release_id must be of type integer.'],
      [{ release_id: 0 }, 'release_id', 'release_id must be at least 1.'],
      [{ price: '12 USD' }, 'price', 'price must be of type number.'],
      [{ price: 0 }, 'price', 'price must be at least 0.01.'],
      [{ price: null }, 'price', 'price must be of type number.'],
      [{ price: -1 }, 'price', 'price must be at least 0.01.'],
      [{ allow_offers: 'yes' }, 'allow_offers', 'allow_offers must be of type boolean.'],
    ] as const;
    for (const [change, field, message] of complaints) {
      expect(shown(await post(JSON.stringify({ ...GOOD, ...change })))).toEqual(invalid(message, field));
    }
    const condition = await post(JSON.stringify({ ...GOOD, condition: 'mint' }));
    expect(condition.status).toBe(400);
    expect(condition.json()).toMatchObject({
      field: 'condition',
      message: expect.stringMatching(/^condition must be one of: Mint \(M\), .*Poor \(P\)\.$/),
    });
    nothingSent();
  });

  it('of a want is refused when its rating or notes are out of bounds', async () => {
    expect(shown(await put('{"rating":6}'))).toEqual(invalid('rating must be at most 5.', 'rating'));
    expect(shown(await put('{"rating":-1}'))).toEqual(invalid('rating must be at least 0.', 'rating'));
    expect((await put('{"rating":2.5}')).status).toBe(400);
    const notes = JSON.stringify({ notes: 'x'.repeat(2_001) });
    expect(shown(await put(notes))).toEqual(invalid('notes must have at most 2000 characters.', 'notes'));
    nothingSent();
  });

  it('that hides members behind a prototype lacks them', async () => {
    const body = '{"__proto__":{"release_id":1,"condition":"Mint (M)","price":1}}';
    expect(shown(await post(body))).toEqual([400, missingFields('release_id', 'condition', 'price')]);
    nothingSent();
  });

  it('nested ten thousand deep is answered, one way or the other', async () => {
    const deep = `${'['.repeat(10_000)}${']'.repeat(10_000)}`;
    const answer = await post(`{"release_id":249504,"condition":"Mint (M)","price":1,"x":${deep}}`);
    expect(answer.json()).toHaveProperty('error');
    expect(gateway.isAlive()).toBe(true);
  });
});

describe('the size of a body', () => {
  const filled = (bytes: number) => {
    const start = `${JSON.stringify(GOOD).slice(0, -1)},"comments":"`;
    return `${start}${'x'.repeat(bytes - start.length - 2)}"}`;
  };

  it('may be 1 MiB and not a byte more', async () => {
    expect((await post(filled(1_048_576))).status).toBe(201);
    expect(gateway.sandbox.requests[0]?.body.length).toBe(1_048_576);
    gateway.sandbox.reset();
    for (const bytes of [1_048_577, 2 * 1_048_576]) {
      expect(shown(await post(filled(bytes)))).toEqual([
        413,
        '{"error":"payload_too_large","message":"The body may have at most 1048576 bytes."}',
      ]);
    }
    nothingSent();
  });
});

describe('the media type of a body', () => {
  const REFUSED = [
    415,
    '{"error":"unsupported_media_type","message":"Send the body as JSON, with Content-Type: application/json."}',
  ];

  it('must be JSON', async () => {
    const types = ['text/plain', 'multipart/form-data; boundary=x', 'application/jsonx', 'text/json'];
    for (const type of types) {
      expect(shown(await post(JSON.stringify(GOOD), { 'content-type': type }))).toEqual(REFUSED);
    }
    const deletion = await gateway.ask(WANT, {
      method: 'DELETE',
      headers: { 'content-type': 'text/plain' },
      body: 'x',
    });
    expect(shown(deletion)).toEqual(REFUSED);
    nothingSent();
  });

  it('may be left out, have parameters, or be a kind of JSON', async () => {
    const types = ['APPLICATION/JSON;charset=UTF-8', 'application/vnd.discogs.v2+json', ''];
    for (const type of types) expect((await put('{"rating":1}', { 'content-type': type })).status).toBe(201);
    expect((await put('{"rating":1}', {})).status).toBe(201);
    const sent = gateway.sandbox.requests.map(({ headers }) => headers['content-type']);
    expect(sent).toEqual([...types.slice(0, 2), 'application/json', 'application/json']);
  });

  it('that cannot be sent on is refused, and is no failure of Discogs', async () => {
    const post = (line: string) =>
      sendBytes(
        gateway.url,
        Buffer.from(
          `POST /api${LISTINGS} HTTP/1.1\r\nHost: h\r\nx-api-key: ${KEY}\r\nConnection: close\r\n` +
            `Content-Type: ${line}\r\nContent-Length: ${JSON.stringify(GOOD).length}\r\n\r\n${JSON.stringify(GOOD)}`,
          'utf8',
        ),
      );
    for (const line of ['application/json; x="€"', `application/json; x=${'a'.repeat(300)}`]) {
      expect(shown(await post(line))).toEqual([
        400,
        '{"error":"invalid_request","reason":"invalid_header","field":"Content-Type","message":"Content-Type must be printable ASCII of at most 256 characters; application/json is enough."}',
      ]);
    }
    nothingSent();
    for (let time = 0; time < 6; time += 1) await post('application/json; x="€"');
    expect((await post('application/json;\tcharset=utf-8')).status).toBe(201);
  });

  it('does not matter without a body', async () => {
    const headers = { 'content-type': 'text/plain' };
    expect((await gateway.ask(WANT, { method: 'PUT', headers })).status).toBe(201);
    expect(gateway.sandbox.requests[0]?.headers).not.toHaveProperty('content-type');
  });
});

describe('a chunked body without a length', () => {
  const chunked = (method: string, path: string, body: string) =>
    sendBytes(
      gateway.url,
      `${method} /api${path} HTTP/1.1\r\nHost: h\r\nx-api-key: ${KEY}\r\nContent-Type: application/json\r\n` +
        `Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n` +
        `${body === '' ? '' : `${body.length.toString(16)}\r\n${body}\r\n`}0\r\n\r\n`,
    );
  const REFUSED = [
    411,
    '{"error":"length_required","message":"Send the body with a Content-Length; a chunked body does not reach this gateway."}',
  ];

  it('is lost on the platform, so every write that has one is refused', async () => {
    expect(shown(await chunked('POST', LISTINGS, JSON.stringify(GOOD)))).toEqual(REFUSED);
    expect(shown(await chunked('PUT', WANT, '{"rating":5}'))).toEqual(REFUSED);
    expect(shown(await chunked('DELETE', WANT, '{}'))).toEqual(REFUSED);
    nothingSent();
  });

  it('does not matter on a read', async () => {
    expect((await chunked('GET', '/artists/108713', '{}')).status).toBe(200);
  });
});

describe('a body where none belongs', () => {
  it('is not sent on with a read', async () => {
    const answer = await gateway.ask('/artists/108713', { headers: JSON_TYPE, body: '{"a":1}' });
    expect(answer.status).toBe(200);
    expect(gateway.sandbox.requests[0]?.body.length).toBe(0);
  });
});
