import { describe, expect, it } from '@jest/globals';
import { scores } from '../../../src/broker/search/score.ts';
import { hitOf } from './matchingCase.ts';

const score = (notation: string): number | undefined => scores([hitOf(notation)])[0];

describe('the score of a row', () => {
  it.each([
    ['1992', 5],
    ['1995', 4],
    ['2005', 3],
    ['2006', 3],
    ['2016', 2],
    ['2018', 2],
    ['2020', 1],
    ['2025', 1],
    ['2027', 0],
    ['2045', -2],
  ])('counts the year %s with %d', (year, points) => {
    // -0 and 0 are one score.
    expect((score(`A - B | CD | ${year}`) ?? Number.NaN) + 0).toBe(points);
  });

  it.each([
    ['A - B | CD, Compilation | 2027', -20],
    ['A - B | CD, Comp, Mixed, Sampler | 2027', -20],
    ['VARIOUS - B | CD | 2027', -15],
    ['A - B | Vinyl, 12", EP, Single | 2027', 10],
    ['A - B | CD, Maxi-Single | 2027', 10],
    ['Various - B | CD, Compilation, EP | 2027', -25],
    ['A - B | CD, Album | 2027', 0],
  ])('counts the formats of %s with %d', (notation, points) => {
    expect((score(notation) ?? Number.NaN) + 0).toBe(points);
  });

  it.each(['', '0', 'unknown', '1066', '99999'])(
    'counts the year "%s" like the newest of the rows',
    (year) => {
      const [undated, old, late] = scores(
        ['', ' | CD | 1960', ' | CD | 2020'].map((rest) => hitOf(`A - B${rest}`)),
      );
      expect([undated, old, late]).toEqual([1, 9, 1]);
      expect(scores([hitOf(`A - B | CD | ${year}`), hitOf('A - B | CD | 2020')])).toEqual([1, 1]);
    },
  );

  it('still tells years apart after 2030', () => {
    const [older = 0, newer = 0] = scores([hitOf('A - B | CD | 2035'), hitOf('A - B | CD | 2050')]);
    expect(older).toBeGreaterThan(newer);
  });
});
