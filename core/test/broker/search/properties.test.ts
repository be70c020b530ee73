/** What holds for every text, tried with texts that are likely to break it. */
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { askedWords } from '../../../src/broker/search/askedWords.ts';
import { searchCacheKey } from '../../../src/broker/search/cacheKey.ts';
import { parseCredit } from '../../../src/broker/search/credit.ts';
import { evidenceOf } from '../../../src/broker/search/evidence.ts';
import { match } from '../../../src/broker/search/match.ts';
import { sameNames } from '../../../src/broker/search/names.ts';
import { hasWords, normalize } from '../../../src/broker/search/normalize.ts';
import type { SearchQuery } from '../../../src/broker/search/query.ts';
import { scores } from '../../../src/broker/search/score.ts';
import type { SearchHit } from '../../../src/broker/search/searchAnswer.ts';
import { parseWanted } from '../../../src/broker/search/wanted.ts';
import { containsWords, sameWords } from '../../../src/broker/search/words.ts';
import { hitOf } from './matchingCase.ts';

/** Pieces that the rules look at, so that random texts meet them. */
const PIECES = [
  ..."A b Go The and & + - / * | % %7C ! ? $ , ( ) [ ] 'n' feat. ft Feat with w/ = ~ x vs Live (2) Pt. part two II 1 10 EP".split(
    ' ',
  ),
  ...'ß ẞ é e\u0301 ガ Ⅱ ½ 𝔄 𐐀 İ ŉ ﬁ ᾳ \u200d \ud800 Various Untitled'.split(' '),
  ...[' ', ' ', ' - ', ' / ', ' = ', 'Original Mix', '(Deluxe)', 'Remastered'],
];
const ofPieces = fc.array(fc.constantFrom(...PIECES), { maxLength: 8 }).map((pieces) => pieces.join(''));
const anyText = fc.oneof(
  ofPieces,
  fc.array(fc.constantFrom(...PIECES), { maxLength: 6 }).map((pieces) => pieces.join(' ')),
  fc.string({ unit: 'binary', maxLength: 20 }),
  fc.string({ unit: 'grapheme', maxLength: 20 }),
);
const anyQuery: fc.Arbitrary<SearchQuery> = fc.record({
  artist: anyText,
  title: anyText,
  album: fc.option(anyText, { nil: undefined }),
});

/** Few names and titles, so that they meet each other often. */
const NAMES = [
  'AC/DC',
  'ACDC',
  'The Band',
  'Band',
  'Nirvana',
  'Nirvana (2)',
  'A & B',
  'A / B',
  'A',
  'Various',
  '!!!',
];
const TITLES = [
  'Go',
  'GO',
  'Go / Stop',
  'Stop',
  'Go EP',
  'Go (feat. X)',
  'Go feat. Y',
  'Untitled',
  '!!!',
  'Best Of',
];
const FORMATS = ['CD, Album', 'Vinyl, 12"', 'CD, Compilation', ''];
const fewQueries: fc.Arbitrary<SearchQuery> = fc.record({
  artist: fc.constantFrom(...NAMES),
  title: fc.constantFrom(...TITLES),
  album: fc.option(fc.constantFrom(...TITLES), { nil: undefined }),
});
const fewHits = fc.array(
  fc
    .tuple(
      fc.constantFrom(...NAMES),
      fc.constantFrom(...TITLES),
      fc.constantFrom(...FORMATS),
      fc.constantFrom('', '1983', '2001', '0'),
    )
    .map(([name, title, format, year]) => hitOf(`${name} - ${title} | ${format} | ${year}`)),
  { maxLength: 6 },
);

const RUNS = { numRuns: 1000 };

describe('normalizing', () => {
  it('changes nothing the second time', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(normalize(normalize(text))).toBe(normalize(text));
      }),
      RUNS,
    );
  });

  it('leaves words with single spaces and joints, or signs without spaces', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const normalized = normalize(text);
        const form = hasWords(normalized)
          ? /^[\p{L}\p{N}\p{M}]+(?:[ -][\p{L}\p{N}\p{M}]+)*$/u
          : /^[^\s\p{L}\p{N}]*$/u;
        expect(normalized).toMatch(form);
      }),
      RUNS,
    );
  });

  it('keeps every letter and digit of a text in scripts without case and accents', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('愛', 'ガ', 'か', '한', 'ท', '7'), { minLength: 1 }),
        (letters) => {
          const text = letters.join('');
          expect(normalize(text)).toBe(text);
        },
      ),
    );
  });
});

describe('comparing words', () => {
  it('says the same in both directions, and that a text is the same as itself', () => {
    fc.assert(
      fc.property(anyText, anyText, (a, b) => {
        const [one, two] = [normalize(a), normalize(b)];
        expect(sameWords(one, two)).toBe(sameWords(two, one));
        expect(sameWords(one, one)).toBe(one !== '');
        if (sameWords(one, two)) expect(containsWords(one, two)).toBe(true);
      }),
      RUNS,
    );
  });

  it('sees the same letters wherever it sees the same words', () => {
    fc.assert(
      fc.property(ofPieces, ofPieces, (a, b) => {
        const [one, two] = [normalize(a), normalize(b)];
        const letters = (text: string): string => text.replaceAll(/[ -]/gu, '');
        if (hasWords(one) && sameWords(one, two)) expect(letters(one)).toBe(letters(two));
      }),
      RUNS,
    );
  });
});

describe('the cache key', () => {
  it('is the same exactly when artist, title and album are seen, and asked for, as the same', () => {
    const seen = (query: SearchQuery): unknown => {
      const wanted = parseWanted(query);
      const { artist, title, album } = wanted;
      const asked = askedWords(wanted);
      // No album, and one without a letter or sign, are one.
      const albumSeen =
        album?.readings.some(({ names }) => names.some((name) => name !== '')) && album.readings;
      const asWords = [asked.title, asked.album ?? ''].map(normalize);
      return [artist.name, artist.numbers, artist.guests, title.readings, albumSeen, asWords];
    };
    for (const queries of [anyQuery, fewQueries]) {
      fc.assert(
        fc.property(queries, queries, (a, b) => {
          const sameKey = searchCacheKey(a) === searchCacheKey(b);
          expect(sameKey).toBe(JSON.stringify(seen(a)) === JSON.stringify(seen(b)));
        }),
        RUNS,
      );
    }
  });

  it('takes an album of invisible characters for none, as the matching does', () => {
    const [none, invisible] = [undefined, '\u200b'].map((album) => ({ artist: 'A', title: 'B', album }));
    if (!none || !invisible) throw new Error('no query');
    expect(searchCacheKey(invisible)).toBe(searchCacheKey(none));
    expect(match(invisible, [hitOf('A - B')])).toEqual(match(none, [hitOf('A - B')]));
  });

  it('tells apart where the parts of a name stand', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('|', '%', '%7C', '!', '?', ''), { minLength: 3, maxLength: 3 }),
        fc.array(fc.constantFrom('|', '%', '%7C', '!', '?', ''), { minLength: 3, maxLength: 3 }),
        ([a = '', b = '', c = ''], [d = '', e = '', f = '']) => {
          const one = searchCacheKey({ artist: a, title: b, album: c });
          const two = searchCacheKey({ artist: d, title: e, album: f });
          expect(one === two).toBe(a === d && b === e && c === f);
        },
      ),
    );
  });

  it('decides what is matched: queries of one key get one answer', () => {
    for (const queries of [anyQuery, fewQueries]) {
      fc.assert(
        fc.property(queries, queries, fewHits, (a, b, hits) => {
          if (searchCacheKey(a) === searchCacheKey(b)) expect(match(a, hits)).toEqual(match(b, hits));
        }),
        RUNS,
      );
    }
  });
});

describe('matching', () => {
  it('gives the same quality in any order of the hits, and another hit only where two are equally good', () => {
    fc.assert(
      fc.property(
        fewQueries,
        fewHits.chain((hits) =>
          fc.tuple(fc.constant(hits), fc.shuffledSubarray(hits, { minLength: hits.length })),
        ),
        (query, [hits, shuffled]) => {
          const [one, two] = [match(query, hits), match(query, shuffled)];
          expect(two.quality).toBe(one.quality);
          if (one.quality === 'none' || two.quality === 'none' || one.hit === two.hit) return;
          const wanted = parseWanted(query);
          const proof = ({ title }: SearchHit) => {
            const { exact, rank } = evidenceOf(wanted, title);
            return exact ? 'exact' : rank;
          };
          expect(proof(one.hit)).toBe(proof(two.hit));
          const equals = hits.filter((hit) => proof(hit) === proof(one.hit));
          const points = scores(equals);
          expect(points[equals.indexOf(one.hit)]).toBe(points[equals.indexOf(two.hit)]);
        },
      ),
      RUNS,
    );
  });

  it('says exact only where the artist of the hit, or of one share of a split, has the same words', () => {
    let exact = 0;
    fc.assert(
      fc.property(fewQueries, fewHits, (query, hits) => {
        const found = match(query, hits);
        if (found.quality !== 'exact') return;
        exact += 1;
        const [artist = ''] = found.hit.title.split(' - ');
        const shown = [artist, ...artist.split(' / ')].map((name) => parseCredit(name).name);
        const { name: wanted } = parseCredit(query.artist);
        expect(shown.some((name) => sameNames(name, wanted))).toBe(true);
      }),
      RUNS,
    );
    expect(exact).toBeGreaterThan(30);
  });

  it('takes any text without failing, and never calls Various or Untitled exact', () => {
    fc.assert(
      fc.property(anyQuery, fc.array(anyText, { maxLength: 4 }), (query, titles) => {
        const hits = titles.map((title) => ({ ...hitOf(''), title }));
        expect(match(query, hits).quality === 'none').toBe(hits.length === 0);
        expect(match({ ...query, artist: 'Various' }, hits).quality).not.toBe('exact');
        expect(match({ ...query, title: 'Untitled' }, hits).quality).not.toBe('exact');
      }),
      RUNS,
    );
  });
});
