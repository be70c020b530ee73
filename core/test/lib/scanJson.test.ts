/** The check of a body beside the platform's own: both must say the same of the same bytes. */
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { scanJson } from '../../src/lib/scanJson.ts';

const encoder = new TextEncoder();
const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

const accepts = (body: Uint8Array): boolean => scanJson(body, []) !== undefined;

function parses(body: Uint8Array): boolean {
  try {
    const value: unknown = JSON.parse(strict.decode(body));
    return typeof value === 'object' && value !== null;
  } catch {
    return false;
  }
}

/** Bodies on which both differ, as lists of their bytes; at most a few. */
function differences(bodies: Iterable<Uint8Array>): number[][] {
  const found: number[][] = [];
  for (const body of bodies) {
    if (accepts(body) !== parses(body) && found.length < 5) found.push([...body]);
  }
  return found;
}

/** Every text of `length` characters of `alphabet`. */
function* texts(alphabet: string, length: number): Iterable<string> {
  if (length === 0) yield '';
  else for (const rest of texts(alphabet, length - 1)) for (const letter of alphabet) yield letter + rest;
}

/** Everything that JSON has, to be damaged. */
const RICH =
  '{"a": [1, -2.5e+3, 0, {}, []], "b\\u00e9": "caf\u00e9 \\"\\n\u{1F3B5}", "c": {"d": true, "e": null, "f": false}}\r\n';

describe('a body is JSON for us exactly where it is for the platform', () => {
  it('whatever one byte of a document is replaced with', () => {
    const whole = encoder.encode(RICH);
    const damaged = function* () {
      for (let at = 0; at < whole.length; at += 1) {
        for (let byte = 0; byte < 256; byte += 1) yield whole.with(at, byte);
      }
    };
    expect(accepts(whole)).toBe(true);
    expect(differences(damaged())).toEqual([]);
  });

  it('wherever it is cut, and whatever part of it is left out or doubled', () => {
    const whole = encoder.encode(RICH);
    const damaged = function* () {
      for (let from = 0; from <= whole.length; from += 1) {
        for (let to = from; to <= whole.length; to += 1) {
          yield whole.slice(from, to);
          yield Uint8Array.from([...whole.slice(0, from), ...whole.slice(to)]);
          yield Uint8Array.from([...whole.slice(0, to), ...whole.slice(from)]);
        }
      }
    };
    expect(differences(damaged())).toEqual([]);
  });

  it('for every number, word and structure of up to five characters', () => {
    const bodies = function* () {
      // What is written as a 9 is left out.
      for (const text of texts('-+.eE019', 5)) yield encoder.encode(`[${text.replaceAll('9', '')}]`);
      for (const text of texts('[]{},:"1 ', 5)) yield encoder.encode(text);
    };
    expect(differences(bodies())).toEqual([]);
    for (const word of ['nul', 'tru', 'fals', 'nulll', 'True', 'NaN', 'Infinity', '-Infinity', 'undefined']) {
      expect(accepts(encoder.encode(`[${word}]`))).toBe(false);
    }
  });

  it('for every kind of UTF-8 sequence, good and bad', () => {
    const edges = [
      0x00, 0x1f, 0x20, 0x22, 0x5c, 0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc0, 0xc1, 0xc2, 0xdf, 0xe0,
      0xe1, 0xec, 0xed, 0xee, 0xef, 0xf0, 0xf1, 0xf3, 0xf4, 0xf5, 0xff,
    ];
    const bodies = function* () {
      for (const a of edges)
        for (const b of edges)
          for (const c of edges)
            for (const d of [0x20, 0x22, 0x7f, 0x80, 0xbf, 0xc0])
              yield Uint8Array.of(0x5b, 0x22, a, b, c, d, 0x22, 0x5d);
    };
    expect(differences(bodies())).toEqual([]);
  });

  it('for every escape', () => {
    const bodies = function* () {
      for (let byte = 0; byte < 256; byte += 1) {
        yield Uint8Array.of(0x5b, 0x22, 0x5c, byte, 0x22, 0x5d);
        for (let place = 0; place < 4; place += 1) {
          const digits = [0x30, 0x30, 0x30, 0x30].with(place, byte);
          yield Uint8Array.of(0x5b, 0x22, 0x5c, 0x75, ...digits, 0x22, 0x5d);
        }
      }
    };
    expect(differences(bodies())).toEqual([]);
  });

  it('for any document in any spacing, and for any damage to it', () => {
    const damage = fc.record({
      at: fc.nat(),
      remove: fc.nat({ max: 3 }),
      insert: fc.uint8Array({ maxLength: 3 }),
    });
    fc.assert(
      fc.property(
        fc.json(),
        fc.constantFrom(0, 1, '\t'),
        fc.array(damage, { maxLength: 3 }),
        (json, space, all) => {
          let bytes = [...encoder.encode(JSON.stringify([JSON.parse(json)], null, space))];
          for (const { at, remove, insert } of all) {
            const from = at % (bytes.length + 1);
            bytes = [...bytes.slice(0, from), ...insert, ...bytes.slice(from + remove)];
          }
          const body = Uint8Array.from(bytes);
          expect(accepts(body)).toBe(parses(body));
        },
      ),
      { numRuns: 5000 },
    );
  });
});

describe('a body', () => {
  it.each([
    ['with a byte order mark', '\ufeff{"a":1}'],
    ['that is a text', '"text"'],
    ['that is a number', '1'],
    ['that is null', 'null'],
    ['of nothing', ''],
    ['of white space', ' \r\n\t'],
  ])('%s is no answer', (_, text) => {
    expect(accepts(encoder.encode(text))).toBe(false);
  });

  it.each([
    ['with a name twice', '{"a":1,"a":2}'],
    ['with half a surrogate pair, escaped', '["\\ud800"]'],
    ['with an empty name', '{"":{}}'],
  ])('%s is JSON', (_, text) => {
    expect(accepts(encoder.encode(text))).toBe(true);
  });

  it('may nest 512 deep, and no amount of nesting does any harm', () => {
    const nested = (depth: number) => encoder.encode('['.repeat(depth) + ']'.repeat(depth));
    expect([512, 513, 1_000_000].map((depth) => accepts(nested(depth)))).toEqual([true, false, false]);
    expect(accepts(encoder.encode('{"a":'.repeat(1_000_000)))).toBe(false);
  });
});
