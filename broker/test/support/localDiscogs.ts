/** A Discogs of a few lines that notes when it is asked. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A call, and when it arrived (ms since 1970). */
export interface Send {
  readonly at: number;
  readonly path: string;
  readonly authorization: string;
}

/** What the stand-in was asked, and what it says. */
export interface LocalDiscogs {
  readonly sends: Send[];
  answer: (path: string) => { readonly status: number; readonly headers?: Record<string, string> };
  tookMs: number;
}

/** The stand-in, running. */
export interface DiscogsHere {
  readonly discogs: LocalDiscogs;
  readonly url: string;
  close(): void;
}

/** Listens on 127.0.0.1 and finds every record that it is asked for. */
export async function localDiscogs(note?: (send: Send) => void): Promise<DiscogsHere> {
  const discogs: LocalDiscogs = { sends: [], answer: () => ({ status: 200 }), tookMs: 30 };
  const server = createServer((request, response) => {
    const path = request.url ?? '';
    const send = { at: Date.now(), path, authorization: request.headers.authorization ?? '' };
    discogs.sends.push(send);
    note?.(send);
    const { status, headers = {} } = discogs.answer(path);
    const query = new URL(path, 'http://discogs.example').searchParams;
    const title = `${query.get('artist')} - ${query.get('track')}`;
    setTimeout(() => {
      response.writeHead(status, { 'content-type': 'application/json', ...headers });
      response.end(JSON.stringify({ results: [{ title, year: '1999', uri: '/release/1' }] }));
    }, discogs.tookMs);
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const close = (): void => {
    server.closeAllConnections();
    server.close();
  };
  return { discogs, url: `http://127.0.0.1:${port}`, close };
}
