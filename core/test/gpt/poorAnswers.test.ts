/** Answers of Discogs that have little: an agent is shown what there is, and never `null`, `0` for unknown or `undefined`. */
import { createGptDoor } from '@discogs-agent/core/gpt';
import { describe, expect, it } from '@jest/globals';
import { compose, flags, page, tableOf } from '../support/composing.ts';
import { answer, call, fakeFetcher, gateway } from '../support/fakes.ts';

async function ask(target: string, body: unknown, status = 200) {
  const fetcher = fakeFetcher(answer(status, JSON.stringify(body)));
  const door = createGptDoor(gateway({ fetcher }), () => 0);
  const made = await door.handle(call('GET', `/gpt${target}`));
  return { status: made.status, shown: JSON.parse(new TextDecoder().decode(made.body)) as unknown };
}

const uri = (kind: string) => `https://www.discogs.com/${kind}/1`;
const none = { page: 1, pages: 1, items: 0, results: [] };
const NO_PAGE = { page: 1, pages: 1, per_page: 100, items: 0, urls: {} };

describe('an answer that has little', () => {
  it.each([
    [
      'a release of nothing but its id',
      '/releases/1',
      { id: 1 },
      { id: 1, type: 'release', uri: uri('release') },
    ],
    [
      'a release without prices, ratings, years and master',
      '/releases/1',
      {
        id: 1,
        title: 'T',
        year: 0,
        lowest_price: null,
        num_for_sale: 0,
        master_id: null,
        community: { have: 0, want: 0, rating: { count: 0, average: 0 } },
        artists: [],
        labels: null,
        formats: [{}],
        tracklist: [],
        videos: [],
      },
      {
        id: 1,
        type: 'release',
        title: 'T',
        num_for_sale: 0,
        community: { have: 0, want: 0 },
        uri: uri('release'),
      },
    ],
    ['an empty master', '/masters/1', { id: 1 }, { id: 1, type: 'master', uri: uri('master') }],
    [
      'a master whose main release is gone',
      '/masters/1',
      { id: 1, title: 'T', main_release: 0, main_release_url: '' },
      { id: 1, type: 'master', title: 'T', uri: uri('master') },
    ],
    ['an empty label', '/labels/1', { id: 1, sublabels: [] }, { id: 1, type: 'label', uri: uri('label') }],
    ['an empty artist', '/artists/1', { id: 1, profile: '' }, { id: 1, type: 'artist', uri: uri('artist') }],
    ['an empty list', '/lists/1', { id: 1, name: 'L', items: [] }, { ...none, name: 'L' }],
    ['a list without items', '/lists/1', { id: 1, name: 'L' }, { ...none, name: 'L' }],
    ['no versions', '/masters/1/versions', { pagination: NO_PAGE, versions: [] }, none],
    [
      'no paging',
      '/labels/1/releases',
      { releases: [{ id: 1 }] },
      { ...none, items: 1, results: [{ id: 1 }] },
    ],
    ['an empty list, after some rows', '/users/a/wants?skip=3', { pagination: NO_PAGE, wants: [] }, none],
    ['an empty wantlist', '/users/a/wants', { pagination: NO_PAGE, wants: [] }, none],
    [
      'an empty folder',
      '/users/a/collection/folders/0/releases',
      { pagination: NO_PAGE, releases: [] },
      none,
    ],
    ['an empty inventory', '/users/a/inventory', { pagination: NO_PAGE, listings: null }, none],
    ['no suggestions', '/marketplace/price_suggestions/1', {}, { release_id: 1 }],
    [
      'statistics of what nobody sells',
      '/marketplace/stats/1',
      { num_for_sale: null, lowest_price: null, blocked_from_sale: false },
      { release_id: 1, num_for_sale: 0, uri: uri('release') },
    ],
  ])('%s', async (_, target, body, shown) => {
    const made = await ask(target, body);
    expect(made.status).toBe(200);
    expect(made.shown).toMatchObject(shown);
    expect(Object.keys(Object(made.shown)).sort()).toEqual(Object.keys(shown).sort());
    expect(JSON.stringify(made.shown)).not.toMatch(/null|undefined|NaN/);
  });
});

describe('a price', () => {
  const price = { value: 10, currency: 'EUR' };

  it.each([
    [
      { price, original_price: { value: 9, curr_abbr: 'GBP' } },
      { price: '10.00 EUR', original_price: '9.00 GBP' },
    ],
    [{ price, original_price: { value: 10, curr_abbr: 'EUR' } }, { price: '10.00 EUR' }],
    [{ price: null, original_price: { value: null } }, {}],
  ])('of %j is shown with its currency', async (listing, shown) => {
    expect((await ask('/marketplace/listings/1', { id: 1, ...listing })).shown).toEqual({ id: 1, ...shown });
  });
});

describe('what Discogs does not show', () => {
  it.each([
    [
      'a private collection',
      '/users/quiet/collection/folders/0/releases',
      403,
      'You are not allowed to view this collection.',
      /user/,
    ],
    ['a private wantlist', '/users/quiet/wants', 403, "You don't have permission to view this.", /user/],
    ['a page beyond the end', '/users/a/wants?page=9', 404, 'Page 9 is outside of valid range.', /page 1/],
    ['a record that is gone', '/masters/1', 404, 'Master Release not found.', /search/],
  ])('is said of %s in its own words', async (_, target, status, message, step) => {
    expect(await ask(target, { message }, status)).toMatchObject({
      status,
      shown: { message, next_step: expect.stringMatching(step) },
    });
  });
});

describe('a composed read', () => {
  it('of a master whose main release is gone prices what there is', async () => {
    const { ask: discogs } = tableOf({
      '/masters/7': { id: 7, title: 'T', main_release: 3, lowest_price: null },
      '/masters/7/versions': page('versions', [{ id: 1, title: 'T', ...flags(false, false) }]),
      '/marketplace/stats/1': { num_for_sale: null, lowest_price: null },
    });
    const { body } = await compose('/masters/7/mine', discogs);
    expect(body).toMatchObject({ id: 7, owned: [], wanted: [], versions: 1, priced_versions: 1 });
    for (const name of ['lowest_price', 'cheapest_priced_version', 'missing']) {
      expect(body).not.toHaveProperty(name);
    }
  });

  it('of an artist whose owner keeps the collection private names it as missing', async () => {
    const { ask: discogs } = tableOf({
      '/artists/8': { id: 8, name: 'N' },
      '/database/search': page('results', []),
      '/artists/8/releases': page('releases', [{ id: 1, title: 'T', role: 'Main', type: 'master' }]),
      '/oauth/identity': { username: 'me' },
      '/users/me/collection/folders/0/releases': 403,
    });
    const { body } = await compose('/artists/8/missing', discogs);
    expect(body).not.toHaveProperty('results');
    expect(String(body['missing'])).toMatch(/your collection.*private/);
  });
});
