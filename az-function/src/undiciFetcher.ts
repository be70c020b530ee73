/** The network of this host: one undici pool that keeps its TLS connections between calls. */
import type { Fetcher } from '@discogs-agent/core';
import Pool from 'undici/lib/dispatcher/pool.js';
import { decodeBody } from './decodeBody.ts';
import { exchange } from './exchange.ts';

/** Discogs allows one call a second, so this many only matter while answers are slow. */
const CONNECTIONS = 16;
/** Longer than the pauses of a conversation; a new TLS connection costs two round trips and 2 ms of CPU. */
const KEEP_ALIVE_MS = 55_000;

/** Makes the fetcher for the API at `baseUrl`; a path prefix in it is kept. */
export function createUndiciFetcher(baseUrl: string): Fetcher {
  const { origin, pathname } = new URL(baseUrl);
  const prefix = pathname.replace(/\/$/, '');
  const pool = new Pool(origin, { connections: CONNECTIONS, keepAliveTimeout: KEEP_ALIVE_MS });
  return async (request, limits) => {
    const path = prefix + request.pathAndQuery;
    const received = await exchange(pool, { ...request, path }, limits);
    if (received.kind === 'failure') return received;
    const { status, header, raw } = received;
    const body = await decodeBody(raw, header('content-encoding'), limits.maxBytes);
    return 'kind' in body ? { ...body, status, header } : { kind: 'answer', status, header, body };
  };
}
