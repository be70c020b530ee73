/** As much of Blob storage as a pack needs: ranges, ETags, blocks, lists; and troubles that Azurite does not have. */
import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';

/** A running stand-in with one container. */
export interface TinyBlobs {
  /** With a signature. */
  readonly address: string;
  readonly blobs: Map<string, { bytes: Buffer; etag: string; md5: string | undefined; modified: Date }>;
  /** `GET /container/name`, as they came. */
  readonly requests: {
    readonly method: string;
    readonly path: string;
    readonly authorization: string | undefined;
  }[];
  /** Runs before a request; true where it has answered. */
  intercept: ((request: IncomingMessage, response: ServerResponse) => boolean) | undefined;
  /** Staged, not committed, by blob. */
  readonly staged: Map<string, Map<string, Buffer>>;
  put(name: string, bytes: Buffer): void;
  close(): Promise<void>;
}

const CONTAINER = '/catalogue';

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks);
}

const md5Of = (bytes: Buffer): string => createHash('md5').update(bytes).digest('base64');

/** Starts it. It accepts the signature `sig=valid`, and the token `Bearer token`. */
export async function startTinyBlobs(): Promise<TinyBlobs> {
  const blobs: TinyBlobs['blobs'] = new Map();
  const staged: TinyBlobs['staged'] = new Map();
  let writes = 0;

  const fail = (response: ServerResponse, status: number, code: string): void => {
    response.writeHead(status, { 'content-type': 'application/xml', 'x-ms-error-code': code });
    response.end(`<?xml version="1.0"?><Error><Code>${code}</Code><Message>${code}</Message></Error>`);
  };
  const xml = (response: ServerResponse, body: string): void => {
    response.writeHead(200, { 'content-type': 'application/xml' });
    response.end(`<?xml version="1.0" encoding="utf-8"?>${body}`);
  };
  function write(name: string, bytes: Buffer, md5: string | undefined): string {
    writes += 1;
    const etag = `"0x${writes}"`;
    blobs.set(name, { bytes, etag, md5, modified: new Date() });
    return etag;
  }

  function list(response: ServerResponse): void {
    const rows = [...blobs].map(
      ([name, { bytes, etag, modified }]) =>
        `<Blob><Name>${name}</Name><Properties><Last-Modified>${modified.toUTCString()}</Last-Modified><Etag>${etag}</Etag><Content-Length>${bytes.length}</Content-Length><BlobType>BlockBlob</BlobType></Properties></Blob>`,
    );
    xml(response, `<EnumerationResults><Blobs>${rows.join('')}</Blobs><NextMarker/></EnumerationResults>`);
  }

  function blockList(response: ServerResponse, name: string): unknown {
    const blocks = staged.get(name);
    if (!blocks && !blobs.has(name)) return fail(response, 404, 'BlobNotFound');
    const rows = [...(blocks ?? [])].map(
      ([id, bytes]) => `<Block><Name>${id}</Name><Size>${bytes.length}</Size></Block>`,
    );
    return xml(response, `<BlockList><UncommittedBlocks>${rows.join('')}</UncommittedBlocks></BlockList>`);
  }

  function stage(
    request: IncomingMessage,
    response: ServerResponse,
    name: string,
    id: string,
    bytes: Buffer,
  ): unknown {
    const md5 = request.headers['content-md5'];
    if (md5 !== undefined && md5 !== md5Of(bytes)) return fail(response, 400, 'Md5Mismatch');
    const blocks = staged.get(name) ?? new Map<string, Buffer>();
    staged.set(name, blocks.set(id, bytes));
    return response.writeHead(201).end();
  }

  function commit(request: IncomingMessage, response: ServerResponse, name: string, body: Buffer): unknown {
    const ids = [...String(body).matchAll(/<Latest>([^<]+)<\/Latest>/g)].map(([, id = '']) => id);
    const blocks = ids.map((id) => staged.get(name)?.get(id));
    if (blocks.includes(undefined)) return fail(response, 400, 'InvalidBlockList');
    staged.delete(name);
    const md5 = request.headers['x-ms-blob-content-md5'];
    const etag = write(name, Buffer.concat(blocks.flatMap((block) => block ?? [])), md5?.toString());
    return response.writeHead(201, { etag }).end();
  }

  function read(request: IncomingMessage, response: ServerResponse, name: string): unknown {
    const blob = blobs.get(name);
    if (!blob) return fail(response, 404, 'BlobNotFound');
    const wanted = request.headers['if-match'];
    if (wanted !== undefined && wanted !== blob.etag) return fail(response, 412, 'ConditionNotMet');
    const range = request.headers['x-ms-range'] ?? request.headers.range;
    const [, from = '0', to = ''] = /^bytes=(\d+)-(\d*)$/.exec(String(range ?? 'bytes=0-')) ?? [];
    if (range !== undefined && Number(from) >= blob.bytes.length) return fail(response, 416, 'InvalidRange');
    const end = to === '' ? blob.bytes.length : Math.min(blob.bytes.length, Number(to) + 1);
    const part = blob.bytes.subarray(Number(from), end);
    response.writeHead(range === undefined ? 200 : 206, {
      etag: blob.etag,
      'content-length': part.length,
      'last-modified': blob.modified.toUTCString(),
      'content-range': `bytes ${from}-${end - 1}/${blob.bytes.length}`,
      ...(blob.md5 === undefined ? {} : { 'content-md5': blob.md5 }),
    });
    return response.end(request.method === 'HEAD' ? undefined : part);
  }

  function put(request: IncomingMessage, response: ServerResponse, name: string, body: Buffer): unknown {
    const blob = blobs.get(name);
    const { 'if-match': match, 'if-none-match': noneMatch } = request.headers;
    if (noneMatch === '*' && blob) return fail(response, 409, 'BlobAlreadyExists');
    if (match !== undefined && match !== blob?.etag) return fail(response, 412, 'ConditionNotMet');
    return response.writeHead(201, { etag: write(name, body, md5Of(body)) }).end();
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<unknown> {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://x');
    const { authorization } = request.headers;
    const method = request.method ?? '';
    state.requests.push({ method, path: pathname, authorization });
    const body = await bodyOf(request);
    if (state.intercept?.(request, response)) return;
    if (searchParams.get('sig') !== 'valid' && authorization !== 'Bearer token') {
      return fail(response, 403, 'AuthorizationFailure');
    }
    if (searchParams.get('comp') === 'list') return list(response);
    const name = decodeURIComponent(pathname).slice(CONTAINER.length + 1);
    if (!pathname.startsWith(`${CONTAINER}/`)) return fail(response, 404, 'ContainerNotFound');
    if (method === 'GET' && searchParams.get('comp') === 'blocklist') return blockList(response, name);
    if (method === 'GET' || method === 'HEAD') return read(request, response, name);
    if (method === 'DELETE') {
      if (!blobs.delete(name)) return fail(response, 404, 'BlobNotFound');
      return response.writeHead(202).end();
    }
    const id = searchParams.get('blockid');
    if (id !== null) return stage(request, response, name, id, body);
    if (searchParams.get('comp') === 'blocklist') return commit(request, response, name, body);
    return put(request, response, name, body);
  }

  const server = createServer((request, response) => void answer(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const place = server.address();
  const port = typeof place === 'object' && place ? place.port : 0;
  const state: TinyBlobs = {
    address: `http://127.0.0.1:${port}${CONTAINER}?sv=2021-12-02&sig=valid`,
    blobs,
    staged,
    requests: [],
    intercept: undefined,
    put: (name, bytes) => void write(name, bytes, md5Of(bytes)),
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => void server.close(() => resolve()));
    },
  };
  return state;
}
