/** Inventory uploads from the file to what became of its rows, through the gateway. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { openTestGateway, type TestGateway } from './support/testGateway.ts';

/** Longer than an upload takes. */
const A_WHILE_MS = 60_000;
const BOUNDARY = '----boundary--of-the test';
const TYPE = `multipart/form-data; boundary="${BOUNDARY}"`;

let nowMs = Date.now();
let gateway: TestGateway;
beforeAll(async () => {
  gateway = await openTestGateway({ sandbox: { now: () => nowMs } });
});
beforeEach(() => {
  nowMs += A_WHILE_MS;
  gateway.sandbox.reset();
});
afterAll(() => gateway.close());

const multipart = (content: string, filename = 'mine.csv') =>
  `--${BOUNDARY}\r\ncontent-disposition: form-data; name="upload"; filename="${filename}"\r\n\r\n${content}\r\n--${BOUNDARY}--\r\n`;
const upload = (kind: string, content: string, filename?: string) =>
  gateway.ask(`/inventory/upload/${kind}`, {
    method: 'POST',
    headers: { 'content-type': TYPE },
    body: multipart(content, filename),
  });

/** Uploads, waits, and says what became of it. */
async function done(kind: string, content: string): Promise<unknown> {
  const { headers } = await upload(kind, content);
  nowMs += A_WHILE_MS;
  return (await gateway.ask(headers['location']?.replace(`${gateway.url}/api`, '') ?? '')).json();
}
const inventory = async () =>
  Object((await gateway.ask('/users/crate_digger/inventory?sort=listed&sort_order=desc')).json()).listings;

it('is taken byte for byte, pending, then done, at the address that the answer names', async () => {
  const content = 'release_id,price,media_condition,comments\r\n249504,12.50,Mint (M),"日本盤, ""mint"""\r\n';
  const taken = await upload('add', content);
  const address = taken.headers['location'] ?? '';
  expect([taken.status, taken.text]).toEqual([200, '']);
  expect(address).toMatch(new RegExp(`^${gateway.url}/api/inventory/upload/[0-9]+$`));
  const sent = gateway.sandbox.requests.at(-1);
  expect(sent?.headers['content-type']).toBe(TYPE);
  expect(sent?.body.equals(Buffer.from(multipart(content)))).toBe(true);
  const path = address.replace(`${gateway.url}/api`, '');
  expect((await gateway.ask(path)).json()).toMatchObject({
    status: 'pending',
    type: 'add',
    filename: 'mine.csv',
  });
  const second = await upload('delete', 'listing_id\r\n172723812\r\n');
  expect([second.status, second.json()]).toMatchObject([409, { error: 'unexpected_status' }]);
  nowMs += A_WHILE_MS;
  expect((await gateway.ask(path)).json()).toMatchObject({
    status: 'success',
    results: 'CSV file contains 1 records.<p>Processed 1 records.',
  });
  expect(await inventory()).toMatchObject([
    { release: { id: 249504 }, price: { value: 12.5 }, comments: '日本盤, "mint"', status: 'For Sale' },
    ...Array.from({ length: 4 }, () => ({})),
  ]);
});

it('changes and deletes what it names, and tells which rows could not be done', async () => {
  expect(await done('change', 'release_id,price,location\r\n249504,9,\r\n1,0.5,\r\n')).toMatchObject({
    results: expect.stringMatching(
      /^CSV file contains 2 records\.<p>Processed \d records\.<p>Line [23]: Item not found\./,
    ),
  });
  const [{ id }] = await inventory();
  expect(await done('delete', `listing_id\r\n${id}\r\n1\r\n`)).toMatchObject({
    results:
      'CSV file contains 2 records.<p>Processed 1 records.<p>Line 3: Item not found. It may have been deleted.',
  });
  expect(await inventory()).toHaveLength(3);
});

describe('what is wrong with a file', () => {
  it.each([
    [
      'add',
      'release_id,price\r\n1,1\r\n',
      'mine.csv',
      422,
      'Invalid header: missing column media_condition.',
    ],
    ['delete', 'release_id\r\n1\r\n', 'mine.csv', 422, 'Invalid header: missing column listing_id.'],
    ['add', 'PK\u0003\u0004', 'mine.zip', 415, 'The file is not a CSV file.'],
  ])('is said in the words of Discogs: %s %j', async (kind, content, name, status, message) => {
    const answer = await upload(kind, content, name);
    expect([answer.status, answer.json()]).toMatchObject([status, { error: 'unexpected_status', message }]);
  });

  it.each([
    ['of 5 MB', TYPE, multipart('x'.repeat(5_000_000)), 413, 'payload_too_large'],
    ['that is empty', TYPE, multipart(''), 400, 'invalid_request'],
    ['that is not there', TYPE, '', 400, 'missing_fields'],
    ['that is cut off', TYPE, multipart('a,b').slice(0, -20), 400, 'invalid_request'],
    ['without its form', 'text/csv', 'release_id\r\n1\r\n', 415, 'unsupported_media_type'],
  ])('is found before Discogs is asked: one %s', async (_, contentType, body, status, error) => {
    const answer = await gateway.ask('/inventory/upload/add', {
      method: 'POST',
      headers: { 'content-type': contentType },
      body,
    });
    expect([answer.status, answer.json()]).toMatchObject([status, { error }]);
    expect(gateway.sandbox.requests).toEqual([]);
  });
});

it('tells the kinds of uploads from their ids, whatever the method', async () => {
  for (const [method, path, allow] of [
    ['GET', '/inventory/upload/add', 'POST'],
    ['PUT', '/inventory/upload/delete', 'POST'],
    ['POST', '/inventory/upload/119615', 'GET, HEAD'],
    ['POST', '/inventory/upload', 'GET, HEAD'],
  ] as const) {
    const answer = await gateway.ask(path, { method });
    expect([path, answer.status, answer.headers['allow']]).toEqual([path, 405, allow]);
  }
  expect((await gateway.ask('/inventory/upload/119615')).json()).toMatchObject({ id: 119_615 });
});

it('is never sent twice', async () => {
  gateway.sandbox.fault({ fault: { kind: 'status', status: 503 }, times: 0 });
  const answer = await upload('add', 'release_id,price,media_condition\r\n1,1,Mint (M)\r\n');
  gateway.sandbox.clearFaults();
  expect(answer.status).toBe(502);
  expect(gateway.sandbox.requests).toHaveLength(1);
});
