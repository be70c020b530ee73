import { describe, expect, it } from '@jest/globals';
import { type SearchPorts, searchDiscogs } from '../../../src/broker/search/index.ts';

const DEADLINE = 25_000;
const QUERY = { artist: 'Björk', title: 'Army Of Me', album: undefined };
/** A row as Discogs sends it, with members that the broker does not use. */
const ROW = {
  country: 'UK',
  year: '1995',
  format: ['CD', 'Single'],
  label: ['One Little Indian', 'Mayking'],
  type: 'release',
  genre: ['Electronic'],
  style: ['Trip Hop', 'Industrial'],
  id: 1,
  barcode: ['5016958023027'],
  user_data: { in_wantlist: false, in_collection: false },
  master_id: 0,
  master_url: null,
  uri: '/release/1-Bj%C3%B6rk-Army-Of-Me',
  catno: '162TP7CD',
  title: 'Björk - Army Of Me',
  thumb: '',
  cover_image: 'https://i.discogs.com/x/cover.jpeg',
  resource_url: 'https://api.discogs.com/releases/1',
};

type Ports = SearchPorts<{ readonly kind: 'refused'; readonly status: number }>;

const answered = (json: unknown) => ({
  kind: 'answered' as const,
  body: new TextEncoder().encode(typeof json === 'string' ? json : JSON.stringify(json)),
});

/** A Discogs that answers `json`, and `again` when it is asked once more; undefined: that could not be asked. */
function answering(json: unknown, again?: unknown): { ports: Ports; asked: unknown[] } {
  const asked: unknown[] = [];
  return {
    asked,
    ports: {
      async fetchSearch(parameters, deadline) {
        asked.push([parameters, deadline]);
        return answered(json);
      },
      async fetchAgain(parameters, deadline) {
        asked.push([parameters, deadline]);
        return again === undefined ? undefined : answered(again);
      },
    },
  };
}

const search = (json: unknown, query: Parameters<typeof searchDiscogs>[0] = QUERY) =>
  searchDiscogs(query, answering(json).ports, DEADLINE);

describe('a search', () => {
  it('asks Discogs once, for the caller’s own words and with the caller’s deadline', async () => {
    const { ports, asked } = answering({ results: [ROW] });
    await searchDiscogs({ artist: 'AC/DC', title: 'T.N.T.', album: 'High Voltage' }, ports, DEADLINE);
    const parameters = [
      ['artist', 'AC/DC'],
      ['track', 'T.N.T.'],
      ['type', 'release'],
      ['per_page', '15'],
      ['release_title', 'High Voltage'],
    ];
    expect(asked).toEqual([[parameters, DEADLINE]]);
  });

  it('names no release where no album is given', async () => {
    const { ports, asked } = answering({ results: [] });
    await searchDiscogs(QUERY, ports, DEADLINE);
    expect(JSON.stringify(asked)).not.toContain('release_title');
  });

  it('answers with exactly the members that clients know, and the cover', async () => {
    expect(await search({ pagination: {}, results: [ROW] })).toEqual({
      kind: 'payload',
      payload: {
        result: {
          title: 'Björk - Army Of Me',
          year: '1995',
          label: 'One Little Indian',
          genres: ['Electronic'],
          styles: ['Trip Hop', 'Industrial'],
          url: 'https://www.discogs.com/release/1-Bj%C3%B6rk-Army-Of-Me',
          fuzzy_match: false,
          cover_image: 'https://i.discogs.com/x/cover.jpeg',
        },
        match_quality: 'exact',
        cache_hit: false,
      },
    });
  });

  it.each([
    ['missing', undefined],
    ['null', null],
    ['empty, as for anonymous callers', ''],
    ['a placeholder', 'https://st.discogs.com/x/images/spacer.gif'],
    ['no address', 'javascript:alert(1)'],
  ])('leaves the cover out when it is %s', async (_, cover_image) => {
    const outcome = await search({ results: [{ ...ROW, cover_image }] });
    expect(outcome).toMatchObject({ kind: 'payload', payload: { match_quality: 'exact' } });
    expect(JSON.stringify(outcome)).not.toContain('cover_image');
  });

  it('fills what a row leaves out or sends in an odd type', async () => {
    const odd = { title: 'Björk - Army Of Me', year: 1995, label: 'x', genre: null, style: ['A', 1, null] };
    expect(await search({ results: [null, 7, [], odd] })).toEqual({
      kind: 'payload',
      payload: {
        result: {
          title: 'Björk - Army Of Me',
          year: '1995',
          label: '',
          genres: [],
          styles: ['A'],
          url: '',
          fuzzy_match: false,
        },
        match_quality: 'exact',
        cache_hit: false,
      },
    });
  });

  it('shows a row without a title as a guess', async () => {
    expect(await search({ results: [{}] })).toMatchObject({
      payload: { result: { title: '', year: '', fuzzy_match: true }, match_quality: 'fuzzy' },
    });
  });

  it('takes a title of absurd length for no proof', async () => {
    const title = 'x'.repeat(1000);
    const outcome = await search({ results: [{ ...ROW, title: `Björk - ${title}` }] }, { ...QUERY, title });
    expect(outcome).toMatchObject({ payload: { match_quality: 'fuzzy' } });
  });

  it.each(['@evil.example/', '//evil.example', 'https://evil.example/', 'http://www.discogs.com/release/1'])(
    'never links away from Discogs: %s',
    async (uri) => {
      const outcome = await search({ results: [{ ...ROW, uri }] });
      const { url } = (outcome.kind === 'payload' && outcome.payload.result) || { url: 'none' };
      expect(url === '' || new URL(url).origin === 'https://www.discogs.com').toBe(true);
    },
  );

  it.each([
    ['no rows', { results: [] }],
    ['no member results', {}],
    ['results null', { results: null }],
  ])('says none for %s', async (_, json) => {
    const payload = { result: null, match_quality: 'none', cache_hit: false };
    expect(await search(json)).toEqual({ kind: 'payload', payload });
  });

  it.each(['', '<html>', 'null', '[]', '7', '{"results": 7}', '{"results": {}}'])(
    'cannot read the answer %s',
    async (text) => {
      expect(await search(text)).toEqual({ kind: 'invalid_answer' });
    },
  );

  it('refuses an answer that would be too large to keep', async () => {
    expect(await search({ results: [{ ...ROW, genre: ['x'.repeat(70_000)] }] })).toEqual({
      kind: 'invalid_answer',
    });
  });

  it('hands every other outcome on as it is', async () => {
    const refused = { kind: 'refused', status: 429 } as const;
    const ports: Ports = { ...answering({}).ports, fetchSearch: async () => refused };
    expect(await searchDiscogs(QUERY, ports, DEADLINE)).toBe(refused);
  });
});

describe('a search with an album that finds nothing', () => {
  const WITH_ALBUM = { ...QUERY, album: 'Army Of Me - Single' };
  const EMPTY = { pagination: { items: 0 }, results: [] };
  const NONE = { result: null, match_quality: 'none', cache_hit: false };

  async function searchTwice(query: Parameters<typeof searchDiscogs>[0], first: unknown, again?: unknown) {
    const { ports, asked } = answering(first, again);
    return { outcome: await searchDiscogs(query, ports, DEADLINE), asked };
  }

  it('is asked for once more, without the album and with the same deadline', async () => {
    const { outcome, asked } = await searchTwice(WITH_ALBUM, EMPTY, { results: [ROW] });
    const first = [
      ['artist', 'Björk'],
      ['track', 'Army Of Me'],
      ['type', 'release'],
      ['per_page', '15'],
    ];
    expect(asked).toEqual([
      [[...first, ['release_title', 'Army Of Me']], DEADLINE],
      [first, DEADLINE],
    ]);
    expect(outcome).toMatchObject({ kind: 'payload', payload: { match_quality: 'exact' } });
  });

  it('is judged by the album that was asked for', async () => {
    const query = { ...QUERY, album: 'Post (Deluxe Edition)' };
    const { outcome } = await searchTwice(query, EMPTY, { results: [ROW] });
    expect(outcome).toMatchObject({ kind: 'payload', payload: { match_quality: 'fuzzy' } });
  });

  it('finds nothing for good where the second question finds nothing either', async () => {
    const { outcome, asked } = await searchTwice(WITH_ALBUM, EMPTY, EMPTY);
    expect([asked.length, outcome]).toEqual([2, { kind: 'payload', payload: NONE }]);
  });

  it.each([
    ['could not be asked', undefined],
    ['was answered with something else', '<html>'],
  ])('finds nothing for now where the second question %s', async (_, again) => {
    const { outcome } = await searchTwice(WITH_ALBUM, EMPTY, again);
    expect(outcome).toEqual({ kind: 'provisional', payload: NONE });
  });

  it.each([
    ['has found a record', WITH_ALBUM, { results: [ROW] }],
    ['names no album', QUERY, EMPTY],
    ['names an album of invisible characters', { ...QUERY, album: '\u200b' }, EMPTY],
    ['has no readable answer', WITH_ALBUM, '<html>'],
  ])('is the only kind that is asked for again, not one that %s', async (_, query, first) => {
    expect((await searchTwice(query, first, EMPTY)).asked).toHaveLength(1);
  });
});
