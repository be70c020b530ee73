/**
 * What the local host answers by itself, without the app. Where the real host sends a bare status, this one says in JSON
 * what is wrong, like the gateway behind it.
 */
import { type ServerResponse, STATUS_CODES } from 'node:http';

/** One answer instead of the app's. */
export interface HostRefusal {
  readonly status: number;
  readonly error: string;
  readonly message: string;
  /** Methods that would do. */
  readonly allow?: readonly string[];
  /** The rest of the connection cannot be read, or is not wanted. */
  readonly close?: true;
}

export const OUTSIDE_API: HostRefusal = {
  status: 404,
  error: 'not_found',
  message: 'Nothing is here. Paths are those of Discogs, behind /api, such as /api/artists/108713.',
};
export const DOUBLE_SLASH: HostRefusal = {
  status: 404,
  error: 'not_found',
  message: 'No path has two slashes in a row. Write one.',
};
export const HANDLER_FAILED: HostRefusal = {
  status: 500,
  error: 'internal_error',
  message: 'The app failed at this request. The output of the local host has the cause.',
};
export const BODY_TOO_LARGE: HostRefusal = {
  status: 413,
  error: 'payload_too_large',
  message: 'The platform takes a body of at most 100 MiB. Send less.',
  close: true,
};
export const BAD_HOST: HostRefusal = {
  status: 400,
  error: 'bad_request',
  message: 'The Host header is no host name. Send the one of the address.',
  close: true,
};
export const BAD_EXPECTATION: HostRefusal = {
  status: 417,
  error: 'expectation_failed',
  message: 'Only "Expect: 100-continue" can be met. Leave the header out.',
};

export const wrongMethod = (allow: readonly string[]): HostRefusal => ({
  status: 405,
  error: 'method_not_allowed',
  message: `This path takes ${allow.join(', ')}.`,
  allow,
});

/** Longer request lines are not looked at. */
const MAX_LINE_BYTES = 8192;

const NO_REQUEST: HostRefusal = {
  status: 400,
  error: 'bad_request',
  message: 'These bytes are no HTTP/1.1 request.',
};
const BY_CODE: Readonly<Record<string, HostRefusal>> = {
  HPE_HEADER_OVERFLOW: {
    status: 431,
    error: 'headers_too_large',
    message: 'The headers of a request may have at most 32 KiB. Send fewer or shorter ones.',
  },
  HPE_CHUNK_EXTENSIONS_OVERFLOW: {
    status: 413,
    error: 'payload_too_large',
    message: 'The chunk extensions of the body are too large. Leave them out.',
  },
  ERR_HTTP_REQUEST_TIMEOUT: {
    status: 408,
    error: 'request_timeout',
    message: 'The request did not arrive in time. Send it again.',
  },
};
const REQUEST_LINE = /^[A-Z]+ \S+ HTTP\/1\.[01]\r?\n/;

/** For `bytes` that Node's parser gave up on, by its code. */
export function unreadable(
  code = '',
  bytes: Uint8Array | undefined,
  methods: readonly string[],
): HostRefusal {
  const line = bytes ? Buffer.from(bytes.subarray(0, MAX_LINE_BYTES)).toString('latin1') : '';
  if (code === 'HPE_INVALID_METHOD' && REQUEST_LINE.test(line)) {
    return {
      status: 501,
      error: 'not_implemented',
      message: `This server knows no such method. Use one of ${methods.join(', ')}.`,
      allow: methods,
    };
  }
  return BY_CODE[code] ?? NO_REQUEST;
}

function headersOf({ allow, close }: HostRefusal, body: string): Record<string, string> {
  return {
    'content-type': 'application/json',
    'cache-control': 'no-store',
    'content-length': String(Buffer.byteLength(body)),
    ...(allow ? { allow: allow.join(', ') } : {}),
    ...(close ? { connection: 'close' } : {}),
  };
}

const bodyOf = ({ error, message }: HostRefusal): string => JSON.stringify({ error, message });

export function sendRefusal(refusal: HostRefusal, response: ServerResponse): void {
  const body = bodyOf(refusal);
  response.writeHead(refusal.status, headersOf(refusal, body)).end(body);
}

/** The same where there is no response object: the bytes of an answer after which the connection ends. */
export function refusalBytes(refusal: HostRefusal): string {
  const body = bodyOf(refusal);
  const lines = Object.entries(headersOf({ ...refusal, close: true }, body)).map(
    ([name, value]) => `${name}: ${value}`,
  );
  const status = `HTTP/1.1 ${refusal.status} ${STATUS_CODES[refusal.status] ?? ''}`;
  return [status, ...lines, '', body].join('\r\n');
}
