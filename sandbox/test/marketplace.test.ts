import { describe, expect, it } from '@jest/globals';
import { sandboxed } from './support/sandboxed.ts';

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
