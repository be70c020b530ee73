/** Addresses of gateways. */

const LOCAL = /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/;

/** The gateway's address, `/api` included. Plain HTTP only on this machine. */
export const baseUrlOf = (hostname: string): string =>
  `${LOCAL.test(hostname) ? 'http' : 'https'}://${hostname}/api`;

/** Takes an address with or without `/api`; undefined when it is none, or would send a key in the clear. */
export function readBaseUrl(text: string): string | undefined {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || url.username || url.search || url.hash) return undefined;
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && LOCAL.test(url.host))) return undefined;
  const path = url.pathname.replace(/\/+$/, '');
  return `${url.origin}${path.endsWith('/api') ? path : `${path}/api`}`;
}
