/**
 * How many sign-ins may begin. The limits are far above what people do, and below what fills a database or spends the
 * 60 calls a minute that Discogs gives: nobody needs 30 links in ten minutes, and 300 of them leave half of the calls.
 */
import type { Context, Visit } from './context.ts';
import type { BrokerFailure } from './failure.ts';
import { hmacHex } from './state/bytes.ts';
import type { Keyring } from './state/keyring.ts';

const WINDOW_SECONDS = 600;

/** Per window: from one address, and from everybody. An address may be a whole office. */
export const THROTTLE = {
  start: { address: 60, everybody: 1200 },
  link: { address: 30, everybody: 300 },
} as const;

/** The address itself, or the /64 of an IPv6 address, which one customer has to itself. */
export function networkOf(address: string): string {
  if (!address.includes(':')) return address;
  const mapped = /:(\d+(?:\.\d+){3})$/.exec(address)?.[1];
  if (mapped !== undefined) return mapped;
  const [head = '', tail] = address.toLowerCase().split('::', 2);
  const left = head.split(':').filter((group) => group !== '');
  const right = (tail ?? '').split(':').filter((group) => group !== '');
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - left.length - right.length);
  const groups = [...left, ...Array<string>(zeros).fill('0'), ...right];
  return groups
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ''))
    .join(':');
}

/** Counts a sign-in; a failure when it is one too many. Addresses are kept blinded, for one window. */
export async function throttle(
  { stores, seconds }: Context,
  { request }: Visit,
  keyring: Keyring,
  kind: keyof typeof THROTTLE,
): Promise<BrokerFailure | undefined> {
  const limits = THROTTLE[kind];
  const now = seconds();
  const buckets: [string, number][] = [[`${kind}:everybody`, limits.everybody]];
  if (request.clientAddress !== undefined) {
    const blinded = await hmacHex(keyring.signing, `address:${networkOf(request.clientAddress)}`);
    // First, so that one address that overdoes it does not use up what everybody shares.
    buckets.unshift([`${kind}:${blinded.slice(0, 32)}`, limits.address]);
  }
  for (const [bucket, limit] of buckets) {
    const { hits, resetsAt } = await stores.throttle.hit(bucket, now, WINDOW_SECONDS);
    if (hits > limit) return { code: 'throttled', retryAfterSeconds: Math.max(1, resetsAt - now) };
  }
  return undefined;
}
