import { describe, expect, it } from '@jest/globals';
import type { DiscogsRequest } from '../../src/discogs/request.ts';
import { healthOf } from '../../src/upstream/breaker/health.ts';
import { answer, timeout } from '../support/fakes.ts';

const request = (pathAndQuery: string, method = 'GET', body?: Uint8Array): DiscogsRequest => ({
  method,
  pathAndQuery,
  headers: {},
  body,
});
const RECORD = request('/releases/249504');
const REFUSED = answer(403, '<html></html>', { 'content-type': 'text/html' });
const transport = { ...timeout, cause: 'transport', name: 'ReadError' } as const;

describe('the health of Discogs', () => {
  it.each([
    ['a record', answer(200, { id: 1 }), 'worked'],
    ['a 404', answer(404), 'worked'],
    ['a 403 in JSON', answer(403, { message: 'No.' }), 'worked'],
    ['a 429', answer(429), 'worked'],
    ['a body that is too large', { ...timeout, cause: 'too_large' } as const, 'worked'],
    ['a 5xx whose body is too large', { ...timeout, cause: 'too_large', status: 500 } as const, 'failed'],
    ['a 500', answer(500), 'failed'],
    ['a 503 in HTML', answer(503, '<html></html>', { 'content-type': 'text/html' }), 'failed'],
    ['no answer in time', timeout, 'failed'],
    ['a broken connection', transport, 'failed'],
    ['no connection', { ...transport, isUnreachable: true } as const, 'unreachable'],
    ['a bug', undefined, 'failed'],
  ])('after %s is as it should be', (_, result, expected) => {
    expect(healthOf(RECORD, result)).toBe(expected);
  });

  it.each([
    ['a record', RECORD, 'failed'],
    ['a listing', request('/marketplace/listings/1', 'DELETE'), 'failed'],
    ['who the token belongs to', request('/oauth/identity'), 'failed'],
    ['a query', request('/releases/249504?curr_abbr=USD'), 'inconclusive'],
    ['a search', request('/database/search?q=x'), 'inconclusive'],
    ['a name', request('/users/crate_digger/wants'), 'inconclusive'],
    ['a name and a number', request('/users/crate_digger/wants/1', 'DELETE'), 'inconclusive'],
    ['a body', request('/marketplace/listings', 'POST', new Uint8Array(2)), 'inconclusive'],
    ['nothing that is known', request('/somewhere'), 'inconclusive'],
  ])(
    'after a refusal of the edge for %s is said only where no text of a caller was sent',
    (_, refused, expected) => {
      expect(healthOf(refused, REFUSED)).toBe(expected);
    },
  );
});
