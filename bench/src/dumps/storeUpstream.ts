/** Process: a Discogs that answers with the releases of a store's file. */
import { createServer } from 'node:http';
import { openFileStore } from '@discogs-agent/dumps/sqlite';
import { serveControl } from '../processes/control.ts';
import { listen } from '../processes/listen.ts';
import { UNLIMITED } from '../upstreamHeaders.ts';

const store = openFileStore(process.argv[2] ?? '');
const server = createServer(({ url = '' }, response) => {
  const body = store.record('releases', Number(url.split('/').at(-1)));
  if (!body) return void response.writeHead(404, { 'content-length': '0' }).end();
  response.writeHead(200, {
    'content-type': 'application/json',
    'content-length': body.length,
    ...UNLIMITED,
  });
  response.end(body);
});
serveControl(await listen(server));
