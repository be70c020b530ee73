import type { RecordKind } from '@discogs-agent/core/catalogue';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { RecordSplitter } from '../src/xml/splitRecords.ts';
import { fixtureXml } from './support/fixtureDump.ts';
import { recordsIn } from './support/prepare.ts';

/** What is found in a document that arrives in these pieces. */
function split(kind: RecordKind, pieces: readonly Uint8Array[], recordBytesMax = 1 << 20) {
  const found: string[] = [];
  const problems: string[] = [];
  const splitter = new RecordSplitter(
    kind,
    recordBytesMax,
    (bytes, start, end, offset) => found.push(`${offset} ${bytes.toString('utf8', start, end)}`),
    (problem, beginning, offset) => problems.push(`${offset} ${problem}: ${beginning.slice(0, 20)}`),
  );
  for (const piece of pieces) splitter.push(piece);
  return { found, problems, isComplete: splitter.isComplete };
}

/** The document in pieces of the given lengths, in turn. */
function cut(text: string, lengths: readonly number[]): Uint8Array[] {
  const bytes = Buffer.from(text);
  const pieces: Uint8Array[] = [];
  for (let at = 0, index = 0; at < bytes.length; index += 1) {
    const length = lengths[index % lengths.length] ?? 1;
    pieces.push(bytes.subarray(at, at + length));
    at += length;
  }
  return pieces;
}

const whole = (text: string): Uint8Array[] => [Buffer.from(text)];

describe.each<RecordKind>(['artists', 'labels', 'masters', 'releases'])('%s', (kind) => {
  test('are found with their positions, wherever the file is cut', async () => {
    const xml = (await fixtureXml('2026', kind)).replaceAll('&#197;', 'Å').replaceAll('&#26085;', '日');
    const expected = recordsIn(xml, kind).map(
      (record) => `${Buffer.byteLength(xml.slice(0, xml.indexOf(record)))} ${record}`,
    );
    expect(expected.length).toBeGreaterThan(2);
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 1 }), (lengths) => {
        expect(split(kind, cut(xml, lengths))).toEqual({ found: expected, problems: [], isComplete: true });
      }),
      { numRuns: 30 },
    );
  });
});

test('a label inside a label belongs to it, with and without text', () => {
  const record = '<label><id>1</id><sublabels><label/><label id="2">A</label></sublabels></label>';
  expect(split('labels', whole(`<labels>${record}${record}</labels>`)).found).toHaveLength(2);
});

test('releases are told from `released`, and need no line breaks', () => {
  const record = '<release id="1"><released>1999</released></release>';
  expect(split('releases', whole(`<releases>${record.repeat(3)}</releases>`)).found).toHaveLength(3);
});

test.each(['<?xml version="1.0" encoding="UTF-8"?>\n', '\u{feff}', '<!-- a > b -->', '\n\n'])(
  'a file may begin with %j',
  (prologue) => {
    const text = `${prologue}<artists>\n<artist><id>1</id></artist>\n</artists>\n`;
    expect(split('artists', cut(text, [1]))).toMatchObject({ found: [{}], isComplete: true });
  },
);

test('an empty dump has no records', () => {
  expect(split('artists', whole('<artists/>'))).toEqual({ found: [], problems: [], isComplete: true });
});

test.each([
  ['artists', '<labels><label/></labels>', 'expected <artists>, found "<labels><label/></labels>"'],
  ['artists', '{"a":1}', 'expected <artists>'],
  ['artists', '<artists></artists><artists>', 'expected nothing after </artists>, found "<artists>"'],
  ['artists', `<!-- ${'x'.repeat(5000)}`, 'expected <artists>'],
] as const)('in a file of %s, %j is an error', (kind, text, message) => {
  expect(() => split(kind, whole(text))).toThrow(message);
});

test('a file that ends early is not complete', () => {
  expect(split('artists', whole('<artists><artist><id>1</id></artist><artist><id>')).isComplete).toBe(false);
});

test('a record too long is named once and skipped, and the next is found', () => {
  const long = `<artist><id>1</id><profile>${'long '.repeat(400)}</profile></artist>`;
  const next = '<artist><id>2</id></artist>';
  const result = split('artists', cut(`<artists>\n${long}\n${next}\n</artists>`, [100]), 1000);
  expect(result.found).toEqual([`${10 + long.length + 1} ${next}`]);
  expect(result.problems).toEqual(['10 longer than 1000 bytes: <artist><id>1</id><p']);
  expect(result.isComplete).toBe(true);
});

test('a record without end tag takes one other with it', () => {
  const good = '<artist><id>3</id></artist>';
  const { found } = split(
    'artists',
    whole(`<artists><artist><id>1</id><artist><id>2</id></artist>${good}</artists>`),
  );
  expect(found).toHaveLength(2);
  expect(found[1]).toContain(good);
});

test('something between records is named, and the next record is found', () => {
  const { found, problems } = split(
    'artists',
    whole('<artists>text<other/><artist><id>1</id></artist></artists>'),
  );
  expect(problems).toEqual(['9 something that is no record: text<other/><artist>']);
  expect(found).toHaveLength(1);
});
