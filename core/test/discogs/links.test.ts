import { rewriteLinkHeader, rewriteLinks } from '@discogs-agent/core';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { rewriteAddress } from '../../src/discogs/links.ts';

const ORIGINS = ['https://api.discogs.com', 'http://api.discogs.com', 'http://127.0.0.1:9'];
const BASE = 'https://proxy.example/api';
const encode = (text: string): Uint8Array => new TextEncoder().encode(text);
const rewritten = (text: string, base = BASE): string =>
  new TextDecoder().decode(rewriteLinks(encode(text), ORIGINS, base));

/** What parsing, walking and serialising gives: the definition that the fast way must equal. */
function walked(value: unknown): unknown {
  if (typeof value === 'string') {
    const origin = ORIGINS.find((candidate) => value.startsWith(`${candidate}/`));
    return origin === undefined ? value : BASE + value.slice(origin.length);
  }
  if (Array.isArray(value)) return value.map(walked);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, walked(member)]));
}

/** Strings that are likely to trip a text search: origins, quotes, backslashes, colons, commas, braces. */
const trickyString = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        ...ORIGINS,
        'https://api.discogs.com/',
        '"',
        '\\',
        '\\"',
        ':',
        ',',
        '{',
        '[',
        ' ',
        '\n',
        '/',
      ),
      fc.string({ unit: 'grapheme', maxLength: 4 }),
    ),
    { maxLength: 6 },
  )
  .map((parts) => parts.join(''));

const { value } = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    trickyString,
    fc.integer(),
    fc.constantFrom(null, true),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(trickyString, tie('value'), { maxKeys: 4 }),
  ),
}));
/** An answer is an object or an array. */
const document = fc.oneof(
  fc.array(value, { maxLength: 4 }),
  fc.dictionary(trickyString, value, { maxKeys: 4 }),
);

describe('rewriteLinks', () => {
  it('equals parsing, replacing and serialising, for any document in any spacing', () => {
    fc.assert(
      fc.property(document, fc.constantFrom(undefined, 1, '\t'), (value, space) => {
        // A name "__proto__" does not survive Object.fromEntries; nothing else is left out.
        fc.pre(!JSON.stringify(value).includes('__proto__'));
        const text = JSON.stringify(value, null, space);
        expect(rewritten(text)).toBe(JSON.stringify(walked(value), null, space));
      }),
      { numRuns: 3000 },
    );
  });

  it('equals the parsed result where slashes are escaped, too', () => {
    fc.assert(
      fc.property(document, (value) => {
        fc.pre(!JSON.stringify(value).includes('__proto__'));
        const text = JSON.stringify(value).replaceAll('/', '\\/');
        expect(rewritten(text).replaceAll('\\/', '/')).toBe(JSON.stringify(walked(value)));
      }),
      { numRuns: 2000 },
    );
  });

  it.each([
    ['a value', '{"a":"https://api.discogs.com/x"}', '{"a":"https://proxy.example/api/x"}'],
    ['an http link', '["http://api.discogs.com/x"]', '["https://proxy.example/api/x"]'],
    ['the configured upstream', '["http://127.0.0.1:9/x"]', '["https://proxy.example/api/x"]'],
    ['a member name', '{"https://api.discogs.com/x" :1}', '{"https://api.discogs.com/x" :1}'],
    ['the bare origin', '["https://api.discogs.com"]', '["https://api.discogs.com"]'],
    [
      'a link in the middle of a text',
      '["see https://api.discogs.com/x"]',
      '["see https://api.discogs.com/x"]',
    ],
    ['a quoted link in a text', '["\\"https://api.discogs.com/x\\""]', '["\\"https://api.discogs.com/x\\""]'],
    ['another host', '["https://api.discogs.com.evil/x"]', '["https://api.discogs.com.evil/x"]'],
    ['the web site', '["https://www.discogs.com/x"]', '["https://www.discogs.com/x"]'],
    [
      'spacing and non-ASCII',
      '{ "ü": "https://api.discogs.com/\\u00fc é" }',
      '{ "ü": "https://proxy.example/api/\\u00fc é" }',
    ],
  ])('treats %s as the original did', (_, before, after) => {
    expect(rewritten(before)).toBe(after);
  });

  it.each(['{"a":"b"}', '["https://api.discogs.com/x"', '"https://api.discogs.com/x"'])(
    'hands back the same bytes where nothing changes, and where it is no answer: %s',
    (text) => {
      const body = encode(text);
      expect(rewriteLinks(body, ORIGINS, BASE)).toBe(body);
    },
  );

  it('takes the longer of two origins that begin alike', () => {
    const body = encode('["https://api.discogs.com/v2/x","https://api.discogs.com/y"]');
    const origins = ['https://api.discogs.com', 'https://api.discogs.com/v2'];
    const text = new TextDecoder().decode(rewriteLinks(body, origins, BASE));
    expect(text).toBe('["https://proxy.example/api/x","https://proxy.example/api/y"]');
  });

  it('escapes the base address, so that it cannot leave its string', () => {
    expect(JSON.parse(rewritten('["https://api.discogs.com/x"]', 'https://a"b'))).toEqual(['https://a"b/x']);
  });
});

describe('rewriteLinkHeader', () => {
  it('points every page at the gateway and leaves other hosts alone', () => {
    const link =
      '<https://api.discogs.com/a?page=2>; rel="next", <https://other/a>; rel="x", <http://api.discogs.com/b>; rel="last"';
    expect(rewriteLinkHeader(link, ORIGINS, BASE)).toBe(
      '<https://proxy.example/api/a?page=2>; rel="next", <https://other/a>; rel="x", <https://proxy.example/api/b>; rel="last"',
    );
  });
});

describe('rewriteAddress', () => {
  const DISCOGS = ['https://api.discogs.com', 'https://mirror.example', 'https://mirror.example/v2'];

  it.each([
    ['https://api.discogs.com/inventory/export/1', 'https://g.example/api/inventory/export/1'],
    ['https://mirror.example/v2/inventory/export/1', 'https://g.example/api/inventory/export/1'],
    ['/inventory/export/1', 'https://g.example/api/inventory/export/1'],
    ['//other.example/inventory/export/1', '//other.example/inventory/export/1'],
    ['https://api.discogs.com.example/1', 'https://api.discogs.com.example/1'],
    ['https://www.discogs.com/sell', 'https://www.discogs.com/sell'],
  ])('makes of %s %s', (value, expected) => {
    expect(rewriteAddress(value, DISCOGS, 'https://g.example/api')).toBe(expected);
  });

  it.each(['https://api.discogs.com/inventory/export/1', '/inventory/export/1'])(
    'leaves %s alone where rewriting is off',
    (value) => {
      expect(rewriteAddress(value, [], 'https://g.example/api')).toBe(value);
    },
  );
});
