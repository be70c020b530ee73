/** An inventory export from its start to the file, through the gateway. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { send } from './support/send.ts';
import { openTestGateway, type TestGateway } from './support/testGateway.ts';

/** Longer than an export takes. */
const A_WHILE_MS = 60_000;
const EXPORT = '/inventory/export';
const DONE = `${EXPORT}/599632`;
/** A file with addresses of Discogs in it, which must stay. */
const OFFER = {
  release_id: 249504,
  condition: 'Mint (M)',
  price: 3,
  status: 'Draft',
  comments: 'see https://api.discogs.com/releases/249504, "mint"\n日本盤',
};

let nowMs = Date.now();
let gateway: TestGateway;
beforeAll(async () => {
  gateway = await openTestGateway({ sandbox: { now: () => nowMs } });
});
beforeEach(() => gateway.sandbox.reset());
afterAll(() => gateway.close());

const post = (path: string, body?: object) =>
  gateway.ask(path, {
    method: 'POST',
    ...(body ? { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) } : {}),
  });
const pathOf = (address: unknown): string => String(address).replace(`${gateway.url}/api`, '');
const directly = (path: string) =>
  send(gateway.sandbox.url, path, {
    headers: { 'user-agent': 'Example/1.0', authorization: 'Discogs token=sandbox-token' },
  });

it('is asked for, pending, done and downloaded by the addresses that the answers name', async () => {
  await post('/marketplace/listings', OFFER);
  const started = await post(EXPORT);
  const address = started.headers['location'] ?? '';
  expect([started.status, started.text]).toEqual([200, '']);
  expect(address).toMatch(new RegExp(`^${gateway.url}/api/inventory/export/[0-9]+$`));
  const path = pathOf(address);
  expect((await gateway.ask(path)).json()).toMatchObject({
    status: 'pending',
    url: address,
    download_url: null,
  });
  expect((await gateway.ask(`${path}/download`)).status).toBe(404);
  const second = await post(EXPORT);
  expect([second.status, second.json()]).toMatchObject([
    409,
    { error: 'unexpected_status', message: 'Another one is still running.' },
  ]);
  nowMs += A_WHILE_MS;
  // A kept answer would still be pending.
  const done = Object((await gateway.ask(path, { mayBeKept: true })).json());
  expect(done).toMatchObject({ status: 'success', download_url: `${address}/download` });
  const file = await gateway.ask(pathOf(done.download_url));
  expect(file.headers).toMatchObject({
    'content-type': 'text/csv; charset=utf-8',
    'content-disposition': `attachment; filename=${done.filename}`,
    'cache-control': 'private, no-store',
  });
  expect(file.bytes.equals((await directly(`${path}/download`)).bytes)).toBe(true);
  expect(file.text).toContain('"see https://api.discogs.com/releases/249504, ""mint""\n日本盤"');
  expect((await post(EXPORT)).status).toBe(200);
});

describe('the status of an export', () => {
  it('has the time of its last change, and none of it is kept', async () => {
    const first = await gateway.ask(DONE, { mayBeKept: true });
    expect(first.headers).toMatchObject({
      'last-modified': 'Fri, 27 Sep 2024 19:59:04 GMT',
      'cache-control': 'private, no-store',
      'x-cache': 'miss',
    });
    expect((await gateway.ask(DONE, { mayBeKept: true })).headers['x-cache']).toBe('miss');
  });

  it.each([
    ['at that time', { 'if-modified-since': 'Fri, 27 Sep 2024 19:59:04 GMT' }, 304],
    ['after it', { 'if-modified-since': 'Sat, 28 Sep 2024 00:00:00 GMT' }, 304],
    ['before it', { 'if-modified-since': 'Fri, 27 Sep 2024 19:59:03 GMT' }, 200],
    ['at no time', { 'if-modified-since': 'yesterday' }, 200],
    [
      'at that time, but with another ETag',
      { 'if-modified-since': 'Fri, 27 Sep 2024 19:59:04 GMT', 'if-none-match': '"x"' },
      200,
    ],
  ])('is 304 or not for who saw it %s', async (_, headers, status) => {
    const answer = await gateway.ask(DONE, { headers });
    expect([answer.status, answer.text === '']).toEqual([status, status === 304]);
    expect(answer.headers['last-modified']).toBe('Fri, 27 Sep 2024 19:59:04 GMT');
  });
});

describe('a download', () => {
  it('answers HEAD with its length', async () => {
    const { bytes } = await gateway.ask(`${DONE}/download`);
    const head = await gateway.ask(`${DONE}/download`, { method: 'HEAD' });
    expect([head.status, head.headers['content-length'], head.text]).toEqual([200, String(bytes.length), '']);
  });

  it.each([
    ['a page', { kind: 'html', status: 200 }, 502, 'upstream_invalid'],
    ['a refusal', { kind: 'status', status: 403, message: 'No.' }, 403, 'unexpected_status'],
    ['more than is read', { kind: 'huge', bytes: 33 * 1024 * 1024 }, 502, 'upstream_invalid'],
    ['no end', { kind: 'reset', stage: 'body' }, 502, 'bad_gateway'],
  ] as const)('is an error where Discogs sends %s', async (_, fault, status, error) => {
    gateway.sandbox.fault({ fault, times: 0 });
    const answer = await gateway.ask(`${DONE}/download`);
    gateway.sandbox.clearFaults();
    expect([answer.status, answer.json()]).toMatchObject([status, { error }]);
    expect(answer.headers['content-type']).toBe('application/json');
  });
});
