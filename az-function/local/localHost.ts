/** A small local stand-in for the Azure Functions host: HTTP in front, the app's own functions behind. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { answerCors } from './cors.ts';
import type { RpcHttp, RpcHttpAnswer } from './functionsCore.ts';
import type { HttpFunction } from './httpFunction.ts';
import {
  BAD_EXPECTATION,
  BAD_HOST,
  BODY_TOO_LARGE,
  DOUBLE_SLASH,
  HANDLER_FAILED,
  type HostRefusal,
  OUTSIDE_API,
  refusalBytes,
  sendRefusal,
  unreadable,
  wrongMethod,
} from './refusals.ts';
import { findFunction, methodsOf, readPath, writePath } from './routing.ts';
import type { TimerFunction } from './worker.ts';

/** A running local host. */
export interface LocalHost {
  /** `http://127.0.0.1:PORT`, without `/api`. */
  readonly url: string;
  readonly port: number;
  /** Stops listening and ends open connections. */
  close(): Promise<void>;
}

/** Kestrel's limit for all headers of a request; beyond it the host answers 431. */
const MAX_HEADER_BYTES = 32 * 1024;
/** The platform's limit for a request body. */
const MAX_BODY_BYTES = 100 * 1024 * 1024;
/** Statuses whose answers have no body, whatever their headers say. */
const NULL_BODY_STATUSES = new Set([204, 205, 304]);
const NO_BYTES = new Uint8Array(0);
/** Where the platform shows a page of its own. */
const welcome = (authority: string): string => `DiscogsAgent runs here.

Status page    http://${authority}/api/status/page
A release      http://${authority}/api/releases/249504, with the header x-api-key
All endpoints  docs/endpoints.md; errors: docs/errors.md
`;

/** Repeated headers arrive joined by a comma without a space. */
function joinedHeaders({ rawHeaders, socket }: IncomingMessage): Record<string, string> {
  const headers: Record<string, string> = {};
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = rawHeaders[index]?.toLowerCase() ?? '';
    const value = rawHeaders[index + 1] ?? '';
    headers[name] = headers[name] === undefined ? value : `${headers[name]},${value}`;
  }
  const forwarded = headers['x-forwarded-for'];
  const address = `${socket.remoteAddress}:${socket.remotePort}`;
  headers['x-forwarded-for'] = forwarded === undefined ? address : `${forwarded}, ${address}`;
  return headers;
}

/** The host passes a body on only when its length was announced: a chunked one is lost. */
async function readBody(request: IncomingMessage): Promise<Uint8Array | undefined> {
  if (!(Number(request.headers['content-length']) > 0)) {
    request.resume();
    return undefined;
  }
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks);
}

function joinedQuery(search: URLSearchParams): Record<string, string> {
  const query: Record<string, string> = {};
  for (const name of search.keys()) query[name] = search.getAll(name).join(',');
  return query;
}

/** What the server under the host does when a handler's own framing headers do not fit its body. */
function framing(
  headers: Readonly<Record<string, string>>,
  length: number,
): 'fits' | 'overflows' | 'falls short' {
  // Announced as chunked and sent as it is, which no client can read.
  if (headers['transfer-encoding'] !== undefined) return 'falls short';
  const announced = Number(headers['content-length'] ?? length);
  if (announced === length) return 'fits';
  return announced < length ? 'overflows' : 'falls short';
}

function send(method: string, response: ServerResponse, answer: RpcHttpAnswer | undefined): void {
  // A handler that returned nothing.
  if (!answer) return void response.writeHead(204).end();
  const { headers = {} } = answer;
  const status = Number(answer.statusCode ?? 200);
  const body = answer.body?.bytes ?? NO_BYTES;
  if (method === 'HEAD' || NULL_BODY_STATUSES.has(status)) {
    return void response.writeHead(status, headers).end();
  }
  const fit = framing(headers, body.length);
  if (fit === 'overflows') throw new Error('the body is longer than its Content-Length');
  if (fit === 'falls short') {
    console.error('Connection cut: Content-Length or Transfer-Encoding does not fit the body.');
    return void response.destroy();
  }
  // Chunked like the host's, unless the handler announced a length.
  response.writeHead(status, body.length === 0 ? { ...headers, 'content-length': '0' } : headers).end(body);
}

/**
 * Starts a timer's function now, as the host does for its owner.
 * @see https://learn.microsoft.com/azure/azure-functions/functions-manually-run-non-http
 */
async function runTimer(
  timers: readonly TimerFunction[],
  path: string,
  response: ServerResponse,
): Promise<void> {
  const timer = timers.find(({ name }) => path === `/admin/functions/${name}`);
  if (!timer) return sendRefusal(OUTSIDE_API, response);
  try {
    await timer.invoke();
  } catch (error) {
    // The host tells of it in its log only.
    console.error(error instanceof Error ? error.stack : error);
  }
  response.writeHead(202, { 'content-length': '0' }).end();
}

async function serve(
  functions: readonly HttpFunction[],
  timers: readonly TimerFunction[],
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { method = 'GET', url = '/' } = request;
  const path = readPath(url);
  if (path === '/') {
    return void response
      .writeHead(200, { 'content-type': 'text/plain' })
      .end(welcome(`127.0.0.1:${request.socket.localPort}`));
  }
  if (method === 'POST' && path.startsWith('/admin/functions/')) return runTimer(timers, path, response);
  if (Number(request.headers['content-length'] ?? 0) > MAX_BODY_BYTES) {
    return sendRefusal(BODY_TOO_LARGE, response);
  }
  const host = request.headers.host ?? 'localhost';
  if (!/^([\w.-]+|\[[0-9a-f:.]+\])(:[0-9]+)?$/i.test(host)) {
    return sendRefusal(BAD_HOST, response);
  }
  const found = findFunction(functions, method, path);
  if (!found) {
    request.resume();
    const allow = methodsOf(functions, path);
    if (allow.length > 0) return sendRefusal(wrongMethod(allow), response);
    return sendRefusal(path.includes('//') ? DOUBLE_SLASH : OUTSIDE_API, response);
  }
  const query = url.includes('?') ? url.slice(url.indexOf('?')).split('#', 1)[0] : '';
  const body = await readBody(request);
  const http: RpcHttp = {
    method,
    url: `http://${host}${writePath(path)}${query}`,
    headers: joinedHeaders(request),
    query: joinedQuery(new URLSearchParams(query)),
    params: found.params,
    ...(body === undefined ? {} : { body: { bytes: body } }),
  };
  try {
    send(method, response, await found.target.invoke(http));
  } catch (error) {
    console.error(error instanceof Error ? error.stack : error);
    sendRefusal(HANDLER_FAILED, response);
  }
}

/** What a host may have beside the functions. */
export interface LocalHostOptions {
  readonly timers?: readonly TimerFunction[];
  /** Origins whose pages may call, as the platform's CORS has them. */
  readonly corsOrigins?: readonly string[];
  /** What it returns is answered before anything else is looked at; the real host has no such thing. */
  readonly refuse?: (request: IncomingMessage) => HostRefusal | undefined;
}

/** Answers what never becomes a request for a function: CONNECT, odd expectations, and bytes that are no request. */
function refuseTheRest(server: Server, functions: readonly HttpFunction[]): void {
  const methods = [...new Set(functions.flatMap((listed) => listed.methods))];
  server.on('connect', (_, socket) => {
    // Node takes its own listener away; a client that resets the connection must not end the process.
    socket.on('error', () => socket.destroy());
    socket.end(refusalBytes(wrongMethod(methods)));
  });
  server.on('checkExpectation', (_, response) => sendRefusal(BAD_EXPECTATION, response));
  server.on('clientError', (error: NodeJS.ErrnoException & { rawPacket?: Uint8Array }, socket) => {
    const { code, rawPacket } = error;
    if (!socket.writable || code === 'ECONNRESET') socket.destroy();
    else socket.end(refusalBytes(unreadable(code, rawPacket, methods)));
  });
}

/** Listens on 127.0.0.1; rejects with the socket's error, `EADDRINUSE` for example. */
export async function startLocalHost(
  functions: readonly HttpFunction[],
  port: number,
  { timers = [], corsOrigins = [], refuse = () => undefined }: LocalHostOptions = {},
): Promise<LocalHost> {
  const server: Server = createServer({ maxHeaderSize: MAX_HEADER_BYTES }, (request, response) => {
    const refusal = refuse(request);
    if (refusal) return sendRefusal(refusal, response);
    if (answerCors(corsOrigins, request, response)) return;
    // A client that goes away while it sends is its own affair.
    serve(functions, timers, request, response).catch(() => response.destroy());
  });
  refuseTheRest(server, functions);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(port, '127.0.0.1', resolve);
  });
  const address = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${address.port}`,
    port: address.port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
