/** `DEBUG_REQUEST_LOG`: what a caller sent. Only headers that are known to be harmless are shown with their values. */
import type { CheckedInput } from '../../discogs/request.ts';
import type { Call } from '../../lib/call.ts';
import { CORRELATION_HEADERS } from './correlation.ts';

const MASK = '***';
/** An allow-list: nobody knows all the names under which gateways, proxies and platforms send credentials. */
const SHOWN_HEADERS: ReadonlySet<string> = new Set([
  'accept',
  'accept-encoding',
  'accept-language',
  'cache-control',
  'content-length',
  'content-type',
  'host',
  'if-none-match',
  'user-agent',
  ...CORRELATION_HEADERS,
]);
const MAX_VALUE_CHARS = 512;

const shown = (name: string, value: string): string =>
  SHOWN_HEADERS.has(name.toLowerCase()) ? value.slice(0, MAX_VALUE_CHARS) : MASK;

/** Writes `http_request_debug: {json}`. The query is the checked one: names that nobody declared are not in it. */
export function logRequest(call: Call, path: string, input: CheckedInput): void {
  const headers = Object.fromEntries([...call.headers()].map(([name, value]) => [name, shown(name, value)]));
  const query = Object.fromEntries(
    input.query.map(([name, value]) => [name, value.slice(0, MAX_VALUE_CHARS)]),
  );
  const line = JSON.stringify({ method: call.method, upstream_path: path, query, headers });
  call.log.info(`http_request_debug: ${line}`);
}
