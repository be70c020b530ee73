import { describe, expect, test } from '@jest/globals';
import { bodyOf, jsonOf, prepare } from './support/prepare.ts';

describe('an artist', () => {
  const whole =
    '<artist><images><image type="primary" uri="" uri150="" width="1" height="1"/></images><id>101</id><name>Nordwind &amp; Co. (2)</name>' +
    '<realname>Nora &#197;s</realname><profile>Two&#13;\nlines</profile><data_quality>Needs Vote</data_quality>' +
    '<urls><url>https://a.example/?x=1&amp;y=2</url><url/></urls><namevariations><name>Nordwind</name></namevariations>' +
    '<aliases><name id="104">Quiet Motor</name></aliases><groups><name id="105">Tin</name></groups>' +
    '<members><id>102</id><name id="102">Mira</name><id>103</id><name>L&#243;r</name><name>Unlinked</name></members></artist>';

  test('has the members of the API in its order, without images', () => {
    expect(jsonOf(prepare('artists', whole))).toBe(
      JSON.stringify({
        name: 'Nordwind & Co. (2)',
        id: 101,
        resource_url: 'https://api.discogs.com/artists/101',
        uri: 'https://www.discogs.com/artist/101-Nordwind-Co-2',
        releases_url: 'https://api.discogs.com/artists/101/releases',
        realname: 'Nora Ås',
        profile: 'Two\r\nlines',
        urls: ['https://a.example/?x=1&y=2'],
        namevariations: ['Nordwind'],
        aliases: [{ id: 104, name: 'Quiet Motor', resource_url: 'https://api.discogs.com/artists/104' }],
        groups: [{ id: 105, name: 'Tin', resource_url: 'https://api.discogs.com/artists/105' }],
        members: [
          { id: 102, name: 'Mira', resource_url: 'https://api.discogs.com/artists/102' },
          { id: 103, name: 'Lór', resource_url: 'https://api.discogs.com/artists/103' },
        ],
        data_quality: 'Needs Vote',
      }),
    );
  });

  test('is found by its name and variations, and refers to aliases, groups and members', () => {
    expect(prepare('artists', whole).facts).toEqual({
      name: 'Nordwind & Co. (2)',
      variations: ['Nordwind'],
      references: [104, 105, 102, 103],
    });
  });

  test('has no member for what the dump leaves out', () => {
    expect(Object.keys(bodyOf('artists', '<artist><id>7</id><name>!!!</name><profile/></artist>'))).toEqual([
      'name',
      'id',
      'resource_url',
      'uri',
      'releases_url',
      'profile',
    ]);
  });

  test('whose name has no letter has an address of its id alone', () => {
    expect(bodyOf('artists', '<artist><id>7</id><name>!!!</name></artist>')['uri']).toBe(
      'https://www.discogs.com/artist/7',
    );
  });

  test('without an id is not understood', () => {
    expect(() => prepare('artists', '<artist><name>X</name></artist>')).toThrow('no id');
    expect(() => prepare('artists', '<artist><id>0</id></artist>')).toThrow('no id');
    expect(() => prepare('artists', '<artist><id>4294967296</id></artist>')).toThrow('no id');
    expect(() => prepare('releases', '<release id="4294967296"><title>X</title></release>')).toThrow('no id');
    expect(prepare('releases', '<release id="4294967295"><title>X</title></release>').id).toBe(4294967295);
  });
});

describe('a label', () => {
  test('has the members of the API in its order', () => {
    const xml =
      '<label><images/><id>201</id><name>Fjordlicht</name><contactinfo>Pier 3</contactinfo><profile>A &lt;house&gt;</profile>' +
      '<data_quality>Correct</data_quality><parentLabel id="200">Licht</parentLabel><urls><url>https://f.example</url></urls>' +
      '<sublabels><label id="202">Dub</label><label/><label id="203">Klein</label></sublabels></label>';
    expect(jsonOf(prepare('labels', xml))).toBe(
      JSON.stringify({
        id: 201,
        name: 'Fjordlicht',
        resource_url: 'https://api.discogs.com/labels/201',
        uri: 'https://www.discogs.com/label/201-Fjordlicht',
        releases_url: 'https://api.discogs.com/labels/201/releases',
        contact_info: 'Pier 3',
        profile: 'A <house>',
        parent_label: { id: 200, name: 'Licht', resource_url: 'https://api.discogs.com/labels/200' },
        data_quality: 'Correct',
        urls: ['https://f.example'],
        sublabels: [
          { id: 202, name: 'Dub', resource_url: 'https://api.discogs.com/labels/202' },
          { id: 203, name: 'Klein', resource_url: 'https://api.discogs.com/labels/203' },
        ],
      }),
    );
    expect(prepare('labels', xml).facts.references).toEqual([200, 202, 203]);
  });

  test('of 2020, whose sublabels are empty elements, has no sublabels', () => {
    const body = bodyOf('labels', '<label><id>1</id><name>A</name><sublabels><label/></sublabels></label>');
    expect(body).not.toHaveProperty('sublabels');
  });

  test('without a name has an empty one', () => {
    expect(bodyOf('labels', '<label><id>206</id><name/></label>')).toMatchObject({ name: '' });
  });
});
