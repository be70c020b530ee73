/** The bodies of docs/errors.md, byte for byte. */
import { catalog } from '@discogs-agent/core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { INVALID_JSON, KEY_MISMATCH, missingFields, notAnInteger } from './support/errors.ts';
import type { Reply } from './support/send.ts';
import { openTestGateway, type TestGateway } from './support/testGateway.ts';

let gateway: TestGateway;
let talkative: TestGateway;
beforeAll(async () => {
  gateway = await openTestGateway();
  talkative = await openTestGateway({
    environment: { DEBUG_ERRORS: 'true', DISCOGS_API_BASE_URL: 'http://127.0.0.1:1' },
  });
});
beforeEach(() => gateway.sandbox.reset());
/** An artist that nobody has asked for: a kept answer would hide what goes wrong. */
let lastId = 500_000_000;
const freshArtist = () => {
  lastId += 1;
  return `/artists/${lastId}`;
};
afterAll(() => Promise.all([gateway.close(), talkative.close()]));

const json = { 'content-type': 'application/json' };
const post = (body: string) => ({ method: 'POST', headers: json, body });
const shown = ({ status, text }: Reply) => [status, text];

describe('refusals', () => {
  const ids = [
    ['artist_id', '/artists/x'],
    ['artist_id', '/artists/x/releases'],
    ['release_id', '/releases/x'],
    ['master_id', '/masters/x/versions'],
    ['label_id', '/labels/x'],
    ['folder_id', '/users/a/collection/folders/x/releases'],
    ['listing_id', '/marketplace/listings/x'],
    ['release_id', '/marketplace/price_suggestions/x'],
  ] as const;
  for (const [name, path] of ids) {
    it(`${path} is answered with the words of the original`, async () => {
      expect(shown(await gateway.ask(path))).toEqual([400, notAnInteger(name)]);
    });
  }

  it('name the first bad id of a path with several', async () => {
    const answer = await gateway.ask('/users/a/collection/folders/x/releases/y', { method: 'POST' });
    expect(shown(answer)).toEqual([400, notAnInteger('folder_id')]);
  });

  it('of a listing that is no JSON, or lacks what it needs, are those of the original', async () => {
    const path = '/marketplace/listings';
    expect(shown(await gateway.ask(path, post('{"a":')))).toEqual([400, INVALID_JSON]);
    for (const [body, fields] of [
      ['', 'release_id,condition,price'],
      ['{}', 'release_id,condition,price'],
      ['{"price":1,"unknown":2}', 'release_id,condition'],
      ['{"condition":null,"release_id":"x"}', 'price'],
    ] as const) {
      expect(shown(await gateway.ask(path, post(body)))).toEqual([400, missingFields(...fields.split(','))]);
    }
  });

  it('cost no call, and say nothing that a cache may keep', async () => {
    const answers = await Promise.all([
      gateway.ask('/artists/x'),
      gateway.ask('/nope'),
      gateway.askWithoutKey('/labels/1'),
    ]);
    expect(gateway.sandbox.requests).toEqual([]);
    for (const { headers } of answers) {
      expect(headers).toMatchObject({ 'content-type': 'application/json', 'cache-control': 'no-store' });
      expect(headers).not.toHaveProperty('x-discogs-ratelimit');
    }
  });

  it('of unknown paths and methods need no key and say what would work', async () => {
    const nowhere = await gateway.askWithoutKey('/nope');
    const mirrored = catalog.filter(({ handledBy, path }) => handledBy === 'discogs' && path !== '/');
    const prefixes = [...new Set(mirrored.map(({ path }) => path.replace(/\/\{.*$/, '')))].join(', ');
    const message = `No operation has this path. Served are paths of Discogs, behind /api, that begin with ${prefixes}; docs/endpoints.md lists them.`;
    expect(shown(nowhere)).toEqual([
      404,
      `{"error":"not_found","reason":"no_such_route","message":"${message}"}`,
    ]);
    const near = await gateway.askWithoutKey('/release/249504-Nirvana-Nevermind');
    expect(near.json()).toMatchObject({
      message: expect.stringContaining('Did you mean /api/releases/249504? Served are '),
    });
    const method = await gateway.askWithoutKey('/users/a/wants/1', { method: 'PATCH' });
    expect(shown(method)).toEqual([
      405,
      '{"error":"method_not_allowed","message":"This path takes PUT, POST, DELETE."}',
    ]);
    expect(method.headers['allow']).toBe('PUT, POST, DELETE');
  });
});

describe('what Discogs refuses', () => {
  /** The body with the trace id in the place of `$trace`. */
  const traced = ({ headers }: Reply, body: string) => body.replace('$trace', headers['x-trace-id'] ?? '');

  it('404 is passed on with its message and the trace id', async () => {
    const answer = await gateway.ask('/releases/999999999');
    const message = 'That release does not exist or may have been deleted.';
    expect(shown(answer)).toEqual([
      404,
      traced(answer, `{"error":"not_found","trace_id":"$trace","message":"${message}"}`),
    ]);
    expect(await gateway.trace(answer)).toMatchObject({
      status: 404,
      client_status: 404,
      source: 'discogs',
      error: 'not_found',
    });
  });

  it('403 is passed on with its message', async () => {
    const answer = await gateway.ask('/users/quiet_listener/collection/folders');
    const message =
      'You are not allowed to view this resource. Please authenticate as the owner to view this content.';
    expect(shown(answer)).toEqual([
      403,
      traced(
        answer,
        `{"error":"unexpected_status","upstream_status":403,"trace_id":"$trace","message":"${message}"}`,
      ),
    ]);
    expect(await gateway.trace(answer)).toMatchObject({ status: 403, error: 'unexpected_status' });
  });

  it('422 is passed on with its message', async () => {
    const listing = '{"release_id":249504,"condition":"Mint (M)","price":1}';
    const answer = await gateway.ask('/marketplace/listings', post(listing));
    expect(answer.status).toBe(422);
    expect(answer.json()).toEqual({
      error: 'unexpected_status',
      upstream_status: 422,
      trace_id: answer.headers['x-trace-id'],
      message: 'Invalid status: expected one of For Sale, Draft, Expired.',
    });
  });

  it('any other status is passed on, and says so where Discogs gave no reason', async () => {
    for (const status of [400, 401, 405, 409, 418]) {
      gateway.sandbox.fault({ fault: { kind: 'empty', status } });
      const answer = await gateway.ask(freshArtist());
      expect(shown(answer)).toEqual([
        status,
        traced(
          answer,
          `{"error":"unexpected_status","upstream_status":${status},"trace_id":"$trace","message":"Discogs refused this with status ${status} and gave no reason."}`,
        ),
      ]);
    }
  });

  it('429 is valid JSON: numbers as Discogs wrote them, and when the next call can go', async () => {
    const limited = await openTestGateway({ sandbox: { limits: { authenticated: 1, anonymous: 1 } } });
    // A stranger behind the same address, of whom the gateway knows nothing.
    await fetch(limited.sandbox.url, { headers: { 'user-agent': 'Stranger/1.0' } });
    const answer = await limited.ask('/users/crate_digger/wants/249504', { method: 'PUT' });
    // The pause lasts ten seconds, and the call itself is all that this limit allows in a minute.
    const reset = answer.headers['retry-after'];
    expect(reset).toMatch(/^6[01]$/);
    const message = 'You are making requests too quickly.';
    expect(shown(answer)).toEqual([
      429,
      traced(
        answer,
        `{"error":"rate_limited","trace_id":"$trace","limit":"1","remaining":"0","reset":${reset},"source":"discogs","message":"${message}"}`,
      ),
    ]);
    expect(answer.headers).toMatchObject({
      'x-discogs-ratelimit': '1',
      // The stranger's, and perhaps ours beside it.
      'x-discogs-ratelimit-used': expect.stringMatching(/^[12]$/),
      'x-discogs-ratelimit-remaining': '0',
      'cache-control': 'no-store',
    });
    expect(await limited.trace(answer)).toMatchObject({ status: 429, source: 'discogs', attempts: 1 });
    await limited.close();
  });

  it('429 of the gateway itself tells when a call frees, and Discogs is not asked', async () => {
    const limited = await openTestGateway({ sandbox: { limits: { authenticated: 1, anonymous: 1 } } });
    expect((await limited.ask('/artists/108713')).status).toBe(200);
    const answer = await limited.ask('/artists/108714');
    const reset = answer.headers['retry-after'];
    expect(Number(reset)).toBeGreaterThanOrEqual(59);
    expect(Number(reset)).toBeLessThanOrEqual(61);
    const message = `Rate limit reached. All calls of this minute are used. Retry after ${reset} seconds.`;
    expect(shown(answer)).toEqual([
      429,
      traced(
        answer,
        `{"error":"rate_limited","trace_id":"$trace","limit":"1","remaining":"0","reset":${reset},"source":"proxy","message":"${message}"}`,
      ),
    ]);
    expect(answer.headers).toMatchObject({
      'x-discogs-ratelimit': '1',
      'x-discogs-ratelimit-used': '1',
      'x-discogs-ratelimit-remaining': '0',
      'x-discogs-ratelimit-reset': reset,
      'cache-control': 'no-store',
    });
    expect(await limited.trace(answer)).toMatchObject({
      status: 429,
      client_status: 429,
      source: 'proxy',
      error: 'rate_limited',
      attempts: 0,
      budget_remaining: 0,
    });
    expect(limited.sandbox.requests).toHaveLength(1);
    await limited.close();
  });

  it('a message that would break JSON or a log line is passed on whole', async () => {
    const message = 'She said "no"\\ \n\u2028 <b>Björk</b> it\'s {not} here';
    gateway.sandbox.fault({ fault: { kind: 'status', status: 404, message } });
    const answer = await gateway.ask(freshArtist());
    expect(answer.json()).toHaveProperty('message', message);
    expect(await gateway.trace(answer)).toHaveProperty('client_status', 404);
  });

  it('5xx is one status here, and the one of Discogs stands in the body and in the trace', async () => {
    for (const status of [500, 501, 502, 503, 504, 521]) {
      gateway.sandbox.fault({ times: 2, fault: { kind: 'status', status, message: 'Down.' } });
      const answer = await gateway.ask(freshArtist());
      expect(shown(answer)).toEqual([
        502,
        traced(
          answer,
          `{"error":"upstream_error","upstream_status":${status},"trace_id":"$trace","message":"Down."}`,
        ),
      ]);
      const attempts = [502, 503, 504].includes(status) ? 2 : 1;
      expect(await gateway.trace(answer)).toMatchObject({ status, client_status: 502, attempts });
      gateway.sandbox.clearFaults();
      // A good call in between, so that these are not failures in a row.
      expect((await gateway.ask(freshArtist())).status).toBe(200);
    }
  });
});

describe('DEBUG_ERRORS', () => {
  it('adds what the connection said to a bad_gateway, as valid JSON', async () => {
    const answer = await talkative.ask('/artists/1');
    expect(answer.status).toBe(502);
    expect(answer.json()).toEqual({
      error: 'bad_gateway',
      trace_id: answer.headers['x-trace-id'],
      message: expect.stringMatching(/^The connection to Discogs failed\. /),
      detail: expect.stringMatching(/^ConnectError: .*ECONNREFUSED/),
    });
  });

  it('changes no other error', async () => {
    const wrong = await talkative.ask('/artists/1', { headers: { 'x-api-key': 'wrong' } });
    expect(wrong.text).toBe(KEY_MISMATCH);
    expect((await talkative.ask('/artists/x')).text).toBe(notAnInteger('artist_id'));
  });
});
