import { describe, expect, it } from '@jest/globals';
import { checkSearchBody } from '../../../src/broker/search/index.ts';

const LONGEST = 'x'.repeat(256);
const GOOD = { artist: 'A', title: 'T' };
const query = (artist: string, title: string, album?: string) => ({
  kind: 'query',
  query: { artist, title, album },
});

describe('the body of a search', () => {
  it.each([
    ['trimmed', { artist: ' A ', title: '\tT\n', album: ' B ' }, query('A', 'T', 'B')],
    ['without an album', GOOD, query('A', 'T')],
    ['with the null album of existing clients', { ...GOOD, album: null }, query('A', 'T')],
    ['with a blank album', { ...GOOD, album: '  ' }, query('A', 'T')],
    ['with other members', { ...GOOD, force_refresh: true, year: 7 }, query('A', 'T')],
    ['with fields of 256 units', { artist: LONGEST, title: LONGEST }, query(LONGEST, LONGEST)],
    ['with long white space', { artist: `A${' '.repeat(300)}`, title: 'T' }, query('A', 'T')],
  ])('is taken %s', (_, body, expected) => {
    expect(checkSearchBody(body)).toEqual(expected);
  });

  it.each([
    [null, 'request body must be a JSON object'],
    [undefined, 'request body must be a JSON object'],
    [[], 'request body must be a JSON object'],
    ['text', 'request body must be a JSON object'],
    [7, 'request body must be a JSON object'],
    [{}, 'artist and title are required'],
    [{ artist: 'A' }, 'artist and title are required'],
    [{ title: 'T' }, 'artist and title are required'],
    [{ artist: null, title: 'T' }, 'artist and title are required'],
    [{ artist: 'A', title: null }, 'artist and title are required'],
    [{ artist: ' \t', title: 'T' }, 'artist and title are required'],
    [{ artist: 'A', title: '' }, 'artist and title are required'],
    [{ artist: 7, title: 'T' }, 'artist must be a string'],
    [{ artist: 'A', title: ['T'] }, 'title must be a string'],
    [{ ...GOOD, album: 7 }, 'album must be a string'],
    [{ ...GOOD, album: false }, 'album must be a string'],
    [{ artist: `${LONGEST}x`, title: 'T' }, 'artist is too long'],
    [{ artist: 'A', title: `${LONGEST}x` }, 'title is too long'],
    [{ ...GOOD, album: '𝔄'.repeat(129) }, 'album is too long'],
  ])('%j is refused: %s', (body, message) => {
    expect(checkSearchBody(body)).toEqual({ kind: 'invalid_params', message });
  });
});
