/** Which record it is. */
import { describe, expect, it } from '@jest/globals';
import { compose, page, tableOf } from '../support/composing.ts';

describe('identify', () => {
  const post = { id: 1, type: 'release', title: 'Björk - Post', barcode: ['075596174022'], year: '1995' };

  it('asks for the digits of a barcode, and then for its other length', async () => {
    const { ask, asked } = tableOf({
      '/database/search': ({ barcode }) => page('results', barcode === '075596174022' ? [post] : []),
    });
    const { body } = await compose('/identify?barcode=0-07559%2061740.22', ask);
    expect(asked.map((one) => new URLSearchParams(one.split('?')[1]).get('barcode'))).toEqual([
      '0075596174022',
      '075596174022',
    ]);
    expect(body['results']).toMatchObject([{ id: 1, why: ['barcode'] }]);
  });

  it.each([
    ['year', '/identify?title=Post&artist=Bjork&year=1996', { differs: ['year is 1995'] }],
    ['artist', '/identify?title=Post&artist=Bjrk', { why: ['title', 'artist nearly'] }],
  ])('offers the search without %s where that found nothing', async (dropped, target, row) => {
    const { ask } = tableOf({
      '/database/search': (query) => page('results', query[dropped] === undefined ? [post] : []),
    });
    const { body } = await compose(target, ask);
    expect(body).toMatchObject({ dropped, next_step: expect.stringContaining(dropped), results: [row] });
  });

  it('says that a barcode was misread where its check digit is wrong', async () => {
    const { ask } = tableOf({ '/database/search': page('results', []) });
    const { body } = await compose('/identify?barcode=5012394144778', ask);
    expect(body).toMatchObject({ results: [], next_step: expect.stringContaining('check digit') });
  });

  it('shows a master once with its releases, and leaves out what is no record', async () => {
    const rows = [
      { id: 9, type: 'artist', title: 'Post' },
      { id: 7, type: 'master', title: 'Björk - Post', master_id: 7 },
      { ...post, master_id: 7 },
    ];
    const { ask } = tableOf({ '/database/search': page('results', rows, 300) });
    const { body } = await compose('/identify?title=Post', ask);
    expect(body['results']).toMatchObject([{ id: 7, type: 'master', release_ids: [1] }]);
    expect(body).toMatchObject({ searched: 2, of: 300 });
  });
});
