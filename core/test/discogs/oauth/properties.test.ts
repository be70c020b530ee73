import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { authorizationHeader } from '../../../src/discogs/oauth/authorization.ts';
import { normalizeParameters, signatureBaseString } from '../../../src/discogs/oauth/baseString.ts';
import { percentEncode } from '../../../src/discogs/oauth/percentEncode.ts';

const text = fc.string({ unit: 'binary' });
const parameter = fc.tuple(text, text);

describe('percent-encoding', () => {
  it('leaves unreserved characters and upper-case escapes, and can be undone', () => {
    fc.assert(
      fc.property(text, (raw) => {
        const encoded = percentEncode(raw);
        expect(encoded).toMatch(/^(?:[A-Za-z0-9\-._~]|%[0-9A-F]{2})*$/);
        expect(decodeURIComponent(encoded)).toBe(raw);
      }),
    );
  });

  it('takes any UTF-16, half a surrogate pair too', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 0xffff })), (units) => {
        const raw = String.fromCharCode(...units);
        expect(decodeURIComponent(percentEncode(raw))).toBe(Buffer.from(raw, 'utf8').toString('utf8'));
      }),
    );
  });
});

describe('normalized parameters', () => {
  it('do not depend on the order in which they came', () => {
    const shuffled = fc
      .array(parameter)
      .chain((pairs) =>
        fc.tuple(fc.constant(pairs), fc.shuffledSubarray(pairs, { minLength: pairs.length })),
      );
    fc.assert(
      fc.property(shuffled, ([pairs, others]) => {
        expect(normalizeParameters(others)).toBe(normalizeParameters(pairs));
      }),
    );
  });

  it('tell apart what is different, wherever the signs stand', () => {
    fc.assert(
      fc.property(parameter, parameter, (a, b) => {
        const same = a[0] === b[0] && a[1] === b[1];
        expect(normalizeParameters([a]) === normalizeParameters([b])).toBe(same);
      }),
    );
  });
});

describe('the base string', () => {
  it('is the same whether a client writes a space of the query as + or as %20', () => {
    fc.assert(
      fc.property(fc.string(), (value) => {
        const percent = new URL(`https://api.example/search?artist=${percentEncode(value)}`);
        const plus = new URL(`https://api.example/search?${new URLSearchParams({ artist: value })}`);
        expect(signatureBaseString('GET', plus, [])).toBe(signatureBaseString('GET', percent, []));
      }),
    );
  });
});

describe('the header', () => {
  it('keeps every value inside its quotes', () => {
    fc.assert(
      fc.property(text, (value) => {
        const quoted = /^OAuth oauth_callback="([^"]*)"$/.exec(
          authorizationHeader([['oauth_callback', value]]),
        );
        expect(decodeURIComponent(quoted?.[1] ?? '')).toBe(value);
      }),
    );
  });
});
