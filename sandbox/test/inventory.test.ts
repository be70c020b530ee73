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
