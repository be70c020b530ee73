/** The way from an isolate to the rate limiter of its consumer. */
import type { BrokerLimiter } from '@discogs-agent/core/broker';
import type { LimiterNamespace } from '../platform.ts';

/** The object's name. Names are seen in the dashboard, where a consumer key has no business. */
export async function limiterName(consumerKey: string): Promise<string> {
  const digest = await crypto.subtle.digest(
    'SHA-256',
    new TextEncoder().encode(`rate limiter ${consumerKey}`),
  );
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** Opens it for one request. Calls on a ticket are sent before the ticket is there: all is one round trip. */
export async function openLimiter(
  namespace: LimiterNamespace | undefined,
  consumerKey: string,
): Promise<BrokerLimiter> {
  if (!namespace)
    throw new Error('binding RATE_LIMITER is missing: deploy with the wrangler.toml of this version');
  const stub = namespace.getByName(await limiterName(consumerKey));
  return {
    acquire: (request) => stub.acquire(request),
    join: (call, session) => stub.join(call, session),
  };
}
