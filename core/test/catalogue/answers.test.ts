import { describe, expect, it } from '@jest/globals';
import { RECORDS } from '../support/catalogueRecords.ts';
import { ask, call, fakeFetcher, gateway } from '../support/fakes.ts';
import { catalogueOver, MONTH, memoryCatalogue } from '../support/memoryCatalogue.ts';

const overStore = (store = memoryCatalogue(RECORDS)) =>
  gateway({ fetcher: fakeFetcher(), catalogue: catalogueOver(store) });
const asked = overStore();
const ONLY = { 'x-discogs-source': 'catalogue' };
const read = (target: string, from = asked) => ask(from, call('GET', target, { headers: ONLY }));
const bodyOf = async (target: string) => (await read(target)).json;

const ROW_101 = {
  id: 101,
  title: 'Nevermind',
  country: 'UK',
  label: 'DGC',
  catno: 'DGCD 24425',
  major_formats: ['CD'],
  format: 'Album',
  released: '1991-09-24',
  resource_url: 'https://proxy.example/api/releases/101',
};

describe('an answer of the catalogue', () => {
  it.each(['/releases/100', '/masters/10', '/artists/1', '/labels/5'])(
    'to %s is the record with the links of the gateway, the month, and an ETag',
    async (target) => {
      const answer = await read(target);
      expect(answer).toMatchObject({
        status: 200,
        json: { resource_url: `https://proxy.example/api${target}` },
        headers: {
          'x-discogs-source': 'catalogue',
          'x-catalogue-date': MONTH,
          'cache-control': 'private, max-age=86400',
          vary: 'x-api-key, authorization, accept, x-discogs-source',
          'content-type': 'application/json',
          'x-discogs-ratelimit-used': '0',
        },
      });
      expect(answer.headers).not.toHaveProperty('x-cache');
      const again = await ask(
        asked,
        call('GET', target, { headers: { ...ONLY, 'if-none-match': answer.headers['etag'] ?? '' } }),
      );
      expect(again.status).toBe(304);
    },
  );

  it('gives a master the tracks of its main release, where Discogs has them', async () => {
    const master = Object.entries((await bodyOf('/masters/10')) as object);
    const names = master.map(([name]) => name);
    expect(names.slice(names.indexOf('year'))).toEqual(['year', 'tracklist', 'artists', 'title']);
    expect(Object.fromEntries(master)).toMatchObject({ tracklist: [{ title: 'Smells Like Teen Spirit' }] });
  });

  it('lists masters and releases of an artist as Discogs does, without pictures and figures', async () => {
    expect(await bodyOf('/artists/1/releases?sort=year&sort_order=desc')).toEqual({
      pagination: { page: 1, pages: 1, per_page: 50, items: 2, urls: {} },
      releases: [
        {
          id: 10,
          title: 'Nevermind',
          type: 'master',
          main_release: 100,
          artist: 'Nirvana',
          role: 'Main',
          resource_url: 'https://proxy.example/api/masters/10',
          year: 1991,
        },
        {
          id: 200,
          type: 'release',
          format: '7", Single',
          label: 'Sub Pop',
          title: 'Love Buzz',
          resource_url: 'https://proxy.example/api/releases/200',
          role: 'Main',
          artist: 'Nirvana / Butch Vig',
          year: 1988,
        },
      ],
    });
  });

  it('pages a list with links that repeat the query', async () => {
    const answer = await read('/labels/5/releases?per_page=2&page=1');
    expect(answer.json).toMatchObject({
      pagination: {
        page: 1,
        pages: 2,
        per_page: 2,
        items: 3,
        urls: {
          last: 'https://proxy.example/api/labels/5/releases?per_page=2&page=2',
          next: 'https://proxy.example/api/labels/5/releases?per_page=2&page=2',
        },
      },
      releases: [{ id: 100, catno: 'DGC-24425', format: 'Album' }, { id: 101 }],
    });
    expect(answer.headers['link']).toBe(
      '<https://proxy.example/api/labels/5/releases?per_page=2&page=2>; rel="next", ' +
        '<https://proxy.example/api/labels/5/releases?per_page=2&page=2>; rel="last"',
    );
    expect(await bodyOf('/labels/5/releases?per_page=2&page=2')).toMatchObject({ releases: [{ id: 102 }] });
  });

  it.each([
    '/labels/5/releases?page=2',
    '/masters/10/versions?page=10000000',
    '/database/search?q=nirvana&page=300',
  ])('to %s says that the list ends before this page', async (target) => {
    expect(await read(target)).toMatchObject({
      status: 404,
      json: { error: 'not_found', message: expect.stringContaining('outside of valid range') },
      headers: { 'x-discogs-source': 'catalogue' },
    });
  });

  it('filters, counts and sorts the versions of a master', async () => {
    expect(await bodyOf('/masters/10/versions?format=CD&sort=released&sort_order=desc')).toMatchObject({
      pagination: { items: 2 },
      filters: {
        applied: { format: ['CD'] },
        available: { format: { CD: 2, Album: 2 }, country: { UK: 1, US: 1 }, released: { 1991: 1, 2011: 1 } },
      },
      filter_facets: [
        { title: 'Format', id: 'format', allows_multiple_values: true },
        { id: 'label', values: [{ title: 'DGC', value: 'DGC', count: 2 }] },
        { id: 'country' },
        { id: 'released' },
      ],
      versions: [{ id: 102 }, ROW_101],
    });
    expect(await bodyOf('/masters/10/versions?country=UK')).toMatchObject({ versions: [ROW_101] });
  });

  it('describes what a search found as Discogs does, as far as a dump knows it', async () => {
    expect(await bodyOf('/database/search?type=master&q=nevermind')).toEqual({
      pagination: { page: 1, pages: 1, per_page: 50, items: 1, urls: {} },
      results: [
        {
          country: 'US',
          year: '1991',
          format: ['Vinyl', 'Album'],
          label: ['DGC', 'Sound City Studios'],
          type: 'master',
          genre: ['Rock'],
          style: ['Grunge'],
          id: 10,
          barcode: ['720642442517', 'DGC-24425 A-1'],
          master_id: 10,
          master_url: 'https://proxy.example/api/masters/10',
          uri: '/master/10-Nirvana-Nevermind',
          catno: 'DGC-24425',
          title: 'Nirvana - Nevermind',
          resource_url: 'https://proxy.example/api/masters/10',
        },
      ],
    });
    expect(await bodyOf('/database/search?title=Nirvana%20-%20Love%20Buzz')).toMatchObject({
      results: [{ id: 200, title: 'Nirvana & Butch Vig - Love Buzz', master_id: 0, master_url: null }],
    });
    expect(await bodyOf('/database/search?type=artist&q=Nirvana')).toMatchObject({
      results: [{ id: 1, type: 'artist', title: 'Nirvana', master_id: null, uri: '/artist/1-Nirvana' }],
    });
  });

  it.each([
    ['barcode=720642442517', [100]],
    ['barcode=0720642442517', [100]],
    ['barcode=7%20206-4244%2025%202', [101]],
    ['q=0%207206-42442-5%202', [101]],
    ['catno=dgc24425', [100]],
    ['barcode=B0015884-02%20A-1', [102]],
    ['barcode=720642442517&country=us&format=vinyl&year=1990-1992', [100]],
    ['barcode=720642442517&country=UK', []],
    ['catno=DGC-24425&barcode=602527779034', []],
    ['barcode=720642442517&artist=nirvana&release_title=nevermind&label=dgc&genre=Rock&style=Grunge', [100]],
    ['catno=none', []],
  ])('finds by what is printed on a record: %s', async (query, ids) => {
    const found = await bodyOf(`/database/search?${query}`);
    expect((found as { results: { id: number }[] }).results.map(({ id }) => id)).toEqual(ids);
  });

  it('looks up without a search in the store, and says of another search that it cannot', async () => {
    const exact = overStore(memoryCatalogue(RECORDS, { search: async () => undefined }));
    expect(await read('/database/search?catno=DGC-24425&year=1991', exact)).toMatchObject({ status: 200 });
    const wide = encodeURIComponent('０７２０６４２４４２５１７');
    expect(await read(`/database/search?q=${wide}`, exact)).toMatchObject({
      json: { results: [{ id: 100 }] },
    });
    expect(await read('/database/search?type=label&q=DGC', exact)).toMatchObject({
      json: { results: [{ id: 5, title: 'DGC' }] },
    });
    expect(await read('/database/search?q=nevermind', exact)).toMatchObject({
      status: 404,
      json: { reason: 'not_in_catalogue' },
    });
  });

  it.each([
    '/releases/100?curr_abbr=EUR',
    '/database/search?q=nirvana&submitter=somebody',
    '/database/search?q=nirvana&sort=year',
    '/database/search?credit=vig',
    '/database/search?type=release',
    '/releases/0100',
    '/releases/999',
    '/artists/999/releases',
    '/masters/999/versions',
    '/marketplace/stats/100',
    '/users/somebody/collection/folders/0/releases',
  ])('to %s is none, and says the month', async (target) => {
    expect(await read(target)).toMatchObject({
      status: 404,
      json: {
        error: 'not_found',
        reason: 'not_in_catalogue',
        catalogue_date: MONTH,
        message: expect.stringMatching(/2026-10-01.*live/),
      },
    });
  });

  it('leaves texts in other forms to Discogs', async () => {
    const headers = { ...ONLY, accept: 'application/vnd.discogs.v2.html+json' };
    expect(await ask(asked, call('GET', '/releases/100', { headers }))).toMatchObject({ status: 404 });
  });
});
