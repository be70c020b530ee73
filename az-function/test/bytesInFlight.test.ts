/** How much memory answers may take while they are read: who is given up, and that what is over is free again. */
import { gzipSync } from 'node:zlib';
import type { DiscogsRequest } from '@discogs-agent/core';
import { describe, expect, it } from '@jest/globals';
import { ALWAYS_READ_BYTES, createBytesInFlight } from '../src/http/bytesInFlight.ts';
import { createFetcher } from '../src/http/fetcher.ts';
import { type RawUpstream, rawAnswer, startRawUpstream } from './support/rawUpstream.ts';

const MIB = 1024 * 1024;
const LIMITS = { timeoutMs: 15_000, maxBytes: MIB };
const OVERLOADED = { kind: 'failure', cause: 'overloaded', status: 200 };

describe('the bytes of answers on their way', () => {
  /** Answers in the order of their beginning; each notes when it is given up. */
  function begun(count: number, maxBytes = MIB) {
    const all = createBytesInFlight(maxBytes);
    const givenUp: number[] = [];
    const answers = Array.from({ length: count }, (_, index) => {
      const answer = all.begin();
      answer.giveUp = () => givenUp.push(index);
      return answer;
    });
    const takes = (index: number, bytes: number) => answers[index]?.takes(bytes);
    return { all, answers, givenUp, takes };
  }

  it('may be as many as the bound says, and what does not fit is refused', () => {
    const { all, takes } = begun(2);
    expect([takes(0, MIB), takes(1, ALWAYS_READ_BYTES + 1)]).toEqual([true, false]);
    expect([all.total(), takes(1, 1)]).toEqual([MIB, false]);
  });

  it('that are too many end the newest answers, as many as it takes', () => {
    const { givenUp, takes, all } = begun(4);
    const third = Math.floor(MIB / 3);
    expect([takes(3, third), takes(1, third), takes(2, third), takes(0, third)]).toEqual(Array(4).fill(true));
    expect(givenUp).toEqual([3]);
    expect(takes(0, MIB)).toBe(true);
    expect([givenUp, all.total()]).toEqual([[3, 2, 1], MIB]);
  });

  it('of an older answer are never given up for a newer one', () => {
    const { givenUp, takes } = begun(2);
    expect([takes(0, 0.9 * MIB), takes(1, 0.3 * MIB), takes(0, MIB)]).toEqual([true, false, true]);
    expect(givenUp).toEqual([]);
  });

  it('of a newer answer that is complete already stay, and the older one has no room', () => {
    const { answers, givenUp, takes } = begun(2);
    expect(takes(1, MIB)).toBe(true);
    if (answers[1]) answers[1].giveUp = undefined;
    expect(takes(0, 0.5 * MIB)).toBe(false);
    expect(givenUp).toEqual([]);
  });

  it('of small answers are always read, and are not given up for large ones', () => {
    const { givenUp, takes } = begun(3);
    expect([takes(0, MIB), takes(1, ALWAYS_READ_BYTES)]).toEqual([true, true]);
    expect([takes(0, MIB + 1), givenUp]).toEqual([false, []]);
  });

  it('are free again when the answer has ended, however often that is said', () => {
    const { all, answers, takes } = begun(2);
    takes(0, MIB);
    for (let time = 0; time < 3; time += 1) answers[0]?.end();
    expect([all.total(), takes(1, MIB)]).toEqual([0, true]);
  });
});

const get = (pathAndQuery: string): DiscogsRequest => ({
  method: 'GET',
  pathAndQuery,
  headers: {},
  body: undefined,
});

/** An upstream whose answers lack their last byte until `finish`; `/small` and `/gzip/…` are whole at once. */
async function slowUpstream(bytes: number) {
  /** How to finish an answer, by its path. */
  const held = new Map<string, () => void>();
  const sized = (body: Uint8Array, lines: readonly string[] = []) =>
    rawAnswer('200 OK', [`Content-Length: ${body.length}`, ...lines], body);
  const upstream: RawUpstream = await startRawUpstream((socket, head) => {
    if (head.startsWith('GET /small')) return void socket.write(sized(Buffer.alloc(100_000)));
    if (head.startsWith('GET /gzip')) {
      return void socket.write(sized(gzipSync(Buffer.alloc(bytes)), ['Content-Encoding: gzip']));
    }
    const whole = sized(Buffer.alloc(bytes));
    socket.write(whole.subarray(0, -1));
    held.set(head.split(' ')[1] ?? '', () => socket.write(whole.subarray(-1)));
  });
  const finish = () => {
    for (const end of held.values()) end();
  };
  return { upstream, finish, held };
}

/** Waits until the upstream has so many requests, so that the order of answers is known. */
async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 5));
}

describe('a fetcher whose answers take more than there is', () => {
  const bytes = 400 * 1024;

  it('reads the oldest ones to their end, gives up the newest at once, and small ones are read meanwhile', async () => {
    const { upstream, finish, held } = await slowUpstream(bytes);
    const fetcher = createFetcher(upstream.url, MIB);
    const old = [fetcher(get('/1'), LIMITS), fetcher(get('/2'), LIMITS)];
    await until(() => held.size === 2);
    const late = await Promise.all(['/3', '/4', '/5'].map((path) => fetcher(get(path), LIMITS)));
    expect(late).toMatchObject([OVERLOADED, OVERLOADED, OVERLOADED]);
    expect(await fetcher(get('/small'), LIMITS)).toMatchObject({ kind: 'answer', status: 200 });
    finish();
    for (const answer of await Promise.all(old)) {
      expect(answer.kind === 'answer' && answer.body.length).toBe(bytes);
    }
    await upstream.close();
  });

  it('knows what a packed answer will take before it unpacks it', async () => {
    const { upstream, finish, held } = await slowUpstream(bytes);
    const fetcher = createFetcher(upstream.url, MIB);
    const old = [fetcher(get('/1'), LIMITS), fetcher(get('/2'), LIMITS)];
    await until(() => held.size === 2);
    expect(await fetcher(get('/gzip/3'), LIMITS)).toMatchObject(OVERLOADED);
    finish();
    await Promise.all(old);
    const answer = await fetcher(get('/gzip/3'), LIMITS);
    expect(answer.kind === 'answer' && answer.body.length).toBe(bytes);
    await upstream.close();
  });

  it('has all of it back after answers of every end', async () => {
    const { upstream, finish, held } = await slowUpstream(MIB);
    const fetcher = createFetcher(upstream.url, MIB);
    const ends: string[] = [];
    for (let round = 0; round < 4; round += 1) {
      const tooLate = await fetcher(get('/late'), { ...LIMITS, timeoutMs: 100 });
      const tooLarge = await fetcher(get('/large'), { ...LIMITS, maxBytes: MIB - 1 });
      const whole = fetcher(get(`/${round}`), LIMITS);
      await until(() => held.has(`/${round}`));
      finish();
      ends.push(
        ...[tooLate, tooLarge, await whole].map((end) => (end.kind === 'failure' ? end.cause : end.kind)),
      );
    }
    expect(ends).toEqual(Array(4).fill(['timeout', 'too_large', 'answer']).flat());
    await upstream.close();
  });
});

describe('a packed body', () => {
  const answered = async (raw: Uint8Array, maxBytes = MIB) => {
    const upstream = await startRawUpstream((socket) =>
      socket.write(rawAnswer('200 OK', ['Content-Encoding: gzip', `Content-Length: ${raw.length}`], raw)),
    );
    const answer = await createFetcher(upstream.url, 8 * MIB)(get('/'), { ...LIMITS, maxBytes });
    await upstream.close();
    return answer.kind === 'answer' ? answer.body.length : answer.cause;
  };
  const random = Buffer.from(Array.from({ length: 300_000 }, (_, index) => (index * index * 7919) % 251));

  it.each([
    ['of nothing', gzipSync(''), 0],
    ['of one byte', gzipSync('x'), 1],
    ['of several members', Buffer.concat([gzipSync(random), gzipSync('second')]), random.length + 6],
    ['with zeros behind its end', Buffer.concat([gzipSync(random), Buffer.alloc(9)]), random.length],
    [
      'with a size in its trailer that is wrong',
      Buffer.concat([gzipSync(random).subarray(0, -4), Buffer.alloc(4, 1)]),
      'encoding',
    ],
    ['that was cut', gzipSync(random).subarray(0, -20), 'encoding'],
    ['that is no gzip', Buffer.alloc(3, 1), 'encoding'],
  ])('%s is what it is, whatever its end says about its size', async (_, raw, expected) => {
    expect(await answered(raw)).toBe(expected);
  });

  it('that is larger than allowed is refused, and one of exactly that size is not', async () => {
    expect(await answered(gzipSync(random), random.length)).toBe(random.length);
    expect(await answered(gzipSync(random), random.length - 1)).toBe('too_large');
  });
});
