/**
 * Who may call a local host that has a real Discogs token. A page in the owner's browser can reach 127.0.0.1, too: under a
 * name of its own that it points here (DNS rebinding; `Host` tells), or by sending a form (`Origin` and `Sec-Fetch-Site`
 * tell). A key alone does not keep it out where the check of keys is switched off.
 */
import type { IncomingMessage } from 'node:http';
import type { HostRefusal } from './refusals.ts';

const LOCAL_AUTHORITY = /^(localhost|127\.0\.0\.1|\[::1\])(:[0-9]{1,5})?$/i;
const READS = new Set(['GET', 'HEAD']);

/** Whether `host` or `host:port` can only mean this machine. */
export const isLocalAuthority = (authority: string): boolean => LOCAL_AUTHORITY.test(authority);

const isLocalUrl = (text: string): boolean => URL.canParse(text) && isLocalAuthority(new URL(text).host);

const NOT_LOCAL: HostRefusal = {
  status: 421,
  error: 'misdirected_request',
  message:
    'This local gateway has a real Discogs token, so it answers only to the names 127.0.0.1, localhost and [::1]. ' +
    'Use one of them in the address; a tunnel or proxy in front must send it as Host.',
  close: true,
};
const CROSS_SITE: HostRefusal = {
  status: 403,
  error: 'cross_site_request',
  message:
    'This local gateway has a real Discogs token, so it takes no write from a page of another site. ' +
    'Send it from a program, from a page of this address, or from one of an origin in CORS_ORIGINS.',
  close: true,
};

/** Every value of a header, as it was sent. Node itself shows only the first `Host`. */
const allOf = ({ rawHeaders }: IncomingMessage, name: string): readonly string[] =>
  rawHeaders.filter((_, index) => index % 2 === 1 && rawHeaders[index - 1]?.toLowerCase() === name);

function namesThisMachine(request: IncomingMessage): boolean {
  const { url = '/' } = request;
  const hosts = allOf(request, 'host');
  // A whole address in the request line overrules `Host`.
  const target = url.startsWith('/') || isLocalUrl(url);
  return target && hosts.length === 1 && hosts.every(isLocalAuthority);
}

/** A page without a referrer sends `Origin: null` to its own site as well; only `Sec-Fetch-Site` tells the two apart. */
function comesFromAnotherSite(request: IncomingMessage, allowed: readonly string[]): boolean {
  const origins = allOf(request, 'origin');
  if (origins.length === 1 && origins.every((origin) => allowed.includes(origin))) return false;
  const [site] = allOf(request, 'sec-fetch-site');
  if (site === 'cross-site') return true;
  return origins.some((origin) => !isLocalUrl(origin) && !(origin === 'null' && site === 'same-origin'));
}

/** Undefined for a request that may go on to the app. Pages of the `allowed` origins may write, too. */
export function refuseForeignCaller(
  request: IncomingMessage,
  allowed: readonly string[],
): HostRefusal | undefined {
  if (!namesThisMachine(request)) return NOT_LOCAL;
  const writes = !READS.has(request.method ?? '');
  return writes && comesFromAnotherSite(request, allowed) ? CROSS_SITE : undefined;
}
