/** Closed-loop load: each caller sends its next request when the last one is answered. */
import { performance } from 'node:perf_hooks';
import { openConnection } from './connection.ts';

/** What to send. */
export interface Load {
  readonly port: number;
  readonly callers: number;
  /** Ends after this many seconds, or after `calls`. */
  readonly limit: { readonly seconds: number } | { readonly calls: number };
  /** The next path; never the same twice. */
  readonly nextPath: () => string;
  /** Smallest body that counts as an answer. */
  readonly leastBytes: number;
}

/** What came back; every answer was a complete 200. */
export interface LoadResult {
  readonly calls: number;
  readonly seconds: number;
  /** Milliseconds, ascending. */
  readonly latencies: Float64Array;
}

/** The client key of all candidates that ask for one. */
export const API_KEY = 'benchmark-key';

const HEAD = `x-api-key: ${API_KEY}\r\nAccept: application/json\r\nUser-Agent: discogs-agent-bench\r\n`;

/** Runs a load. Rejects at the first answer that is not as it should be: such a run measures nothing. */
export async function runLoad({ port, callers, limit, nextPath, leastBytes }: Load): Promise<LoadResult> {
  const connections = await Promise.all(Array.from({ length: callers }, () => openConnection(port, HEAD)));
  const latencies: number[] = [];
  const start = performance.now();
  const endsAt = 'seconds' in limit ? start + limit.seconds * 1000 : Number.POSITIVE_INFINITY;
  let left = 'calls' in limit ? limit.calls : Number.POSITIVE_INFINITY;

  async function call(get: (path: string) => Promise<number>): Promise<void> {
    for (let sentAt = start; sentAt < endsAt && left > 0; ) {
      left -= 1;
      sentAt = performance.now();
      const size = await get(nextPath());
      latencies.push(performance.now() - sentAt);
      if (size < leastBytes) throw new Error(`a body of ${size} bytes where ${leastBytes} were due`);
    }
  }

  try {
    await Promise.all(connections.map(({ get }) => call(get)));
  } finally {
    for (const connection of connections) connection.close();
  }
  return {
    calls: latencies.length,
    seconds: (performance.now() - start) / 1000,
    latencies: Float64Array.from(latencies).sort(),
  };
}
