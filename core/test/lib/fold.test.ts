import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { fold, foldedLetters } from '../../src/lib/fold.ts';

describe('Folding', () => {
  it.each([
    ['Björk', 'bjork'],
    ['MØ', 'mo'],
    ['Łona', 'lona'],
    ['Straße', 'strasse'],
    ['STRAẞE', 'strasse'],
    ['Ænima', 'aenima'],
    ['Œuvre', 'oeuvre'],
    ['Þursaflokkurinn', 'thursaflokkurinn'],
    ['Đorđe', 'dorde'],
    ['Ħal Saflieni', 'hal saflieni'],
    ['Ŧeŋŋa', 'tenna'],
    ['ＡＢＣ　１２', 'abc 12'],
    ['ﬁn', 'fin'],
    ['Ёлка', 'елка'],
    ['Ὀρφεύς', 'ορφευσ'],
    ['ハス', 'ハス'],
    ['バス', 'バス'],
    ['ﾊﾞｽ', 'バス'],
    [' Two\t\n words ', 'two words'],
    ['a\u200bb', 'ab'],
    ['!!!', '!!!'],
    ['\u0301', ''],
  ])('reads %p as %p', (text, folded) => {
    expect(fold(text)).toBe(folded);
  });

  it('changes nothing that it has folded', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(fold(fold(text))).toBe(fold(text));
      }),
    );
  });

  it('reads ASCII the short way as it does the long way', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme-ascii' }), (text) => {
        // An invisible character, which goes, is what makes the way long.
        expect(fold(text)).toBe(fold(`${text}\u200b`));
      }),
    );
  });

  it.each([
    ["Don't Stop", 'dontstop'],
    ['Sigur Rós', 'sigurros'],
    ['!!!', ''],
  ])('keeps letters and digits of %p: %p', (text, letters) => {
    expect(foldedLetters(text)).toBe(letters);
  });
});
