/** Discogs' media types for texts: HTML, plain text, its own markup. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { openTestGateway, type TestGateway } from './support/testGateway.ts';

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await openTestGateway();
});
beforeEach(() => gateway.sandbox.reset());
afterAll(() => gateway.close());

const PROFILE = '/users/crate_digger';
const type = (form: string) => `application/vnd.discogs.v2.${form}+json`;
const ask = (path: string, accept: string, mayBeKept = false) =>
  gateway.ask(path, { headers: { accept }, mayBeKept });
const sent = () => gateway.sandbox.requests.map(({ headers }) => headers.accept);

describe('Accept with a text format of Discogs', () => {
  it('reaches Discogs, whose texts then have that form', async () => {
    expect((await ask(PROFILE, type('html'))).json()).toMatchObject({
      profile_html: expect.stringContaining('<a href="https://www.discogs.com/label/Svek">Svek</a>'),
    });
    expect((await ask(PROFILE, type('plaintext').toUpperCase())).json()).toMatchObject({
      profile_plaintext: expect.stringContaining('See Svek and Björk.'),
    });
    expect((await ask(PROFILE, type('discogs'))).json()).toMatchObject({
      profile: expect.stringContaining('[l=Svek]'),
    });
    expect(sent()).toEqual([type('html'), type('plaintext'), type('discogs')]);
  });

  it('among others is found, and one that is not wanted is not', async () => {
    await ask(PROFILE, `text/html, ${type('plaintext')};q=0.5, */*;q=0.1`);
    await ask(PROFILE, `${type('html')};q=0, ${type('plaintext')}`);
    expect(sent()).toEqual([type('plaintext'), type('plaintext')]);
  });

  it('keeps the links of the answer those of the gateway, whatever its media type is', async () => {
    const body = JSON.stringify({ releases_url: `${gateway.sandbox.url}/artists/1/releases` });
    gateway.sandbox.fault({ fault: { kind: 'body', status: 200, body, contentType: type('html') } });
    const answer = await ask('/artists/1', type('html'));
    expect(answer.headers['content-type']).toBe(type('html'));
    expect(answer.json()).toEqual({ releases_url: `${gateway.url}/api/artists/1/releases` });
  });
});

describe('the cache', () => {
  it('keeps one answer for each form, and says that answers vary', async () => {
    const path = '/artists/108713';
    const outcomes: unknown[] = [];
    for (const accept of [type('html'), 'application/json', type('html'), type('plaintext')]) {
      const answer = await ask(path, accept, true);
      outcomes.push([answer.headers['x-cache'], answer.headers['vary']]);
      expect(answer.text.includes('profile_html')).toBe(accept === type('html'));
    }
    const vary = 'x-api-key, authorization, accept';
    expect(outcomes).toEqual([
      ['miss', vary],
      ['miss', vary],
      ['hit', vary],
      ['miss', vary],
    ]);
  });

  it('keeps one answer for JSON, which has the markup of Discogs, and for whatever else a caller writes', async () => {
    await ask('/labels/895', 'application/json');
    const others = [
      type('discogs'),
      '*/*',
      'text/html',
      'x'.repeat(5_000),
      type('html5'),
      'application/vnd.discogs.v3.html+json',
    ];
    for (const accept of others) {
      expect((await ask('/labels/895', accept, true)).headers['x-cache']).toBe('hit');
    }
    expect(sent()).toEqual(['application/json']);
  });
});
