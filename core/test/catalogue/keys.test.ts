import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { barcodeKeys, identifierKey, keyHash, nameKey } from '../../src/catalogue/index.ts';

describe('Keys of the catalogue', () => {
  it.each([
    ['Nirvana (2)', 'nirvana'],
    ['Nirvana', 'nirvana'],
    ['(2)', '2'],
    ['The Beatles', 'thebeatles'],
    ['AC/DC', 'acdc'],
    ['!!!', '!!!'],
    ['! ! !', '!!!'],
    ['東京事変', '東京事変'],
    [' ', ''],
  ])('the name %p has the key %p', (name, key) => {
    expect(nameKey(name)).toBe(key);
  });

  it('forgives a barcode its check digit and its zeros', () => {
    const printed = ['074646362822', '74646362822', '0 7464-63628-2 2', '7464636282'];
    for (const one of printed) {
      for (const other of printed) {
        expect(barcodeKeys(identifierKey('barcode', one))).toContain(identifierKey('barcode', other));
      }
    }
  });

  it('reads digits of another width, as Japanese keyboards write them', () => {
    for (const wide of ['０７４６４６３６２８２２', '０　７４６４－６３６２８－２　２']) {
      expect(identifierKey('barcode', wide)).toBe(identifierKey('barcode', '074646362822'));
    }
  });

  it('finds no other barcode beside the one that was asked for', () => {
    fc.assert(
      fc.property(fc.integer({ min: 10 ** 6, max: 10 ** 13 }), (code) => {
        const key = String(code);
        const keys = barcodeKeys(key);
        expect(keys[0]).toBe(key);
        expect(keys.slice(1).every((other) => other.startsWith(key) || key.startsWith(other))).toBe(true);
        expect(keys.length).toBeLessThanOrEqual(3);
      }),
    );
  });

  it('spreads hashes over all 64 bits', () => {
    const hashes = Array.from({ length: 20_000 }, (_, index) => keyHash('catno', `CAT${index}`));
    expect(new Set(hashes.map(({ high }) => high >>> 8)).size).toBeGreaterThan(19_960);
    expect(new Set(hashes.map(({ low }) => low & 0xffffff)).size).toBeGreaterThan(19_960);
    for (let bit = 0; bit < 32; bit += 1) {
      for (const word of ['high', 'low'] as const) {
        const set = hashes.filter((hash) => (hash[word] >>> bit) & 1).length;
        expect(Math.abs(set - 10_000)).toBeLessThan(500);
      }
    }
  });

  it('keeps namespaces apart', () => {
    expect(keyHash('catno', '1')).not.toEqual(keyHash('matrix', '1'));
  });
});
