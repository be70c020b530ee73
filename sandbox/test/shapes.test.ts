import { describe, expect, it } from '@jest/globals';
import { AS_USER, at, keysOf, sandboxed } from './support/sandboxed.ts';

const discogs = sandboxed();

/** Keys in the order of recorded live bodies. */
const GOLDEN: readonly (readonly [
  what: string,
  path: string,
  at: readonly (string | number)[],
  keys: string,
])[] = [
  [
    'a release with everything',
    '/releases/249504',
    [],
    'id status year resource_url uri artists artists_sort labels series companies formats data_quality community format_quantity date_added date_changed num_for_sale lowest_price master_id master_url title country released notes released_formatted identifiers videos genres styles tracklist extraartists images thumb estimated_weight blocked_from_sale is_offensive',
  ],
  [
    'a release without a master',
    '/releases/2464521',
    [],
    'id status year resource_url uri artists artists_sort labels series formats data_quality community format_quantity date_added date_changed num_for_sale lowest_price title country released released_formatted identifiers videos genres styles tracklist images thumb estimated_weight blocked_from_sale is_offensive',
  ],
  [
    'a master',
    '/masters/96559',
    [],
    'id main_release most_recent_release resource_url uri versions_url main_release_url most_recent_release_url num_for_sale lowest_price images genres styles year tracklist artists title data_quality videos',
  ],
  [
    'a band',
    '/artists/108713',
    [],
    'name id resource_url uri releases_url images profile urls namevariations members data_quality',
  ],
  [
    'a label',
    '/labels/1',
    [],
    'id name resource_url uri releases_url images contact_info profile data_quality urls sublabels',
  ],
  [
    'a version',
    '/masters/13814/versions',
    ['versions', 0],
    'id label country title major_formats format catno released status resource_url thumb stats',
  ],
  [
    'a master row of an artist',
    '/artists/108713/releases',
    ['releases', 0],
    'id title type main_release artist role resource_url year thumb stats',
  ],
  [
    'a release row of an artist',
    '/artists/108713/releases',
    ['releases', 1],
    'id status type format label title resource_url role artist year thumb stats',
  ],
  [
    'a row of a label',
    '/labels/895/releases',
    ['releases', 0],
    'status format catno thumb resource_url title id year artist stats',
  ],
  [
    'a release found',
    '/database/search?q=nevermind&type=release',
    ['results', 0],
    'country year format label type genre style id barcode user_data master_id master_url uri catno title thumb cover_image resource_url community format_quantity formats',
  ],
  [
    'an artist found',
    '/database/search?q=nirvana&type=artist',
    ['results', 0],
    'id type user_data master_id master_url uri title thumb cover_image resource_url',
  ],
  ['the pagination', '/labels/895/releases', ['pagination'], 'page pages per_page items urls'],
  [
    'a collection item',
    '/users/crate_digger/collection/folders/0/releases',
    ['releases', 0],
    'id instance_id date_added rating basic_information folder_id',
  ],
  [
    'a want',
    '/users/crate_digger/wants',
    ['wants', 0],
    'id resource_url rating date_added basic_information notes',
  ],
  ['the identity', '/oauth/identity', [], 'id username resource_url consumer_name'],
  ['a folder', '/users/crate_digger/collection/folders/1', [], 'id name count resource_url'],
  ['the community rating', '/releases/249504/rating', [], 'release_id rating'],
  ['the root', '/', [], 'hello api_version documentation_url statistics'],
];

describe('the shape of a body', () => {
  it.each(GOLDEN)('has the recorded keys in the recorded order for %s', async (_what, path, place, keys) => {
    const { body } = await discogs.call(path, { headers: AS_USER });
    expect(keysOf(at(body, ...place)).join(' ')).toBe(keys);
  });

  it('links to the real service, whatever the port of the sandbox', async () => {
    const { body } = await discogs.call('/releases/249504');
    expect(at(body, 'resource_url')).toBe('https://api.discogs.com/releases/249504');
    expect(at(body, 'uri')).toBe(
      'https://www.discogs.com/release/249504-Rick-Astley-Never-Gonna-Give-You-Up',
    );
  });

  it('writes headings and index tracks as Discogs does', async () => {
    const { body } = await discogs.call('/database/search?q=american+idiot&type=release', {
      headers: AS_USER,
    });
    const release = await discogs.call(`/releases/${at(body, 'results', 0, 'id')}`);
    expect(at(release.body, 'tracklist', 1)).toMatchObject({ type_: 'index', duration: '9:08' });
    expect(at(release.body, 'tracklist', 1, 'sub_tracks', 2)).toEqual({
      position: '2.III',
      type_: 'track',
      title: "I Don't Care",
      duration: '',
    });
  });

  it('shows the images of search rows', async () => {
    const { body } = await discogs.call('/database/search?q=nevermind', { headers: AS_USER });
    expect(at(body, 'results', 0, 'thumb')).toMatch(/^https:\/\/i\.discogs\.com\//);
  });
});
