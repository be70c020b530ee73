import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { wantedWords, wordsOf } from '../src/sqlite/searchWords.ts';
import { wordBuffer } from '../src/sqlite/wordBuffer.ts';

/** What people write, and what nobody does. */
const text = fc.oneof(
  fc
    .array(
      fc.constantFrom(
        'AC/DC',
        "don't",
        'P!nk',
        'A$AP',
        '!!!',
        '&',
        '+',
        'a',
        '  ',
        'Ø',
        '東京',
        '(Live)',
        '1.5',
      ),
      { maxLength: 6 },
    )
    .map((parts) => parts.join(' ')),
  fc.string({ unit: 'grapheme-ascii' }),
  fc.string({ unit: fc.integer({ min: 0x20, max: 0x260 }).map((code) => String.fromCharCode(code)) }),
  fc.string({
    unit: fc.constantFrom('a', ' ', '’', '…', '–', 'ß', '²', '½', '´', '™', '\u00ad', '\u0301', 'İ', 'ŀ'),
  }),
  fc.string({ unit: 'grapheme' }),
);

describe('Words for the full-text index', () => {
  it.each([
    ["Don't Stop", ['don', 't', 'dont', 'stop']],
    ['AC/DC', ['ac', 'dc', 'acdc']],
    ['R.E.M.', ['r', 'e', 'm', 'rem']],
    ['Rock & Roll', ['rock', 'and', 'roll']],
    ['P!nk', ['pink']],
    ['Wham!', ['wham']],
    ['Oh! -- So', ['oh', 'so']],
    ['東京 Blues', ['東', '東京', '京', 'blues']],
    ['東', ['東']],
    ['ビートルズ', ['ビ', 'ビー', 'ー', 'ート', 'ト', 'トル', 'ル', 'ルズ', 'ズ']],
    ['', []],
  ])('%p is found by %p', (given, words) => {
    expect(wordsOf(given)).toEqual(words);
  });

  it('are the same whichever way they are found', () => {
    const buffer = wordBuffer();
    fc.assert(
      fc.property(text, (given) => {
        buffer.addText('k', given);
        const words = Buffer.from(buffer.take()).toString().split(' ').slice(1);
        expect(words).toEqual(wordsOf(given).map((word) => `k${word}`));
      }),
      { numRuns: 2000 },
    );
  });

  it('find each text by itself', () => {
    fc.assert(
      fc.property(text, (given) => {
        const own = new Set(wordsOf(given));
        for (const wanted of wantedWords(given, 1000)) {
          expect(wanted.some((words) => words.every((word) => own.has(word)))).toBe(true);
        }
      }),
      { numRuns: 2000 },
    );
  });

  it('end for a record without end', () => {
    const buffer = wordBuffer();
    for (let index = 0; index < 100; index += 1) buffer.addText('k', 'word '.repeat(10_000));
    buffer.addText('k', '東'.repeat(100_000));
    expect(buffer.take().length).toBeLessThan(300_000);
    expect(buffer.take()).toHaveLength(0);
  });
});
