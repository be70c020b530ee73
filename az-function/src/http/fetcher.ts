/** The network of this host: Node's own HTTP client, which keeps its TLS connections between calls. */
import { urlToHttpOptions } from 'node:url';
import type { Fetcher } from '@discogs-agent/core';
import { createBytesInFlight } from './bytesInFlight.ts';
import { decodeBody } from './decodeBody.ts';
import { exchange } from './exchange.ts';

/**
 * One for each call of a minute: whoever sends slow ones must not make the calls of others wait for a connection, and
 * time out. They are opened as they are needed.
 */
const CONNECTIONS = 64;
/** Longer than the pauses of a conversation; a new TLS connection costs two round trips and 2 ms of CPU. */
const KEEP_ALIVE_MS = 55_000;

/** Makes the fetcher for the API at `baseUrl`; a path prefix in it is kept. All its answers share `maxBytesInFlight`. */
export function createFetcher(baseUrl: string, maxBytesInFlight: number): Fetcher {
  const url = new URL(baseUrl);
  const { hostname, port } = urlToHttpOptions(url);
  const prefix = url.pathname.replace(/\/$/, '');
  // An import of `node:http` would load `fetch` and all around it, for names that it also exports.
  const { Agent, request: send } = process.getBuiltinModule(
    url.protocol === 'https:' ? 'node:https' : 'node:http',
  );
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS, timeout: KEEP_ALIVE_MS });
  const upstream = { send, host: url.host, options: { agent, hostname, port, joinDuplicateHeaders: true } };
  const bytesInFlight = createBytesInFlight(maxBytesInFlight);
  return async (request, limits) => {
    const path = prefix + request.pathAndQuery;
    const inFlight = bytesInFlight.begin();
    try {
      const received = await exchange(upstream, { ...request, path }, { ...limits, inFlight });
      if (received.kind === 'failure') return received;
      const { status, header, raw } = received;
      const body = await decodeBody(raw, header('content-encoding'), limits.maxBytes, inFlight);
      return 'kind' in body ? { ...body, status, header } : { kind: 'answer', status, header, body };
    } finally {
      // From here on it is read, rewritten and answered without a pause.
      inFlight.end();
    }
  };
}
