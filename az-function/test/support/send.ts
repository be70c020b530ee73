/** HTTP requests as they are written down: nothing is normalised, added or decoded on the way. */
import { request } from 'node:http';
import { connect, type Socket } from 'node:net';

/** A complete answer. */
export interface Reply {
  readonly status: number;
  /** By lower-case name. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly bytes: Buffer;
  readonly text: string;
  /** The parsed body; undefined where there is none. Throws on a body that is not JSON. */
  json(): unknown;
}

/** What a request may say. */
export interface Sending {
  readonly method?: string;
  /** An array sends the header once for each value. */
  readonly headers?: Readonly<Record<string, string | string[]>>;
  readonly body?: string | Uint8Array;
}

function reply(status: number, headers: Reply['headers'], bytes: Buffer): Reply {
  const text = bytes.toString('utf8');
  return { status, headers, bytes, text, json: () => (text === '' ? undefined : JSON.parse(text)) };
}

/** Sends one request on a connection of its own and reads the whole answer. */
export function send(url: string, path: string, { method = 'GET', headers = {}, body }: Sending) {
  const { hostname, port } = new URL(url);
  return new Promise<Reply>((resolve, reject) => {
    const length = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) };
    const sent = request(
      { hostname, port, path, method, headers: { ...length, ...headers }, agent: false },
      async (response) => {
        try {
          const chunks: Buffer[] = [];
          for await (const chunk of response) chunks.push(chunk);
          const all = Object.entries(response.headers).map(([name, value]) => [name, value?.toString()]);
          resolve(reply(response.statusCode ?? 0, Object.fromEntries(all), Buffer.concat(chunks)));
        } catch (error) {
          reject(error);
        }
      },
    );
    sent.once('error', reject).end(body);
  });
}

/** Opens a connection and writes bytes that no HTTP client would send. The caller ends it. */
export function openSocket(url: string, bytes: string | Uint8Array): Promise<Socket> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname, () => socket.write(bytes, () => resolve(socket)));
    socket.once('error', reject);
  });
}

/** Writes bytes and reads until the server ends the connection, so the bytes should ask it to: `Connection: close`. */
export async function sendBytes(url: string, bytes: string | Uint8Array): Promise<Reply> {
  const socket = await openSocket(url, bytes);
  const chunks: Buffer[] = [];
  for await (const chunk of socket) chunks.push(chunk);
  const whole = Buffer.concat(chunks);
  const end = whole.indexOf('\r\n\r\n');
  const [first = '', ...lines] = whole.subarray(0, end).toString('latin1').split('\r\n');
  const headers = lines.map((line) => {
    const colon = line.indexOf(':');
    return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
  });
  return reply(Number(first.split(' ')[1]), Object.fromEntries(headers), whole.subarray(end + 4));
}
