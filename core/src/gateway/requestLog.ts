/** `DEBUG_REQUEST_LOG`: what a caller sent, with everything masked that could be a credential. */
import type { CheckedInput } from '../discogs/request.ts';
import type { Call } from './call.ts';

const MASK = '***';
const SECRET_HEADERS =
  /^(authorization|proxy-authorization|cookie|x-api-key|x-functions-key)$|token|secret|password/i;
/** Headers in which Azure repeats the address, query included. */
const ADDRESS_HEADERS = /^(x-original-url|x-waws-unencoded-url|referer)$/i;
const MAX_VALUE_CHARS = 512;

function shown(name: string, value: string): string {
  if (SECRET_HEADERS.test(name)) return MASK;
  const text = ADDRESS_HEADERS.test(name) ? value.replace(/\?.*$/s, `?${MASK}`) : value;
  return text.slice(0, MAX_VALUE_CHARS);
}

/** Writes `http_request_debug: {json}`. The query is the checked one: names that nobody declared are not in it. */
export function logRequest(call: Call, path: string, input: CheckedInput): void {
  const headers = Object.fromEntries([...call.headers()].map(([name, value]) => [name, shown(name, value)]));
  const query = Object.fromEntries(
    input.query.map(([name, value]) => [name, value.slice(0, MAX_VALUE_CHARS)]),
  );
  const line = JSON.stringify({ method: call.method, upstream_path: path, query, headers });
  call.log.info(`http_request_debug: ${line}`);
}
