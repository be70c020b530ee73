import { describe, expect, it } from '@jest/globals';
import { at, rowsAt, sandboxed } from './support/sandboxed.ts';

const discogs = sandboxed({ limits: { authenticated: 1_000, anonymous: 1_000 } });

describe('the selling fee', () => {
  it.each([
    ['10.00', { value: 0.8, currency: 'USD' }],
    ['0.5', { value: 0.1, currency: 'USD' }],
    ['99999', { value: 150, currency: 'USD' }],
    ['10.0000/EUR', { value: 0.8, currency: 'EUR' }],
    ['0/JPY', { value: 15.02, currency: 'JPY' }],
  ])('is a share of the price inside two bounds: %s', async (price, fee) => {
    expect(await discogs.call(`/marketplace/fee/${price}`)).toMatchObject({ status: 200, body: fee });
  });

  it.each([
    ['abc', 'Invalid price: expected float.'],
    ['1/XYZ', /^Invalid currency: expected one of USD, /],
  ])('is refused for %s', async (price, text) => {
    const answer = await discogs.call(`/marketplace/fee/${price}`);
    expect(answer).toMatchObject({ status: 422, body: { message: expect.stringMatching(text) } });
  });
});

describe('an order', () => {
  const ORDER = '/marketplace/orders/1-1';
  const change = (fields: object, path = ORDER) => discogs.send('POST', path, fields);
  const statusAndNext = (body: unknown) => [at(body, 'status'), rowsAt(body, 'next_status').length];

  it('goes forward only, and ends where nothing comes next', async () => {
    expect(statusAndNext((await discogs.send('GET', ORDER)).body)).toEqual(['New Order', 11]);
    expect(statusAndNext((await change({ status: 'Shipped' })).body)).toEqual(['Shipped', 2]);
    const back = await change({ status: 'New Order' });
    expect([back.status, back.body]).toEqual([
      422,
      { message: 'Invalid status: expected one of Shipped, Refund Sent.' },
    ]);
    expect(statusAndNext((await change({ status: 'Refund Sent' })).body)).toEqual(['Refund Sent', 1]);
  });

  it('is invoiced by a price of shipping, which counts into its total but not into its fee', async () => {
    const before = (await discogs.send('GET', ORDER)).body;
    const { body } = await change({ shipping: 7.5 });
    expect(at(body, 'status')).toBe('Invoice Sent');
    expect(at(body, 'total', 'value')).toBe(Number(at(before, 'total', 'value')) + 7.5);
    expect(at(body, 'fee')).toEqual(at(before, 'fee'));
    const { body: log } = await discogs.send('GET', `${ORDER}/messages`);
    expect(rowsAt(log, 'messages').map((row) => at(row, 'type'))).toEqual([
      'status',
      'shipping',
      'message',
      'status',
    ]);
    expect(at(log, 'messages', 1)).toMatchObject({ original: 0, new: 7.5 });
  });

  it('takes status and shipping one at a time, and a message or a status', async () => {
    expect((await change({ status: 'Shipped', shipping: 1 })).status).toBe(422);
    expect((await change({}, `${ORDER}/messages`)).status).toBe(422);
    expect(await change({ status: 'Shipped' }, `${ORDER}/messages`)).toMatchObject({
      status: 201,
      body: { type: 'status', status_id: 6 },
    });
  });

  it('is for its seller', async () => {
    for (const path of ['/marketplace/orders', ORDER, `${ORDER}/messages`]) {
      expect((await discogs.call(path)).status).toBe(401);
    }
    expect((await discogs.send('GET', '/marketplace/orders/1-99')).status).toBe(404);
  });

  it.each([
    ['archived=true', ['1-3']],
    ['archived=false&sort=id&sort_order=desc', ['1-2', '1-1']],
    ['status=New%20Order', ['1-1']],
    ['status=Cancelled', []],
    ['created_after=2025-10-22T00:00:00Z', ['1-2', '1-3']],
    ['created_before=2025-10-22T00:00:00Z', ['1-1']],
  ])('is found by %s', async (query, ids) => {
    const { body } = await discogs.send('GET', `/marketplace/orders?${query}`);
    expect(rowsAt(body, 'orders').map((row) => at(row, 'id'))).toEqual(ids);
  });

  it('has one of the documented statuses', async () => {
    const { status, body } = await discogs.send('GET', '/marketplace/orders?status=Lost');
    expect([status, at(body, 'message')]).toEqual([
      422,
      expect.stringMatching(/^Invalid status: expected one of All, /),
    ]);
  });
});
