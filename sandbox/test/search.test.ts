import { describe, expect, it } from '@jest/globals';
import { AS_USER, at, rowsAt, sandboxed } from './support/sandboxed.ts';

const discogs = sandboxed();
const titles = async (query: string): Promise<unknown[]> => {
  const { body } = await discogs.call(`/database/search?${query}`, { headers: AS_USER });
  return rowsAt(body, 'results').map((row) => `${at(row, 'type')}: ${at(row, 'title')}`);
};

describe('the search', () => {
  it('finds the master and several releases of Nevermind', async () => {
    const found = await titles('q=nevermind');
    expect(found[0]).toBe('master: Nirvana - Nevermind');
    expect(found.filter((row) => row === 'release: Nirvana - Nevermind').length).toBeGreaterThanOrEqual(2);
  });

  it.each([
    ['release_title=Disintegration&artist=The+Cure&type=master', ['master: The Cure - Disintegration']],
    ['q=bjork+post&type=master', ['master: Björk - Post']],
    ['artist=daft+punk&release_title=one+more+time&type=master', ['master: Daft Punk - One More Time']],
    ['track=One+More+Time&artist=Daft+Punk&format=LP&type=release', ['release: Daft Punk - Discovery']],
    ['barcode=5012394144777&type=release', ['release: Rick Astley - Never Gonna Give You Up']],
    ['catno=SP34&type=release', ['release: Nirvana - Bleach']],
    ['label=Factory&year=1979&type=master', ['master: Joy Division - Unknown Pleasures']],
    ['style=City+Pop&country=Japan&type=master', ['master: 大滝詠一 - A Long Vacation']],
    ['q=天然色&type=release', ['release: 大滝詠一 - A Long Vacation']],
    ['credit=Steve+Nobody', []],
    ['q=nickelback&type=artist', ['artist: Nickelback']],
    ['q=svek&type=label', ['label: Svek']],
    ['genre=Classical&type=master', ['master: Arvo Pärt - Tabula Rasa']],
  ])('filters by %s', async (query, expected) => {
    expect(await titles(query)).toEqual(expected);
  });

  it('sorts on demand', async () => {
    const { body } = await discogs.call(
      '/database/search?artist=Radiohead&type=master&sort=year&sort_order=desc',
      { headers: AS_USER },
    );
    expect(rowsAt(body, 'results').map((row) => at(row, 'year'))).toEqual(['2000', '1997']);
  });

  it('tells what the caller holds and wants', async () => {
    const find = async () =>
      at((await discogs.send('GET', '/database/search?catno=PB+41447')).body, 'results', 1, 'user_data');
    await discogs.send('PUT', '/users/crate_digger/wants/249504');
    expect(at(await find(), 'in_wantlist')).toBe(true);
    await discogs.send('DELETE', '/users/crate_digger/wants/249504');
    expect(at(await find(), 'in_wantlist')).toBe(false);
  });
});

describe('the versions of a master', () => {
  it('are filtered, with the filters reported and facets counted', async () => {
    const { body } = await discogs.call('/masters/13814/versions?country=US&format=Vinyl');
    expect(at(body, 'filters', 'applied')).toEqual({ format: ['Vinyl'], country: ['US'] });
    expect(rowsAt(body, 'versions').map((row) => at(row, 'catno'))).toEqual(['DGC-24425']);
    expect(at(body, 'filter_facets', 1)).toMatchObject({ id: 'label', values: [{ title: 'DGC', count: 1 }] });
  });

  it('of an unknown master are those of all masters', async () => {
    const { status, body } = await discogs.call('/masters/77/versions?country=US');
    expect(status).toBe(200);
    expect(at(body, 'pagination', 'items')).toBeGreaterThan(80);
  });
});
