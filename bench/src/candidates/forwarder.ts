/** HTTP in front of an undici dispatcher. `UPSTREAM` is the address to forward to, `DISCOGS_TOKEN` what to show there. */
import { createServer } from 'node:http';
import { type Dispatcher, Pool } from 'undici';
import { serveControl } from '../processes/control.ts';
import { listen } from '../processes/listen.ts';

const PREFIX = '/api';
/** As many as the gateway may open. */
const CONNECTIONS = 16;

/** Serves calls by what `build` makes of a pool of connections to the upstream. */
export async function serveForwarder(build: (pool: Pool) => Dispatcher): Promise<void> {
  const { UPSTREAM = '', DISCOGS_TOKEN = '' } = process.env;
  const dispatcher = build(new Pool(UPSTREAM, { connections: CONNECTIONS }));
  const sent = {
    'user-agent': 'discogs-agent-bench',
    accept: 'application/json',
    authorization: `Discogs token=${DISCOGS_TOKEN}`,
  };
  const server = createServer(async ({ url = '' }, response) => {
    try {
      const { statusCode, headers, body } = await dispatcher.request({
        method: 'GET',
        path: url.slice(PREFIX.length),
        headers: sent,
      });
      response.writeHead(statusCode, headers);
      body.pipe(response);
    } catch (error) {
      console.error(error);
      response.destroy();
    }
  });
  serveControl(await listen(server));
}
