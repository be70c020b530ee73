import { beforeEach, describe, expect, it } from '@jest/globals';
import { AS_USER, at, rowsAt, sandboxed } from './support/sandboxed.ts';

let nowMs = Date.UTC(2026, 0, 15, 12);
/** Longer than any job takes. */
const A_WHILE_MS = 10_000;
const discogs = sandboxed({ limits: { authenticated: 1_000, anonymous: 1_000 }, now: () => nowMs });
beforeEach(() => {
  nowMs += A_WHILE_MS;
});

const pathOf = (headers: Headers): string => new URL(headers.get('location') ?? '').pathname;

describe('an export', () => {
  const EXPORT = '/inventory/export';

  it('takes a while, one at a time, and then shows the inventory as it was', async () => {
    const started = await discogs.send('POST', EXPORT);
    const path = pathOf(started.headers);
    expect(started).toMatchObject({ status: 200, body: '' });
    expect((await discogs.send('POST', EXPORT)).status).toBe(409);
    expect((await discogs.send('GET', path)).body).toMatchObject({ status: 'pending', finished_ts: null });
    expect((await discogs.send('GET', `${path}/download`)).status).toBe(404);
    await discogs.send('DELETE', '/marketplace/listings/172723812');
    nowMs += A_WHILE_MS;
    const done = await discogs.send('GET', path);
    expect(done.body).toMatchObject({
      status: 'success',
      filename: expect.stringMatching(/^crate_digger-inventory-2026\d{4}-\d{4}\.csv$/),
    });
    const file = await discogs.call(`${path}/download`, { headers: AS_USER });
    expect(file.headers.get('content-disposition')).toBe(`attachment; filename=${at(done.body, 'filename')}`);
    const lines = String(file.body).split('\r\n');
    expect(lines).toHaveLength(6);
    expect(lines[1]).toMatch(/^172723812,.*,For Sale,24\.50,/);
    expect((await discogs.send('POST', EXPORT)).status).toBe(200);
  });

  it('is in the list of its owner, the newest first, and for nobody else', async () => {
    await discogs.send('POST', EXPORT);
    const { body } = await discogs.send('GET', EXPORT);
    expect(rowsAt(body, 'items').map((row) => at(row, 'status'))).toEqual(['pending', 'success']);
    for (const path of [EXPORT, `${EXPORT}/599632`, `${EXPORT}/599632/download`]) {
      expect((await discogs.call(path)).status).toBe(401);
    }
    expect(await discogs.send('GET', `${EXPORT}/1`)).toMatchObject({
      status: 404,
      body: { message: 'The requested resource was not found.' },
    });
  });

  it('is not sent again to who knows its last change', async () => {
    const { headers } = await discogs.send('GET', `${EXPORT}/599632`);
    const condition = { 'If-Modified-Since': headers.get('last-modified') ?? '' };
    const again = await discogs.call(`${EXPORT}/599632`, { headers: { ...AS_USER, ...condition } });
    expect([again.status, again.body]).toEqual([304, '']);
  });
});

describe('an upload', () => {
  const UPLOAD = '/inventory/upload';
  const post = async (kind: string, csv: string, filename = 'a.csv') => {
    const body = new FormData();
    body.append('upload', new Blob([csv]), filename);
    return discogs.call(`${UPLOAD}/${kind}`, { method: 'POST', headers: AS_USER, body });
  };
  /** Ends after the upload is done, with its results. */
  const results = async (kind: string, csv: string) => {
    const { headers } = await post(kind, csv);
    nowMs += A_WHILE_MS;
    return at((await discogs.send('GET', pathOf(headers))).body, 'results');
  };
  const listings = async () =>
    rowsAt(
      (await discogs.send('GET', '/users/crate_digger/inventory?sort=listed&sort_order=desc')).body,
      'listings',
    );

  it('adds, changes and deletes listings, row by row', async () => {
    const rows = [
      'release_id,price,media_condition,accept_offer',
      '249504,5,Mint (M),Y',
      '77,5,Mint (M),',
      '1,0,Mint (M),',
    ];
    expect(await results('add', rows.join('\n'))).toBe(
      'CSV file contains 3 records.<p>Processed 1 records.<p>Line 3: Invalid release_id: release not found.<p>Line 4: Invalid price: expected float.',
    );
    const [added] = await listings();
    expect(added).toMatchObject({ release: { id: 249504 }, price: { value: 5 }, allow_offers: true });
    const id = at(added, 'id');
    await results('change', `listing_id,price,comments\r\n${id},7,"a, ""b""\r\nc"\r\n`);
    expect((await listings())[0]).toMatchObject({ id, price: { value: 7 }, comments: 'a, "b"\r\nc' });
    await results('change', 'release_id,location\r\n249504,Attic\r\n');
    expect((await listings())[0]).toMatchObject({ id, location: 'Attic', price: { value: 7 } });
    const before = (await listings()).length;
    expect(await results('delete', `listing_id\r\n${id}\r\n${id}\r\n`)).toContain(
      'Processed 1 records.<p>Line 3: ',
    );
    expect(await listings()).toHaveLength(before - 1);
  });

  it.each([
    ['add', 'a.txt', 'release_id', 415],
    ['add', 'a.csv', '', 415],
    ['add', 'a.csv', 'a"b,c', 415],
    ['add', 'a.csv', 'release_id,price\n', 422],
    ['change', 'a.csv', 'release_id\n1\n', 422],
    ['change', 'a.csv', 'price\n1\n', 422],
    ['delete', 'a.csv', 'release_id\n1\n', 422],
  ])('to %s is refused for the file %s with %j', async (kind, filename, csv, status) => {
    expect((await post(kind, csv, filename)).status).toBe(status);
  });

  it('is a form with a file, by somebody known, one at a time', async () => {
    expect((await discogs.send('POST', `${UPLOAD}/add`, { upload: 'x' })).status).toBe(415);
    expect((await discogs.call(`${UPLOAD}/add`, { method: 'POST' })).status).toBe(401);
    expect((await post('delete', 'listing_id\n1\n')).status).toBe(200);
    expect((await post('delete', 'listing_id\n1\n')).status).toBe(409);
    const { body } = await discogs.send('GET', UPLOAD);
    expect(rowsAt(body, 'items').map((row) => [at(row, 'type'), at(row, 'status')])).toEqual([
      ['delete', 'pending'],
      ['change', 'success'],
    ]);
  });
});
