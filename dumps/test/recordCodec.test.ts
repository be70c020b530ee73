import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { decodeRecord, encodeRecord } from '../src/sqlite/recordCodec.ts';

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
const readBack = (json: Uint8Array): Uint8Array =>
  new Uint8Array(decodeRecord(encodeRecord(json), json.length));

describe('A record of a store', () => {
  it.each<[string, string]>([
    ['has nothing in it', ''],
    ['is empty', '{}'],
    ['has letters of all scripts', JSON.stringify({ title: 'Ø ß Кино 東京事変 🎵 \u0000 \ud800' })],
    ['has 64 KB of notes', JSON.stringify({ notes: 'é中🎵'.repeat(8000) })],
    [
      'has 10,000 tracks',
      JSON.stringify({
        tracklist: Array.from({ length: 10_000 }, (_, index) => ({
          position: `${index}`,
          title: `Track ${index}`,
        })),
      }),
    ],
    ['repeats one letter a million times', 'a'.repeat(1_000_000)],
  ])('is read as it was written if it %s', (_, text) => {
    const json = bytesOf(text);
    expect(Buffer.compare(readBack(json), json)).toBe(0);
  });

  it('is read as it was written, whatever it is', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 10_000 }), (json) => {
        expect(Buffer.compare(readBack(json), json)).toBe(0);
      }),
    );
  });

  it('that is damaged in any place is not read', () => {
    const json = bytesOf(JSON.stringify({ id: 1, title: 'Ø', notes: 'one two three four' }));
    const data = encodeRecord(json);
    for (let at = 0; at < data.length; at += 1) {
      expect(() => decodeRecord(data.subarray(0, at), json.length)).toThrow();
      const spoiled = data.map((byte, index) => (index === at ? byte ^ 0x15 : byte));
      expect(() => decodeRecord(spoiled, json.length)).toThrow();
    }
  });

  it.each([-1, 0, 1, 1.5, 2 ** 30, 2 ** 53])('of the damaged size %p is not read', (size) => {
    expect(() => decodeRecord(encodeRecord(bytesOf('{"id":1}')), size)).toThrow();
  });

  it('of a size that its data cannot have does not ask for so much memory', () => {
    expect(() => decodeRecord(encodeRecord(bytesOf('{"id":1}')), 2 ** 29)).toThrow(
      'a record of a damaged size',
    );
  });
});
