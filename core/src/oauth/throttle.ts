/** How many authorizations and registrations may begin, and how many documents of clients are looked at: far above what people do, below what fills a store. */
import { hmacHex } from '../signIn/bytes.ts';
import { networkOf } from '../signIn/networkOf.ts';
import type { Context, Visit } from './context.ts';
import type { OAuthFailure } from './failure.ts';

const WINDOW_SECONDS = 600;

/** Per window, from one address and from everybody. An address may be a whole office, or a hosted agent platform. */
const OAUTH_THROTTLE = {
  authorize: { address: 30, everybody: 300 },
  register: { address: 20, everybody: 200 },
  /** Each may be a fetch from an address that the caller chooses. */
  document: { address: 60, everybody: 600 },
} as const;

/**
 * Counts one attempt; a failure when it is one too many. An address that is over its limit uses up nothing of what
 * everybody shares. Addresses are kept blinded.
 */
export async function countAttempt(
  { throttle, keyring, seconds }: Pick<Context, 'throttle' | 'keyring' | 'seconds'>,
  { clientAddress }: Visit['request'],
  kind: keyof typeof OAUTH_THROTTLE,
): Promise<OAuthFailure | undefined> {
  const limits = OAUTH_THROTTLE[kind];
  const { signing } = await keyring();
  const network = clientAddress === undefined ? undefined : networkOf(clientAddress);
  const blinded = network && (await hmacHex(signing, `address:${network}`)).slice(0, 32);
  const buckets = [
    ...(blinded ? [{ name: blinded, limit: limits.address }] : []),
    { name: 'everybody', limit: limits.everybody },
  ];
  for (const { name, limit } of buckets) {
    const { hits, resetsAt } = await throttle.hit(`oauth-${kind}:${name}`, seconds(), WINDOW_SECONDS);
    if (hits > limit) return { code: 'throttled', retryAfterSeconds: Math.max(1, resetsAt - seconds()) };
  }
  return undefined;
}
