import { createAnswerCodec, gzip } from '@discogs-agent/core';
import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';

const codec = createAnswerCodec(gzip);
const NOW = 1_700_000_000_000;
const text = (value: string) => new TextEncoder().encode(value);
const kept = (body: Uint8Array, link?: string) => ({
  status: 200,
  mediaType: 'application/json',
  link,
  body,
  storedAt: NOW,
});

describe('a kept answer as bytes', () => {
  it('comes back as it was, with all the time that has passed', async () => {
    const bytes = await codec.encode(kept(text('{"id":1}'), '<x>; rel="next"'), 1500);
    expect(await codec.decode(bytes, 2500, NOW)).toEqual({
      ...kept(text('{"id":1}'), '<x>; rel="next"'),
      storedAt: NOW - 4000,
    });
  });

  it('is never younger than it was put, whatever the clocks say', async () => {
    const bytes = await codec.encode(kept(text('{}')), 1000);
    expect((await codec.decode(bytes, -60_000, NOW))?.storedAt).toBe(NOW - 1000);
  });

  it('comes back for any body and status', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uint8Array({ maxLength: 300 }),
        fc.constantFrom(200, 404),
        fc.option(fc.string(), { nil: undefined }),
        async (body, status, link) => {
          const answer = { ...kept(body, link), status };
          expect(await codec.decode(await codec.encode(answer, 0), 0, NOW)).toEqual(answer);
        },
      ),
      { numRuns: 50 },
    );
  });

  it('is a miss when any part of it is damaged', async () => {
    const bytes = await codec.encode(kept(text(JSON.stringify({ text: 'x'.repeat(200) }))), 0);
    for (let index = 10; index < bytes.length; index += 3) {
      const damaged = Uint8Array.from(bytes);
      damaged[index] = (damaged[index] ?? 0) ^ 0x55;
      expect(await codec.decode(damaged, 0, NOW)).toBeUndefined();
    }
    for (const length of [0, 1, 20, bytes.length - 1]) {
      expect(await codec.decode(bytes.slice(0, length), 0, NOW)).toBeUndefined();
    }
  });

  it.each([
    ['another form', '{"form":"answer/0","status":200,"mediaType":"x","ageMs":0,"bytes":2}\n{}'],
    [
      'a status that is never kept',
      '{"form":"answer/1","status":500,"mediaType":"x","ageMs":0,"bytes":2}\n{}',
    ],
    ['another length', '{"form":"answer/1","status":200,"mediaType":"x","ageMs":0,"bytes":3}\n{}'],
    ['a negative age', '{"form":"answer/1","status":200,"mediaType":"x","ageMs":-1,"bytes":2}\n{}'],
    ['no line', 'nothing'],
  ])('is a miss with %s', async (_name, content) => {
    expect(await codec.decode(await gzip.compress(text(content)), 0, NOW)).toBeUndefined();
  });

  it('is a miss when it would expand beyond any answer', async () => {
    const bomb = await gzip.compress(new Uint8Array(34 * 1024 * 1024));
    expect(bomb.byteLength).toBeLessThan(100_000);
    expect(await codec.decode(bomb, 0, NOW)).toBeUndefined();
  });
});
