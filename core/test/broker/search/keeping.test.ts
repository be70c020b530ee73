import { describe, expect, it } from '@jest/globals';
import {
  readStoredPayload,
  type SearchPayload,
  searchCacheKey,
  searchTtlSeconds,
  storedPayload,
} from '../../../src/broker/search/index.ts';

const key = (artist: string, title: string, album?: string) => searchCacheKey({ artist, title, album });

describe('the key of a search', () => {
  it.each([
    [key('Recovery Artist', 'Cached'), 'recovery artist|cached|'],
    [key('  BJÖRK ', 'Jóga', 'Homogenic'), 'bjork|joga|homogenic'],
    [key('AC/DC', 'T.N.T.'), 'ac-dc|t-n-t|'],
    [key('!!!', '?'), '!!!|?|'],
    [key('|', '%', '|%'), '%7C|%25|%7C%25'],
    [key('𐐀', '𝔄'), '𐐨|a|'],
    [key('Nirvana (2)', 'Go feat. X'), 'nirvana (2)|go feat. x|'],
    [key('A & B ft C', 'Зеркало = Mirror'), 'a & b feat. c|зеркало = mirror|'],
    [key('A', 'Go (Original Mix)', 'X (Deluxe Edition)'), 'a|go|x deluxe edition [-15]'],
    [key('A', 'Go (With B)'), 'a|go with b ~ go feat. b with. b|'],
  ])('%s', (made, expected) => {
    expect(made).toBe(expected);
  });

  it.each([
    ['an album and a longer title', key('A', 'B C'), key('A', 'B', 'C')],
    ['an artist and a longer one', key('A B', 'C'), key('A', 'B C')],
    ['two names made of signs', key('!!!', 'A'), key('???', 'A')],
    ['two letters beyond the basic plane', key('𐐀', 'A'), key('𐐁', 'A')],
    ['the first and the second of one name', key('Nirvana', 'A'), key('Nirvana (2)', 'A')],
    ['a number and a numbered name', key('Nirvana 2', 'A'), key('Nirvana (2)', 'A')],
    ['a guest and a word', key('A', 'B feat. C'), key('A', 'B C')],
    ['two words for and, with which Discogs is asked', key('A & B', 'C'), key('A et B', 'C')],
    ['names in a list and one name', key('A, B', 'C'), key('A B', 'C')],
    ['the numbers of two artists', key('A (2) & B', 'C'), key('A & B (2)', 'C')],
    ['a guest and what may be one', key('A', 'B (with C)'), key('A', 'B (With C)')],
    ['two editions that Discogs is asked for alike', key('A', 'B', 'C (Deluxe)'), key('A', 'B', 'C')],
    ['editions that Discogs is asked for otherwise', key('A', 'B', 'C (Deluxe)'), key('A', 'B', 'C Deluxe')],
  ])('differs between %s', (_, one, two) => {
    expect(one).not.toBe(two);
  });

  it('takes three fields of full length in Latin letters', () => {
    const longest = 'x'.repeat(256);
    expect(key(longest, longest, longest)).toHaveLength(770);
    const label = ' (2011 Remaster)';
    const labelled = longest.slice(label.length) + label;
    expect(key(longest, labelled, labelled)?.length).toBeLessThan(800);
  });

  it.each([
    ['more than 1,024 characters', '\ufdfa'.repeat(80)],
    ['more than 2,048 bytes', '愛'.repeat(256)],
  ])('is refused with %s', (_, longest) => {
    expect(key(longest, longest, longest)).toBeUndefined();
  });
});

const RESULT = {
  title: 'A - B',
  year: '1990',
  label: '',
  genres: ['Rock'],
  styles: [],
  url: '',
  fuzzy_match: false,
};
const EXACT: SearchPayload = { result: RESULT, match_quality: 'exact', cache_hit: false };
const FUZZY: SearchPayload = {
  result: { ...RESULT, fuzzy_match: true },
  match_quality: 'fuzzy',
  cache_hit: false,
};
const NONE: SearchPayload = { result: null, match_quality: 'none', cache_hit: false };

describe('how long an answer is kept', () => {
  it.each([
    [EXACT, 604_800, 604_800],
    [EXACT, 60, 60],
    [FUZZY, 604_800, 900],
    [NONE, 604_800, 900],
    [NONE, 60, 60],
  ])('%j with %d configured seconds: %d', (payload, configured, expected) => {
    expect(searchTtlSeconds(payload, configured)).toBe(expected);
  });
});

describe('a stored answer', () => {
  const WEEK_MS = 7 * 86_400_000;
  const QUARTER_HOUR_MS = 900_000;

  it.each([EXACT, FUZZY, NONE, { ...EXACT, result: { ...RESULT, cover_image: 'https://x/' } }])(
    'comes back as it was, marked as cached: %j',
    (payload) => {
      expect(readStoredPayload(storedPayload(payload), WEEK_MS)).toEqual({ ...payload, cache_hit: true });
    },
  );

  it('loses members that no client knows', () => {
    expect(readStoredPayload(JSON.stringify({ ...NONE, secret: 1 }), 0)).toEqual({
      ...NONE,
      cache_hit: true,
    });
  });

  it.each([
    ['of an older version', JSON.stringify(EXACT)],
    ['of a newer version', storedPayload(EXACT).replace(/"matching_rule":\d+/u, '"matching_rule":99')],
  ])('%s counts for no longer than a guess: its exact may be wrong by this rule', (_, json) => {
    expect(readStoredPayload(json, QUARTER_HOUR_MS)).toEqual({ ...EXACT, cache_hit: true });
    expect(readStoredPayload(json, QUARTER_HOUR_MS + 1)).toBeUndefined();
  });

  it.each([
    ['cut short', JSON.stringify(EXACT).slice(0, -1)],
    ['null', 'null'],
    ['a list', '[]'],
    ['without a quality', JSON.stringify({ result: null, cache_hit: false })],
    ['of unknown quality', JSON.stringify({ ...NONE, match_quality: 'good' })],
    ['none with a record', JSON.stringify({ ...EXACT, match_quality: 'none' })],
    ['exact without one', JSON.stringify({ ...NONE, match_quality: 'exact' })],
    ['exact and fuzzy', JSON.stringify({ ...FUZZY, match_quality: 'exact' })],
    ['with a year that is a number', JSON.stringify({ ...EXACT, result: { ...RESULT, year: 1990 } })],
    ['with a null cover', JSON.stringify({ ...EXACT, result: { ...RESULT, cover_image: null } })],
    ['without styles', JSON.stringify({ ...EXACT, result: { ...RESULT, styles: undefined } })],
  ])('is a miss when it is %s', (_, json) => {
    expect(readStoredPayload(json, 0)).toBeUndefined();
  });
});
