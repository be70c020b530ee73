/** The network of this host: the platform's `fetch`, or the owner's own way out. */
import type { FetchedAnswer, Fetcher, FetchFailure } from '@discogs-agent/core';

/** Sends a request: global `fetch`, or that of a service binding. */
export type Send = (request: Request) => Promise<Response>;

const failure = (cause: FetchFailure['cause'], name: string, detail: string): FetchFailure => ({
  kind: 'failure',
  cause,
  name,
  detail,
});

const TIMED_OUT = failure('timeout', 'TimeoutException', 'no answer in time');
const TOO_LARGE = failure('too_large', 'BodyTooLarge', 'the body is larger than this broker accepts');

const isAbort = (error: unknown): boolean =>
  error instanceof Error && (error.name === 'TimeoutError' || error.name === 'AbortError');

/** The whole body, or undefined as soon as it is too large. */
export async function readAtMost(
  stream: ReadableStream<Uint8Array> | null,
  maxBytes: number,
): Promise<Uint8Array | undefined> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  // Leaving the loop early cancels the stream.
  for await (const chunk of stream ?? []) {
    length += chunk.byteLength;
    if (length > maxBytes) return undefined;
    chunks.push(chunk);
  }
  const whole = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.byteLength;
  }
  return whole;
}

/** Makes the fetcher for the API at `baseUrl`; a path prefix in it is kept. */
export function createFetcher(baseUrl: string, send: Send): Fetcher {
  const base = baseUrl.replace(/\/+$/, '');
  return async ({ method, pathAndQuery, headers, body }, { timeoutMs, maxBytes }) => {
    let arrived: Pick<FetchedAnswer, 'status' | 'header'> | undefined;
    try {
      const signal = AbortSignal.timeout(timeoutMs);
      const sent = body === undefined ? {} : { body: body.slice() };
      const response = await send(
        new Request(base + pathAndQuery, { method, headers, ...sent, redirect: 'manual', signal }),
      );
      const header = (name: string): string | undefined => response.headers.get(name) ?? undefined;
      arrived = { status: response.status, header };
      const bytes = await readAtMost(response.body, maxBytes);
      return bytes === undefined ? { ...TOO_LARGE, ...arrived } : { kind: 'answer', ...arrived, body: bytes };
    } catch (error) {
      if (isAbort(error)) return { ...TIMED_OUT, ...arrived };
      const detail = error instanceof Error ? error.message : 'unknown';
      return { ...failure('transport', arrived ? 'ReadError' : 'ConnectError', detail), ...arrived };
    }
  };
}
