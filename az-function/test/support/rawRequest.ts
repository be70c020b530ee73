/** Requests that `fetch` would not send: paths as they are, bodies without a length, a body with a GET. */
import { request } from 'node:http';

/** What to send; a list of pieces is a body without a Content-Length. */
export interface RawRequest {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string | readonly string[]>>;
  readonly body?: string | readonly string[];
}

/** What came back. */
export interface RawAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly body: string;
}

/** Sends `path` byte for byte; rejects where the connection is cut. */
export function rawRequest(
  url: string,
  path: string,
  { method, headers, body }: RawRequest = {},
): Promise<RawAnswer> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    const outgoing = request({ hostname, port, path, method: method ?? 'GET', agent: false }, (incoming) => {
      let text = '';
      incoming.setEncoding('utf8').on('data', (piece: string) => {
        text += piece;
      });
      incoming.once('error', reject);
      incoming.once('end', () => {
        resolve({ status: incoming.statusCode ?? 0, headers: incoming.headers, body: text });
      });
    });
    outgoing.once('error', reject);
    for (const [name, value] of Object.entries(headers ?? {})) {
      outgoing.setHeader(name, typeof value === 'string' ? value : [...value]);
    }
    if (typeof body === 'string') {
      outgoing.setHeader('content-length', Buffer.byteLength(body));
      outgoing.end(body);
      return;
    }
    for (const piece of body ?? []) outgoing.write(piece);
    outgoing.end();
  });
}
