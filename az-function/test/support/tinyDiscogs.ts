/** Just enough of an upstream to see what the package sends, and to give it something to rewrite. */
import { createServer } from 'node:http';

/** A request of the app. */
export interface SeenRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly body: string;
}

/** A running upstream. */
export interface TinyDiscogs {
  readonly url: string;
  readonly requests: SeenRequest[];
  close(): Promise<void>;
}

/** Knows one artist, takes every POST, and has nothing else. */
export async function startTinyDiscogs(): Promise<TinyDiscogs> {
  const requests: SeenRequest[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const { method = '', url = '', headers } = request;
    requests.push({ method, path: url, headers, body: Buffer.concat(chunks).toString() });
    const reply = (status: number, body: unknown) => {
      response.writeHead(status, { 'content-type': 'application/json', 'x-discogs-ratelimit': '60' });
      response.end(JSON.stringify(body));
    };
    if (method === 'POST')
      reply(201, { listing_id: 1, resource_url: 'https://api.discogs.com/marketplace/listings/1' });
    else if (url === '/artists/108713') {
      reply(200, {
        id: 108713,
        name: 'Nickelback',
        releases_url: 'https://api.discogs.com/artists/108713/releases',
      });
    } else reply(404, { message: 'Artist not found.' });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('not listening');
  return {
    url: `http://127.0.0.1:${address.port}`,
    requests,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
