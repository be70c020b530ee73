import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { searchParameters, withoutAlbum } from '../../../src/broker/search/searchParameters.ts';
import { CASES_OF_QUESTIONS } from './casesOfQuestions.ts';

describe('what Discogs is asked for', () => {
  it.each(CASES_OF_QUESTIONS)(
    'is $sent for $title by $artist on $album',
    ({ artist, title, album, sent }) => {
      const asked = Object.fromEntries(searchParameters({ artist, title, album }));
      const query = { artist, track: title, ...(album === undefined ? {} : { release_title: album }) };
      expect(asked).toEqual({ ...query, type: 'release', per_page: '15', ...sent });
    },
  );

  it.each([
    ['Deluxe Edition', 'CD1', 'Remastered', '(Live)', '- Single'],
    ['(feat. A)', 'feat. A', 'Ft. Worth', 'w/ A', '(with A)'],
    ['Original Mix', '(Original Mix)', '=', ' = ', '(2)'],
  ])('is never nothing: %s, %s, %s, %s, %s', (...texts) => {
    for (const text of texts) {
      for (const [, value] of searchParameters({ artist: text, title: text, album: text })) {
        expect(value.trim()).not.toBe('');
      }
    }
  });

  it('names a version as long as the query does', () => {
    const version = fc.constantFrom(
      'Remix',
      'Live',
      'Dub',
      'Radio Edit',
      'Instrumental',
      'Extended Mix',
      'A Remix',
    );
    const written = fc.constantFrom(
      ...[
        ' (feat. B) (V)',
        ' (feat. B - V)',
        ' feat. B - V',
        ' - V',
        ' (V)',
        ' (V feat. B)',
        ' (feat. B) [V]',
      ],
    );
    fc.assert(
      fc.property(version, written, (name, form) => {
        const text = `Go${form.replace('V', name)}`;
        const { track, release_title } = Object.fromEntries(
          searchParameters({ artist: 'A', title: text, album: text }),
        );
        expect(track).toContain(name);
        expect(release_title).toContain(name);
      }),
    );
  });

  it('loses nothing but the album in the second question', () => {
    const query = { artist: 'A & B', title: 'Go (Remix)', album: 'C' };
    expect(withoutAlbum(searchParameters(query))).toEqual(searchParameters({ ...query, album: undefined }));
  });
});
