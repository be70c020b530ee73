/** Process: a Discogs that answers at once with ready-made bytes, and counts connections and requests. */
import { createServer } from 'node:http';
import { bodiesByDigit } from './bodies.ts';
import { serveControl } from './processes/control.ts';
import { listen } from './processes/listen.ts';
import { UNLIMITED } from './upstreamHeaders.ts';

/** Longer than any pause of the benchmark, so that only a candidate's own habits open a new connection. */
const KEEP_ALIVE_MS = 600_000;
const PREFIX = '/releases/';

const bodies = bodiesByDigit();
let connections = 0;
let requests = 0;

const server = createServer({ keepAliveTimeout: KEEP_ALIVE_MS }, ({ url = '' }, response) => {
  requests += 1;
  const body = url.startsWith(PREFIX) ? bodies.get(url.charAt(PREFIX.length)) : undefined;
  if (!body) return void response.writeHead(404, { 'content-length': '0' }).end();
  response.writeHead(200, {
    'content-type': 'application/json',
    'content-length': body.length,
    ...UNLIMITED,
  });
  response.end(body);
});
server.on('connection', () => {
  connections += 1;
});

serveControl(await listen(server), () => ({ connections, requests }));
