/** Addresses of gateways. */
import { isLocalAuthority } from '../../az-function/local/localCallers.ts';

/** The gateway's address, `/api` included. Plain HTTP only on this machine. */
export const baseUrlOf = (hostname: string): string =>
  `${isLocalAuthority(hostname) ? 'http' : 'https'}://${hostname}/api`;

/** Whether a gateway's address means this machine. */
export const isOnThisMachine = (baseUrl: string): boolean => isLocalAuthority(new URL(baseUrl).host);

/** Takes an address with or without `/api`; undefined when it is none, or would send a key in the clear. */
export function readBaseUrl(text: string): string | undefined {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || url.username || url.search || url.hash) return undefined;
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isLocalAuthority(url.host)))
    return undefined;
  const path = url.pathname.replace(/\/+$/, '');
  return `${url.origin}${path.endsWith('/api') ? path : `${path}/api`}`;
}
