/** What the user has of a master, and has not of an artist. */
import { describe, expect, it } from '@jest/globals';
import { compose, flags, page, tableOf } from '../support/composing.ts';

describe('the versions of a master that are mine', () => {
  const versions = [
    { id: 1, title: 'Post', ...flags(true, false) },
    { id: 2, title: 'Post', ...flags(false, true) },
    { id: 3, title: 'Post', ...flags(false, false) },
  ];
  const routes = {
    '/masters/7': { id: 7, title: 'Post', main_release: 3, lowest_price: 2, num_for_sale: 9 },
    '/marketplace/stats/1': { num_for_sale: 1, lowest_price: { value: 3, currency: 'GBP' } },
    '/marketplace/stats/2': { num_for_sale: null, lowest_price: null },
    '/marketplace/stats/3': { num_for_sale: 4, lowest_price: { value: 2, currency: 'GBP' } },
  };

  it('are told by flags, and priced with what is wanted first', async () => {
    const { ask, asked } = tableOf({ ...routes, '/masters/7/versions': page('versions', versions) });
    const { body } = await compose('/masters/7/mine', ask);
    expect(asked.slice(2)).toEqual(['/marketplace/stats/2', '/marketplace/stats/3', '/marketplace/stats/1']);
    expect(body).toMatchObject({
      owned: [{ id: 1 }],
      wanted: [{ id: 2 }],
      versions: 3,
      priced_versions: 3,
      lowest_price: '2.00 GBP',
      cheapest_priced_version: { id: 3, lowest_price: '2.00 GBP', num_for_sale: 4 },
    });
  });

  it('are looked up in the collection where there are no flags', async () => {
    const collection = page('releases', [{ id: 3, basic_information: { id: 3, master_id: 7 } }]);
    const { ask } = tableOf({
      ...routes,
      '/masters/7/versions': page(
        'versions',
        versions.map(({ id, title }) => ({ id, title })),
      ),
      '/oauth/identity': { username: 'me' },
      '/users/me/collection/folders/0/releases': collection,
    });
    const { body } = await compose('/masters/7/mine', ask);
    expect(body).toMatchObject({ owned: [{ id: 3 }], missing: ['wanted versions: Discogs sent no flags'] });
    expect(body).not.toHaveProperty('wanted');
  });

  it('are not said to be none where they could not be read', async () => {
    const { ask } = tableOf({ ...routes, '/masters/7/versions': 429 });
    const { body } = await compose('/masters/7/mine', ask);
    for (const name of ['owned', 'wanted', 'versions', 'priced_versions']) {
      expect(body).not.toHaveProperty(name);
    }
  });
});

describe('missing albums', () => {
  const main = (id: number, title: string, more: object) => ({ id, title, role: 'Main', ...more });
  const releases = [
    main(1, 'Owned', { type: 'master', ...flags(true, false) }),
    main(2, 'Wanted', { type: 'master', ...flags(false, true) }),
    main(3, 'Best', { type: 'master', ...flags(false, false) }),
    main(4, 'Song', { type: 'master', ...flags(false, false) }),
    main(5, 'Demo', { type: 'release', format: 'Cass, Album', ...flags(false, false) }),
    main(6, 'Both', { type: 'release', format: 'LP, Album, Comp', ...flags(false, false) }),
    { id: 7, title: 'Guest', role: 'TrackAppearance', type: 'release', format: 'Album' },
  ];
  const albums = [
    { id: 1, format: ['Vinyl', 'LP', 'Album'] },
    { id: 2, format: ['CD', 'Album'] },
    { id: 3, format: ['CD', 'Album', 'Compilation'] },
    { id: 99, format: ['CD', 'Album'] },
  ];
  const routes = {
    '/artists/8': { id: 8, name: 'Nirvana (2)' },
    '/artists/8/releases': page('releases', releases),
    '/database/search': page('results', albums),
  };
  const idsOf = (body: object) =>
    'results' in body ? (body.results as { id: number }[]).map(({ id }) => id) : [];

  it('are those that a search knows as albums and the flags do not know as owned', async () => {
    const { ask, asked } = tableOf(routes);
    const { body } = await compose('/artists/8/missing', ask);
    expect(asked[1]).toBe('/database/search?type=master&format=Album&artist=Nirvana&page=1&per_page=100');
    expect(idsOf(body)).toEqual([2, 5]);
    expect(body).toMatchObject({
      owned_albums: 1,
      left_out: { compilations: 2, singles_and_others: 1, not_as_main_artist: 1 },
    });
    expect(asked).toHaveLength(3);
  });

  it('come from the collection where there are no flags', async () => {
    const bare = releases.map((row) => ({ ...row, stats: undefined }));
    const collection = page('releases', [
      { id: 50, basic_information: { id: 50, master_id: 2 } },
      { id: 5, basic_information: { id: 5, master_id: 0 } },
    ]);
    const { ask } = tableOf({
      ...routes,
      '/artists/8/releases': page('releases', bare),
      '/oauth/identity': { username: 'me' },
      '/users/me/collection/folders/0/releases': collection,
    });
    expect(idsOf((await compose('/artists/8/missing', ask)).body)).toEqual([1]);
  });

  it('are not told where neither flags nor a collection can be read', async () => {
    const bare = releases.map((row) => ({ ...row, stats: undefined }));
    const { ask } = tableOf({
      ...routes,
      '/artists/8/releases': page('releases', bare),
      '/oauth/identity': 401,
    });
    const { body } = await compose('/artists/8/missing', ask);
    expect(body).not.toHaveProperty('results');
    expect(body['missing']).toEqual(['your collection: private, or this gateway has no token for it']);
  });

  it('are not said to be none where the records of the artist could not be read', async () => {
    const { ask } = tableOf({ ...routes, '/artists/8/releases': 429 });
    const { body } = await compose('/artists/8/missing', ask);
    expect(body).toMatchObject({ name: 'Nirvana', missing: [expect.stringContaining('rate limit reached')] });
    expect(body).not.toHaveProperty('results');
  });

  it('may have singles among them where a page of the search failed', async () => {
    const { ask } = tableOf({
      ...routes,
      '/database/search': (query) => (query['page'] === '2' ? 502 : page('results', albums, 104)),
    });
    const { body } = await compose('/artists/8/missing', ask);
    expect(body['results']).toContainEqual(
      expect.objectContaining({ id: 4, kind: expect.stringContaining('unknown') }),
    );
    expect(body['missing']).toEqual([
      'which records are albums, page 2: Discogs failed',
      'which records are albums: 4 of 104 were read',
    ]);
  });

  it('may have singles among them, and say so, where the search failed', async () => {
    const { ask } = tableOf({ ...routes, '/database/search': 502 });
    const { body } = await compose('/artists/8/missing', ask);
    expect(idsOf(body)).toEqual([2, 3, 4, 5]);
    expect(body['missing']).toEqual(['which records are albums, page 1: Discogs failed']);
  });
});
