import { describe, expect, test } from '@jest/globals';
import { fixtureXml } from './support/fixtureDump.ts';
import { bodyOf, jsonOf, prepare, recordsIn } from './support/prepare.ts';

const api = (path: string): string => `https://api.discogs.com/${path}`;
const credit = (name: string, id: number, more: object = {}) => ({
  name,
  anv: '',
  join: '',
  role: '',
  tracks: '',
  ...more,
  ...(id === 0 ? {} : { id, resource_url: api(`artists/${id}`) }),
});
const [harbour = '', , twoRooms = ''] = recordsIn(await fixtureXml('2026', 'releases'), 'releases');
/** A release with these elements and nothing else. */
const release = (elements: string): string => `<release id="9" status="">${elements}</release>`;

test('a release has the members of the API in its order', () => {
  expect(jsonOf(prepare('releases', harbour))).toBe(
    JSON.stringify({
      id: 401,
      year: 1999,
      resource_url: api('releases/401'),
      uri: 'https://www.discogs.com/release/401-Nordwind-Ensemble-Harbour-Lights',
      artists: [credit('Nordwind Ensemble', 101)],
      artists_sort: 'Nordwind Ensemble',
      labels: ['FL 001', 'FL001'].map((catno) => ({
        name: 'Fjordlicht',
        catno,
        entity_type: '1',
        entity_type_name: 'Label',
        id: 201,
        resource_url: api('labels/201'),
      })),
      series: [
        {
          name: 'Boathouse Sessions',
          catno: '1',
          entity_type: '2',
          entity_type_name: 'Series',
          id: 205,
          resource_url: api('labels/205'),
        },
      ],
      companies: [
        {
          name: 'Presswerk Süd',
          catno: 'PW-77',
          entity_type: '17',
          entity_type_name: 'Pressed By',
          id: 204,
          resource_url: api('labels/204'),
        },
      ],
      formats: [
        { name: 'Vinyl', qty: '2', text: 'Clear', descriptions: ['12"', '33 ⅓ RPM', 'Album'] },
        { name: 'All Media', qty: '1', descriptions: ['Limited Edition'] },
      ],
      data_quality: 'Correct',
      format_quantity: 2,
      master_id: 301,
      master_url: api('masters/301'),
      title: 'Harbour Lights',
      country: 'Norway',
      released: '1999-03-00',
      notes: 'Recorded in a boathouse.\r\n\r\nSide "A" <quiet> \\ side B loud.\tTab.',
      released_formatted: 'Mar 1999',
      identifiers: [
        { type: 'Barcode', value: '0 7464-63628-2 2' },
        { type: 'Barcode', value: '074646362822', description: 'Scanned' },
        { type: 'Matrix / Runout', value: 'FL 001 A\thand etched', description: 'Side A' },
        { type: 'Label Code', value: 'LC 01234' },
      ],
      videos: [
        {
          uri: 'https://www.youtube.com/watch?v=aaaaaaaaaaa',
          title: 'Pier',
          description: '',
          duration: 65535,
          embed: true,
        },
        {
          uri: 'https://www.youtube.com/watch?v=bbbbbbbbbbb',
          title: 'Low Tide',
          description: 'two\nlines',
          duration: 61,
          embed: false,
        },
      ],
      genres: ['Electronic', 'Folk, World, & Country'],
      styles: ['Ambient'],
      tracklist: [
        { position: '', type_: 'heading', title: 'Side A', duration: '' },
        {
          position: 'A1',
          type_: 'track',
          artists: [
            credit('Mira Åskov', 102, { anv: 'Mira A.', join: 'feat.' }),
            credit('Quiet Motor (2)', 104),
          ],
          title: 'Pier',
          extraartists: [credit('The Tin Lanterns', 105, { role: 'Remix' })],
          duration: '4:45',
        },
        {
          position: '',
          type_: 'index',
          title: 'Suite',
          duration: '10:00',
          sub_tracks: [
            { position: 'A2a', type_: 'track', title: 'Low Tide', duration: '5:00' },
            {
              position: 'A2b',
              type_: 'track',
              artists: [credit('Quiet Motor (2)', 104)],
              title: 'High Tide',
              duration: '',
            },
          ],
        },
      ],
      extraartists: [
        credit('Lór Þorsson', 103, { anv: 'L. Thorsson', role: 'Producer, Written-By [Lyrics, Music]' }),
        credit('A Neighbour', 0, { role: 'Voice', tracks: 'A2' }),
      ],
    }),
  );
});

test('the facts of a release are what lists, look-ups and search need', () => {
  expect(prepare('releases', harbour).facts).toEqual({
    summary: {
      id: 401,
      title: 'Harbour Lights',
      artist: 'Nordwind Ensemble',
      year: 1999,
      released: '1999-03-00',
      country: 'Norway',
      format: '12", 33 ⅓ RPM, Album, Clear',
      majorFormats: ['Vinyl', 'All Media'],
      label: 'Fjordlicht',
      catno: 'FL 001',
      masterId: 301,
    },
    credits: [
      { artistId: 101, role: 'Main', trackinfo: '' },
      { artistId: 103, role: 'Producer', trackinfo: '' },
      { artistId: 103, role: 'Written-By', trackinfo: '' },
      { artistId: 102, role: 'TrackAppearance', trackinfo: 'Pier' },
      { artistId: 104, role: 'TrackAppearance', trackinfo: 'Pier, High Tide' },
      { artistId: 105, role: 'Remix', trackinfo: 'Pier' },
    ],
    labels: [
      { labelId: 201, catno: 'FL 001' },
      { labelId: 201, catno: 'FL001' },
      { labelId: 204, catno: 'PW-77' },
      { labelId: 205, catno: '1' },
    ],
    barcodes: ['0 7464-63628-2 2', '074646362822'],
    catnos: ['FL 001', 'FL001', 'PW-77'],
    matrices: ['FL 001 A\thand etched'],
    artistNames: ['Nordwind Ensemble'],
    labelNames: ['Fjordlicht'],
    tracks: ['Pier', 'Suite', 'Low Tide', 'High Tide'],
    genres: ['Electronic', 'Folk, World, & Country'],
    styles: ['Ambient'],
  });
});

test('several artists are joined as printed for lists and addresses, and by their names for sorting', () => {
  const record = prepare('releases', twoRooms);
  const { facts } = record;
  expect(JSON.parse(jsonOf(record))).toMatchObject({
    uri: 'https://www.discogs.com/release/403-M-%C3%85skov-The-Tin-Lanterns-Somebody-Two-Rooms',
    artists_sort: 'Mira Åskov & Tin Lanterns, The, Somebody',
    artists: [{}, {}, { name: 'Somebody', anv: '', join: '', role: '', tracks: '' }],
  });
  expect(facts.summary.artist).toBe('M. Åskov & The Tin Lanterns, Somebody');
  expect(facts.artistNames).toEqual(['Mira Åskov', 'M. Åskov', 'The Tin Lanterns', 'Somebody']);
});

test('a featured artist has an appearance, and other roles keep their names and tracks', () => {
  expect(prepare('releases', twoRooms).facts.credits.slice(2)).toEqual([
    { artistId: 106, role: 'Appearance', trackinfo: '' },
    { artistId: 107, role: 'Remix', trackinfo: 'B1' },
  ]);
});

test('main artists of an unofficial release are listed as such', () => {
  const xml = release(
    '<artists><artist><id>5</id><name>A</name></artist></artists><formats><format name="CDr" qty="1" text="">' +
      '<descriptions><description>Unofficial Release</description></descriptions></format></formats>',
  );
  expect(prepare('releases', xml).facts.credits).toEqual([
    { artistId: 5, role: 'UnofficialRelease', trackinfo: '' },
  ]);
});

test('a release with nothing but an id has the members that are never missing', () => {
  expect(bodyOf('releases', release(''))).toEqual({
    id: 9,
    year: 0,
    resource_url: api('releases/9'),
    uri: 'https://www.discogs.com/release/9',
    artists: [],
    artists_sort: '',
    labels: [],
    formats: [],
    format_quantity: 0,
    title: '',
    identifiers: [],
    videos: [],
    tracklist: [],
  });
});

describe.each<[string, string, string, unknown]>([
  ['a status of 2020', 'status', '', undefined],
  ['master 0', 'master_id', '<master_id is_main_release="false">0</master_id>', undefined],
  ['master 0', 'master_url', '<master_id is_main_release="false">0</master_id>', undefined],
  ['a master', 'master_url', '<master_id>7</master_id>', api('masters/7')],
  ['a whole date', 'released_formatted', '<released>2011-12-24</released>', '24 Dec 2011'],
  ['a year alone', 'released_formatted', '<released>1999</released>', '1999'],
  ['an unknown month', 'released_formatted', '<released>1999-00-00</released>', '1999'],
  ['a text for a date', 'released_formatted', '<released>?</released>', '?'],
  ['a text for a date', 'year', '<released>?</released>', 0],
  ['an empty country', 'country', '<country/>', undefined],
  ['empty series', 'series', '<series/>', []],
  ['no series', 'series', '', undefined],
  ['no companies', 'companies', '<companies/>', undefined],
  ['no extra artists', 'extraartists', '<extraartists/>', undefined],
])('%s', (_, member, elements, expected) => {
  test(`gives ${member}: ${JSON.stringify(expected)}`, () => {
    expect(bodyOf('releases', release(elements))[member]).toEqual(expected);
  });
});

test('the status is that of the dump', () => {
  expect(bodyOf('releases', '<release id="9" status="Accepted"/>')['status']).toBe('Accepted');
});

test.each([
  ['<position/><title>Disc One</title><duration/>', 'heading'],
  ['<position/><title>Suite</title><duration/><sub_tracks/>', 'index'],
  ['<position>A</position><title>A</title><duration/>', 'track'],
  ['<position/><title>A</title><duration>3:00</duration>', 'track'],
  ['<position/><title>A</title><duration/><artists><artist><id>1</id></artist></artists>', 'track'],
])('the row %s of a tracklist is a %s', (row, type) => {
  const body = bodyOf('releases', release(`<tracklist><track>${row}</track></tracklist>`));
  expect(body['tracklist']).toMatchObject([{ type_: type }]);
});

test('a label or company without a page has no id and is in no list', () => {
  const xml = release(
    '<labels><label name="" catno="X" id="0"/></labels><companies><company><id>0</id><name>Nobody</name></company></companies>',
  );
  expect(bodyOf('releases', xml)).toMatchObject({
    labels: [{ name: '', catno: 'X', entity_type: '1', entity_type_name: 'Label' }],
    companies: [{ name: 'Nobody', catno: '', entity_type: '', entity_type_name: '' }],
  });
  expect(bodyOf('releases', xml)).not.toHaveProperty('labels.0.id');
  expect(prepare('releases', xml).facts.labels).toEqual([]);
});

test('a part in the whole release stands for its parts in tracks', () => {
  const producer = '<artist><id>5</id><name>A</name><role>Producer</role></artist>';
  const xml = release(
    `<extraartists>${producer}</extraartists><tracklist><track><position>1</position><title>One</title>` +
      `<extraartists>${producer}</extraartists></track></tracklist>`,
  );
  expect(prepare('releases', xml).facts.credits).toEqual([{ artistId: 5, role: 'Producer', trackinfo: '' }]);
});

test('the tracks of a credit are cut at a whole title', () => {
  const track = '<track><title>123456789</title><artists><artist><id>5</id></artist></artists></track>';
  const [first] = prepare('releases', release(`<tracklist>${track.repeat(200)}</tracklist>`)).facts.credits;
  expect(first?.trackinfo).toMatch(/^(123456789, )+123456789$/);
  expect(first?.trackinfo.length).toBeLessThanOrEqual(500);
});

test('10,000 tracks with credits, 64 KB of notes and control characters are read as they are', () => {
  const artist = (id: number): string =>
    `<artist><id>${id}</id><name>A ${id}</name><role>Producer</role></artist>`;
  const track = (index: number): string =>
    `<track><position>${index}</position><title>T</title><extraartists>${artist(index + 1)}</extraartists></track>`;
  const tracks = Array.from({ length: 10_000 }, (_, index) => track(index)).join('');
  const notes = 'bell \u0007 & null &#0; '.replace('& ', '&amp; ').repeat(3000);
  const record = prepare('releases', release(`<notes>${notes}</notes><tracklist>${tracks}</tracklist>`));
  const { facts } = record;
  const body = JSON.parse(jsonOf(record));
  expect(body.notes).toBe('bell \u0007 & null \u0000 '.repeat(3000));
  expect(body.tracklist).toHaveLength(10_000);
  expect(body.tracklist[9999]).toMatchObject({
    position: '9999',
    extraartists: [{ id: 10_000, name: 'A 10000' }],
  });
  expect(facts.credits).toHaveLength(10_000);
});
