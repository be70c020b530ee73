/** The network of this host: one undici pool that keeps its TLS connections between calls. */
import type { DiscogsRequest, FetchedAnswer, Fetcher, FetchFailure } from '@discogs-agent/core';
import type { Dispatcher } from 'undici';
import sendRequest from 'undici/lib/api/api-request.js';
import Pool from 'undici/lib/dispatcher/pool.js';
import { decodeBody } from './decodeBody.ts';
import { failureOf, TOO_LARGE } from './fetchFailure.ts';

/** Discogs allows one call a second, so this many only matter while answers are slow. */
const CONNECTIONS = 16;
/** Longer than the pauses of a conversation; a new TLS connection costs two round trips and 2 ms of CPU. */
const KEEP_ALIVE_MS = 55_000;
/** The core times the whole attempt; undici's own timers would only be less exact. */
const NO_TIMEOUT = 0;

function headerLookup(headers: Dispatcher.ResponseData['headers']): FetchedAnswer['header'] {
  return (name) => {
    const value = headers[name];
    return Array.isArray(value) ? value.join(', ') : value;
  };
}

async function readBody(
  { body, headers }: Dispatcher.ResponseData,
  maxBytes: number,
): Promise<Uint8Array | FetchFailure> {
  const announced = Number(headers['content-length'] ?? Number.NaN);
  if (announced > maxBytes) {
    body.destroy();
    return TOO_LARGE;
  }
  // undici refuses a body of another length than announced, so a known length needs no counting.
  if (!Number.isNaN(announced)) return body.bytes();
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += chunk.length;
    if (size > maxBytes) return TOO_LARGE;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** Makes the fetcher for the API at `baseUrl`; a path prefix in it is kept. */
export function createUndiciFetcher(baseUrl: string): Fetcher {
  const { origin, pathname } = new URL(baseUrl);
  const prefix = pathname.replace(/\/$/, '');
  const pool = new Pool(origin, { connections: CONNECTIONS, keepAliveTimeout: KEEP_ALIVE_MS });

  async function attempt(
    request: DiscogsRequest,
    signal: AbortSignal,
    maxBytes: number,
  ): Promise<FetchedAnswer | FetchFailure> {
    const response = await sendRequest.call(pool, {
      method: request.method,
      path: prefix + request.pathAndQuery,
      headers: { ...request.headers, 'accept-encoding': 'gzip' },
      body: request.body ?? null,
      signal,
      headersTimeout: NO_TIMEOUT,
      bodyTimeout: NO_TIMEOUT,
    });
    const { statusCode: status, headers } = response;
    const raw = await readBody(response, maxBytes);
    if ('kind' in raw) return raw;
    const body = await decodeBody(raw, headers['content-encoding'], maxBytes);
    return 'kind' in body ? body : { kind: 'answer', status, header: headerLookup(headers), body };
  }

  return async (request, { timeoutMs, maxBytes }) => {
    const abort = new AbortController();
    const timer = setTimeout(() => abort.abort(), timeoutMs);
    try {
      return await attempt(request, abort.signal, maxBytes);
    } catch (error) {
      return failureOf(error, abort.signal.aborted);
    } finally {
      clearTimeout(timer);
    }
  };
}
