/** All of a release in one answer. */
import { describe, expect, it } from '@jest/globals';
import { compose, flags, page, tableOf } from '../support/composing.ts';

describe('a dossier', () => {
  const release = {
    id: 1,
    title: 'Post',
    master_id: 7,
    country: 'UK',
    released: '1995-06-13',
    lowest_price: 5,
    community: { have: 3, rating: { average: 4.5, count: 10 } },
  };
  const master = { id: 7, title: 'Post', main_release: 1, year: 1995 };
  const stats = { num_for_sale: 2, lowest_price: { value: 9.5, currency: 'EUR' } };
  const routes = {
    '/releases/1': release,
    '/masters/7': master,
    '/marketplace/stats/1': stats,
    '/masters/7/versions': page('versions', [{ id: 1, ...flags(false, true) }]),
  };

  it('takes four calls where the flags say that it is not owned', async () => {
    const { ask, asked } = tableOf(routes);
    const { body } = await compose('/releases/1/dossier?curr_abbr=EUR', ask);
    expect(asked).toEqual([
      '/releases/1',
      '/masters/7',
      '/marketplace/stats/1?curr_abbr=EUR',
      '/masters/7/versions?released=1995&country=UK&per_page=100',
    ]);
    expect(body).toMatchObject({
      id: 1,
      lowest_price: '9.50 EUR',
      num_for_sale: 2,
      master: { id: 7, main_release_id: 1 },
      community: { have: 3, rating: 4.5, ratings: 10 },
      owned: false,
      wanted: true,
    });
    expect(body).not.toHaveProperty('missing');
  });

  const copies = page('releases', [
    { id: 1, instance_id: 5, folder_id: 2, rating: 4, basic_information: {} },
  ]);
  const own = { '/oauth/identity': { username: 'me' }, '/users/me/collection/releases/1': copies };

  it('shows the copies of an owned release', async () => {
    const owned = { '/masters/7/versions': page('versions', [{ id: 1, ...flags(true, false) }]) };
    const { ask } = tableOf({ ...routes, ...own, ...owned });
    const { body } = await compose('/releases/1/dossier', ask);
    expect(body).toMatchObject({ owned: true, copies: [{ instance_id: 5, folder_id: 2, rating: 4 }] });
  });

  it('asks the collection where there are no flags, and says what stays unknown', async () => {
    const { ask } = tableOf({ ...routes, ...own, '/masters/7/versions': page('versions', [{ id: 1 }]) });
    const { body } = await compose('/releases/1/dossier', ask);
    expect(body).toMatchObject({ owned: true, missing: ['whether you want it: Discogs sent no flags'] });
    expect(body).not.toHaveProperty('wanted');
  });

  it('finds the flags of a release without master by a search, and a rating at its own address', async () => {
    const alone = { id: 1, title: 'Post', artists: [{ name: 'Björk (2)' }], labels: [{ catno: 'X 1' }] };
    const { ask, asked } = tableOf({
      '/releases/1': alone,
      '/database/search': page('results', [
        { id: 1, user_data: { in_collection: false, in_wantlist: true } },
      ]),
      '/releases/1/rating': { rating: { average: 3, count: 4 } },
      '/marketplace/stats/1': { num_for_sale: 0, lowest_price: null },
    });
    const { body } = await compose('/releases/1/dossier', ask);
    expect(asked).toContain(
      '/database/search?type=release&artist=Bj%C3%B6rk&title=Post&catno=X+1&per_page=100',
    );
    expect(body).toMatchObject({ wanted: true, community: { rating: 3, ratings: 4 }, num_for_sale: 0 });
    expect(body).not.toHaveProperty('lowest_price');
  });

  it('stands a master that is gone', async () => {
    const { ask } = tableOf({ ...routes, '/masters/7': 404 });
    const { body } = await compose('/releases/1/dossier', ask);
    expect(body).toMatchObject({ master: { id: 7 }, missing: ['the master: not found at Discogs'] });
  });
});
