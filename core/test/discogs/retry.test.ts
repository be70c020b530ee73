import { describe, expect, it } from '@jest/globals';
import { decideRetry, retryAfterMs, retryAfterSeconds } from '../../src/discogs/retry.ts';
import { answer, timeout } from '../support/fakes.ts';

const NOW_MS = Date.parse('2026-11-21T10:00:00Z');
const failed = (cause: 'transport' | 'encoding' | 'too_large') =>
  ({ kind: 'failure', cause, name: 'ReadError', detail: '' }) as const;

describe('decideRetry', () => {
  it.each([
    ['a timeout', timeout, { waitMs: 250, errorType: 'TimeoutException' }],
    ['a transport error', failed('transport'), { waitMs: 250, errorType: 'ReadError' }],
    ['a bad encoding', failed('encoding'), undefined],
    ['an answer that is too large', failed('too_large'), undefined],
    ['502', answer(502), { waitMs: 250, errorType: 'Http502' }],
    ['503', answer(503), { waitMs: 250, errorType: 'Http503' }],
    ['504', answer(504), { waitMs: 250, errorType: 'Http504' }],
    [
      '503 with Retry-After',
      answer(503, '{}', { 'retry-after': '2' }),
      { waitMs: 2000, errorType: 'Http503' },
    ],
    ['500', answer(500), undefined],
    ['404', answer(404), undefined],
    ['403', answer(403), undefined],
    ['200', answer(200), undefined],
    ['200 with an empty body', answer(200, ''), { waitMs: 250, errorType: 'EmptyBody' }],
    ['429 that says nothing', answer(429), { waitMs: 0, errorType: 'Http429' }],
    [
      '429 with Retry-After',
      answer(429, '{}', { 'retry-after': '3' }),
      { waitMs: 3000, errorType: 'Http429' },
    ],
  ])('treats %s as it should', (_, result, decision) => {
    expect(decideRetry(result, 1, NOW_MS, 0.5)).toEqual(decision);
  });

  it('spreads the wait by 20 percent to both sides', () => {
    expect(decideRetry(timeout, 1, NOW_MS, 0)).toMatchObject({ waitMs: 200 });
    expect(decideRetry(timeout, 1, NOW_MS, 0.999999)).toMatchObject({ waitMs: expect.closeTo(300, 2) });
  });

  it('never asks a third time', () => {
    expect(decideRetry(timeout, 2, NOW_MS, 0.5)).toBeUndefined();
  });
});

describe('retryAfterMs', () => {
  it.each([
    ['7', 7000],
    ['0', 0],
    ['Sat, 21 Nov 2026 10:00:09 GMT', 9000],
    ['Sat, 21 Nov 2026 09:59:00 GMT', 0],
    ['-1', undefined],
    ['1.5', undefined],
    ['soon', undefined],
    ['99999999999', undefined],
    ['999999999', 3_600_000],
    ['3601', 3_600_000],
    ['Sat, 21 Nov 2099 10:00:00 GMT', 3_600_000],
    ['Sat, 99 Nov 2026 10:00:00 GMT', undefined],
    [' 7 ', 7000],
    ['7\n8', undefined],
    ['', undefined],
    [undefined, undefined],
  ])('reads %p as %p', (value, expected) => {
    expect(retryAfterMs(value, NOW_MS)).toBe(expected);
    expect(retryAfterSeconds(value, NOW_MS)).toBe(expected === undefined ? undefined : expected / 1000);
  });

  it('tells a part of a second as a whole one', () => {
    expect(retryAfterSeconds('Sat, 21 Nov 2026 10:00:09 GMT', NOW_MS + 100)).toBe(9);
  });
});
