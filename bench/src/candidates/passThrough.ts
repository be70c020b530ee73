/** Process: (d), the least that a forwarding Node process can do. `UPSTREAM` is the address to forward to. */
import { createServer } from 'node:http';
import { Pool } from 'undici';
import { serveControl } from '../processes/control.ts';
import { listen } from '../processes/listen.ts';

/** As many as the gateway may open. */
const pool = new Pool(process.env['UPSTREAM'] ?? '', { connections: 16 });
const PREFIX = '/api';
const HEADERS = {
  'user-agent': 'discogs-agent-bench',
  accept: 'application/json',
  authorization: 'Discogs token=benchmark',
};

const server = createServer(async ({ url = '' }, response) => {
  try {
    const { statusCode, headers, body } = await pool.request({
      method: 'GET',
      path: url.slice(PREFIX.length),
      headers: HEADERS,
    });
    response.writeHead(statusCode, headers);
    body.pipe(response);
  } catch (error) {
    console.error(error);
    response.destroy();
  }
});

serveControl(await listen(server));
