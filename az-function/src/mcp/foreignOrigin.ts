/** Pages that may not use MCP. A browser names the page that asks; programs name none. */
import type { Call } from '@discogs-agent/core';

/** What no name server can lead elsewhere. */
const LOCALHOST_OR_ADDRESS = /^(localhost|[\d.]+|\[.+\])$/;

/**
 * Whether a page of another site asks, which must not use the gateway through its reader's browser. A site can make its
 * own name lead here (DNS rebinding), so that `Origin` and `Host` agree: over http only a page at an address is trusted,
 * over https the certificate tells.
 */
export function isForeignOrigin(call: Call, allowed: readonly string[]): boolean {
  const origin = call.header('origin');
  if (origin === undefined || allowed.includes(origin)) return false;
  if (!URL.canParse(origin)) return true;
  const { protocol, hostname, host } = new URL(origin);
  const isOwn = host === new URL(call.baseUrl).host;
  return !isOwn || (protocol !== 'https:' && !LOCALHOST_OR_ADDRESS.test(hostname));
}
