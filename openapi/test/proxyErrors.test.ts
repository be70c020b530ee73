import type { Fault } from '@discogs-agent/sandbox';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { answerProblems } from './support/answerCheck.ts';
import { documentedOperation } from './support/document.ts';
import {
  callGateway,
  type GatewayOverSandbox,
  READER_KEY,
  startGatewayOverSandbox,
} from './support/gatewayOverSandbox.ts';
import { startGateway } from './support/runningGateway.ts';

let gateway: GatewayOverSandbox;

beforeAll(async () => {
  gateway = await startGatewayOverSandbox();
}, 60_000);

afterAll(() => gateway?.close());
beforeEach(() => gateway.sandbox.clearFaults());

const ARTIST = '/artists/108713';
const LISTINGS = '/marketplace/listings';
const WANT = '/users/crate_digger/wants/249504';
const FOLDER_99 = '/users/crate_digger/collection/folders/99/releases/249504';

const IDS: Readonly<Record<string, string>> = {
  artists: 'getArtistProxy',
  database: 'searchDatabaseProxy',
  marketplace: 'createMarketplaceListingProxy',
};

/** The operation behind a path of a case. */
function operationOf(path: string, init: RequestInit): ReturnType<typeof documentedOperation> {
  if (path === FOLDER_99) return documentedOperation('addToCollectionProxy');
  if (path.startsWith('/users/')) {
    return documentedOperation(init.method === 'PUT' ? 'upsertWantlistProxy' : 'listWantlistProxy');
  }
  return documentedOperation(IDS[path.split('/')[1] ?? ''] ?? '');
}

const post = (body: string, contentType = 'application/json'): RequestInit => ({
  method: 'POST',
  headers: { 'content-type': contentType },
  body,
});
/** A body of unknown length goes out in chunks. */
const chunked = (): RequestInit => ({
  method: 'PUT',
  headers: { 'content-type': 'application/json' },
  body: new Blob(['{"rating":5}']).stream(),
  duplex: 'half',
});
const GET: RequestInit = {};
const withKey = (key: string, method = 'GET'): RequestInit => ({ method, headers: { 'x-api-key': key } });
const BAD_CONDITION = '{"release_id":249504,"condition":"Shiny","price":1}';

type RefusalCase = readonly [when: string, path: string, status: number, error: string, init: RequestInit];

const REFUSALS: readonly RefusalCase[] = [
  ['a word where an id belongs', '/artists/nirvana', 400, 'artist_id must be an integer', GET],
  ['a search for nothing', '/database/search?yeer=1991', 400, 'invalid_request', GET],
  ['a word where a number belongs', '/database/search?q=a&page=two', 400, 'invalid_request', GET],
  ['a query that is not UTF-8', '/database/search?q=%ZZ', 400, 'invalid_request', GET],
  ['a body that is not JSON', LISTINGS, 400, 'invalid_json', post('{')],
  ['a body that is a list', LISTINGS, 400, 'invalid_request', post('[]')],
  ['a body that lacks members', LISTINGS, 400, 'missing_fields', post('{"release_id":1}')],
  ['an unknown condition', LISTINGS, 400, 'invalid_request', post(BAD_CONDITION)],
  ['a wrong key', ARTIST, 401, 'unauthorized', withKey('wrong')],
  ['a write with a key that may only read', WANT, 403, 'read_only', withKey(READER_KEY, 'PUT')],
  ['a private wantlist', '/users/quiet_listener/wants', 403, 'unexpected_status', GET],
  ['an artist that does not exist', '/artists/999999999', 404, 'not_found', GET],
  ['a body without a length', WANT, 411, 'length_required', chunked()],
  ['a body above 1 MiB', LISTINGS, 413, 'payload_too_large', post(' '.repeat(1024 * 1024 + 1))],
  ['a body that is not announced as JSON', LISTINGS, 415, 'unsupported_media_type', post('{}', 'text/plain')],
  ['a folder that does not exist', FOLDER_99, 422, 'unexpected_status', { method: 'POST' }],
];

/** An artist that nobody has asked for yet: a kept answer would hide that Discogs fails. */
let lastId = 500_000_000;
const freshArtist = (): string => {
  lastId += 1;
  return `/artists/${lastId}`;
};

/** A wait that no caller would sit out, so the gateway does not try again. */
const WAIT = { 'Retry-After': '600' };

/** What clients of Discogs read, from whatever error. */
const WORDS = /[a-z]/i;

type FaultCase = readonly [when: string, fault: Fault, status: number, error: string];

const FAULTS: readonly FaultCase[] = [
  ['refuses the token', { kind: 'status', status: 401 }, 401, 'unexpected_status'],
  ['fails', { kind: 'status', status: 500 }, 502, 'upstream_error'],
  ['is closed for a while', { kind: 'status', status: 503, headers: WAIT }, 502, 'upstream_error'],
  ['sends a page', { kind: 'html', status: 200 }, 502, 'upstream_invalid'],
  ['blocks the address', { kind: 'html', status: 403 }, 502, 'upstream_invalid'],
  ['sends bytes that do not unpack', { kind: 'gzip', damage: 'garbage' }, 502, 'upstream_invalid'],
  ['hangs up', { kind: 'reset', stage: 'headers' }, 502, 'bad_gateway'],
  ['has no such record and says nothing', { kind: 'empty', status: 404 }, 404, 'not_found'],
  ['refuses without a word', { kind: 'empty', status: 403 }, 403, 'unexpected_status'],
  ['fails without a word', { kind: 'empty', status: 500 }, 502, 'upstream_error'],
];

describe('an error of the running gateway is what the document says', () => {
  it.each(REFUSALS)('for %s (%s, %i)', async (_, path, status, error, init) => {
    const answer = await gateway.call(path, init);
    expect([answer.status, JSON.parse(answer.body).error]).toEqual([status, error]);
    expect(JSON.parse(answer.body).message).toMatch(WORDS);
    expect(answerProblems(operationOf(path, init), answer)).toEqual([]);
  });

  it.each(FAULTS)('when Discogs %s', async (_, fault, status, error) => {
    // Not failures in a row, which would keep the gateway from asking.
    expect((await gateway.call(freshArtist())).status).toBe(200);
    // Until cleared: a read is tried twice.
    gateway.sandbox.fault({ fault, times: 0 });
    const answer = await gateway.call(freshArtist());
    expect([answer.status, JSON.parse(answer.body).error]).toEqual([status, error]);
    expect(JSON.parse(answer.body).message).toMatch(WORDS);
    expect(answerProblems(operationOf(ARTIST, GET), answer)).toEqual([]);
  });

  it('of a record that is known not to exist, from memory', async () => {
    await gateway.call('/artists/999999998');
    const answer = await gateway.call('/artists/999999998');
    expect([answer.status, answer.headers.get('age')]).toEqual([404, expect.any(String)]);
    expect(answerProblems(operationOf(ARTIST, GET), answer)).toEqual([]);
  });

  it('when Discogs fails all the time, so that it is not asked for a moment', async () => {
    gateway.sandbox.fault({ fault: { kind: 'status', status: 500 }, times: 0 });
    for (let call = 0; call < 5; call += 1) await gateway.call(freshArtist());
    const answer = await gateway.call(freshArtist());
    expect([answer.status, JSON.parse(answer.body).error]).toEqual([503, 'upstream_unavailable']);
    expect(answerProblems(operationOf(ARTIST, GET), answer)).toEqual([]);
    const write = await gateway.call(WANT, { method: 'PUT' });
    expect(write.status).toBe(503);
    expect(answerProblems(operationOf(WANT, { method: 'PUT' }), write)).toEqual([]);
  });

  // A gateway of their own: the pause is for everybody.
  it.each([
    // A write: a read waits for ten seconds and is sent once more.
    ['has no calls left', WANT, { method: 'PUT' }, { kind: 'status', status: 429, message: 'Slow down.' }],
    ['says how long to wait', '', GET, { kind: 'status', status: 429, headers: WAIT }],
  ] as const)('when Discogs %s, at first and for those who come later', async (_, path, init, fault) => {
    const limited = await startGatewayOverSandbox();
    try {
      limited.sandbox.fault({ fault, times: 0 });
      for (const source of 'headers' in fault ? ['discogs', 'proxy'] : ['discogs']) {
        const answer = await limited.call(path || freshArtist(), init);
        expect([answer.status, JSON.parse(answer.body)]).toMatchObject([
          429,
          { error: 'rate_limited', source },
        ]);
        expect(answerProblems(operationOf(path || ARTIST, init), answer)).toEqual([]);
      }
    } finally {
      await limited.close();
    }
  });

  it('when the gateway itself has no key to compare with', async () => {
    const unready = await startGateway({ DISCOGS_API_BASE_URL: gateway.sandbox.url });
    try {
      const answer = await callGateway(unready.url, ARTIST);
      expect([answer.status, JSON.parse(answer.body).error]).toEqual([503, 'server_misconfigured']);
      expect(answerProblems(operationOf(ARTIST, GET), answer)).toEqual([]);
    } finally {
      await unready.close();
    }
  });
});
