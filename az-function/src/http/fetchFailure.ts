/** Errors of the HTTP client as the core's fetch failures. */
import type { FetchFailure } from '@discogs-agent/core';

export const TOO_LARGE: FetchFailure = {
  kind: 'failure',
  cause: 'too_large',
  name: 'BodyTooLarge',
  detail: 'the body is larger than this gateway accepts',
};

export const TIMED_OUT: FetchFailure = {
  kind: 'failure',
  cause: 'timeout',
  name: 'TimeoutException',
  detail: 'no answer in time',
};

export const OVERLOADED: FetchFailure = {
  kind: 'failure',
  cause: 'overloaded',
  name: 'TooManyBytes',
  detail: 'this process holds too many large answers at once',
};

export const BAD_ENCODING: FetchFailure = {
  kind: 'failure',
  cause: 'encoding',
  name: 'DecodingError',
  detail: 'the body could not be decompressed',
};

const CONNECT_CODES = /^(ECONNREFUSED|ENOTFOUND|EAI_|EHOSTUNREACH|ENETUNREACH|CERT_|ERR_TLS)/;

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';

/** The names are those that the original's traces used, so that queries which group by them go on working. */
function nameOf(code: string): string {
  if (CONNECT_CODES.test(code)) return 'ConnectError';
  return code.startsWith('HPE_') ? 'RemoteProtocolError' : 'ReadError';
}

/** The failure behind an error of the HTTP client. */
export function failureOf(error: unknown): FetchFailure {
  const code = codeOf(error);
  const detail = error instanceof Error ? `${code || error.name} ${error.message}` : 'unknown';
  const failure = { kind: 'failure', cause: 'transport', name: nameOf(code), detail } as const;
  return CONNECT_CODES.test(code) ? { ...failure, isUnreachable: true } : failure;
}
