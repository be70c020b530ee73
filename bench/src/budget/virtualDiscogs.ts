/** Discogs in virtual time: a true moving window at arrival, headers that lag by one, and strangers on the same address. */
import type { FetchedAnswer } from '@discogs-agent/core';
import type { VirtualTime } from '../../../core/test/support/virtualTime.ts';
import { between, poissonGapMs, seeded } from './seeded.ts';

/** One call that reached Discogs. */
export interface UpstreamCall {
  readonly target: string;
  /** Milliseconds since the start of the run. */
  readonly at: number;
  readonly limited: boolean;
}

/** The upstream of one run. */
export interface VirtualDiscogs {
  fetch(target: string): Promise<FetchedAnswer>;
  readonly calls: readonly UpstreamCall[];
}

/** How it behaves. */
export interface VirtualDiscogsOptions {
  readonly time: VirtualTime;
  readonly seed: number;
  /** Calls that strangers send each minute from the same address, at random; 0 for none. */
  readonly strangersPerMinute: number;
}

const LIMIT = 60;
const WINDOW_MS = 60_000;
/** What an answer takes, there and back. */
export const LATENCY_MS = { shortest: 100, longest: 300 };
const encoder = new TextEncoder();

/** The arrivals of strangers in order, drawn as time goes by. */
function strangers(perMinute: number, seed: number, start: number): (until: number) => number[] {
  if (perMinute === 0) return () => [];
  const random = seeded(seed);
  let next = start + poissonGapMs(perMinute, random);
  return (until) => {
    const came: number[] = [];
    for (; next <= until; next += poissonGapMs(perMinute, random)) came.push(next);
    return came;
  };
}

/** Makes one with an empty window. */
export function createVirtualDiscogs({
  time,
  seed,
  strangersPerMinute,
}: VirtualDiscogsOptions): VirtualDiscogs {
  const random = seeded(seed);
  const start = time.now();
  const othersUntil = strangers(strangersPerMinute, seed + 1, start);
  const calls: UpstreamCall[] = [];
  // Rejected calls stay in it: whoever keeps knocking is kept out.
  let window: number[] = [];

  function answer(status: number, used: number, body: object): FetchedAnswer {
    const headers: Readonly<Record<string, string>> = {
      'content-type': 'application/json',
      'x-discogs-ratelimit': String(LIMIT),
      'x-discogs-ratelimit-used': String(Math.min(used, LIMIT)),
      'x-discogs-ratelimit-remaining': String(Math.max(0, LIMIT - used)),
    };
    const bytes = encoder.encode(JSON.stringify(body));
    return { kind: 'answer', status, header: (name) => headers[name], body: bytes };
  }

  return {
    calls,
    async fetch(target) {
      const latencyMs = between(LATENCY_MS.shortest, LATENCY_MS.longest, random);
      await time.sleep(latencyMs / 2);
      const now = time.now();
      window.push(...othersUntil(now));
      window = window.filter((at) => at > now - WINDOW_MS);
      const used = window.length;
      const limited = used >= LIMIT;
      window.push(now);
      calls.push({ target, at: now - start, limited });
      await time.sleep(latencyMs / 2);
      return limited
        ? answer(429, used, { message: 'You are making requests too quickly.' })
        : answer(200, used, { resource: target });
    },
  };
}
