import { expect, test } from '@jest/globals';
import { bodyOf, jsonOf, prepare } from './support/prepare.ts';

const artist = (id: number, name: string, anv = '', join = '') =>
  `<artist><id>${id}</id><name>${name}</name><anv>${anv}</anv><join>${join}</join><role/><tracks/></artist>`;

const MASTER =
  `<master id="302"><main_release>403</main_release><images/><artists>${artist(102, 'Mira &#197;skov', 'M. &#197;skov', '&amp;')}` +
  `${artist(105, 'Tin (3)')}</artists><genres><genre>Jazz</genre></genres><styles><style>Bop</style></styles>` +
  '<notes>One night</notes><year>1999</year><title>Two Rooms</title><data_quality>Correct</data_quality>' +
  '<videos><video src="https://v.example/1" duration="65535" embed="false"><title>T</title><description/></video></videos></master>';

test('a master has the members of the API in its order', () => {
  const credit = { join: '', role: '', tracks: '' };
  expect(jsonOf(prepare('masters', MASTER))).toBe(
    JSON.stringify({
      id: 302,
      main_release: 403,
      resource_url: 'https://api.discogs.com/masters/302',
      uri: 'https://www.discogs.com/master/302-M-%C3%85skov-Tin-3-Two-Rooms',
      versions_url: 'https://api.discogs.com/masters/302/versions',
      main_release_url: 'https://api.discogs.com/releases/403',
      genres: ['Jazz'],
      styles: ['Bop'],
      year: 1999,
      artists: [
        {
          name: 'Mira Åskov',
          anv: 'M. Åskov',
          ...credit,
          join: '&',
          id: 102,
          resource_url: 'https://api.discogs.com/artists/102',
        },
        { name: 'Tin (3)', anv: '', ...credit, id: 105, resource_url: 'https://api.discogs.com/artists/105' },
      ],
      title: 'Two Rooms',
      notes: 'One night',
      data_quality: 'Correct',
      videos: [{ uri: 'https://v.example/1', title: 'T', description: '', duration: 65535, embed: false }],
    }),
  );
});

test('a master is listed under its printed artists', () => {
  expect(prepare('masters', MASTER).facts).toEqual({
    summary: { id: 302, title: 'Two Rooms', artist: 'M. Åskov & Tin (3)', year: 1999, mainRelease: 403 },
    artistIds: [102, 105],
    artistNames: ['Mira Åskov', 'M. Åskov', 'Tin (3)'],
    genres: ['Jazz'],
    styles: ['Bop'],
  });
});

test('a master of an unknown year has year 0, and no members for a main release, styles and videos that are none', () => {
  const xml =
    '<master id="1"><main_release>0</main_release><artists/><year>0</year><title>A</title></master>';
  expect(Object.keys(bodyOf('masters', xml))).toEqual([
    'id',
    'resource_url',
    'uri',
    'versions_url',
    'year',
    'artists',
    'title',
  ]);
  expect(bodyOf('masters', xml)['year']).toBe(0);
});
