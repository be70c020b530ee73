/**
 * How many sign-ins may begin. The limits are far above what people do, and below what fills a database or spends the
 * 60 calls a minute that Discogs gives: nobody needs 30 links in ten minutes, and 400 of them leave a third of the calls.
 */

import { describeError } from '../lib/describeError.ts';
import { hmacHex } from '../signIn/bytes.ts';
import type { Keyring } from '../signIn/keyring.ts';
import { networkOf } from '../signIn/networkOf.ts';
import type { WebRequest } from '../signIn/web.ts';
import type { Context, Outcome, Visit } from './context.ts';
import type { BrokerFailure } from './failure.ts';
import type { ThrottleCount } from './stores.ts';
import { apiFailure } from './wire/apiFailure.ts';

const WINDOW_SECONDS = 600;

/**
 * Per window: for one session, from one address, and from everybody. An address may be a whole office. `reserve` is for
 * addresses with few hits, while what is for everybody is used up.
 */
export const THROTTLE = {
  start: { address: 60, everybody: 1200, reserve: 400 },
  link: { session: 10, address: 30, everybody: 300, reserve: 100 },
} as const;

/** What a person needs who tries again once or twice. */
const FEW_HITS = 3;

/** What is counted; `session` is the device id. */
type Counting = { readonly kind: 'start' } | { readonly kind: 'link'; readonly session: string };

/** A hit that can be taken back. */
interface Counted {
  readonly bucket: string;
  readonly resetsAt: number;
}

/**
 * Adds the hits to `counted`; a failure when it is one too many. In this order, one session uses up nothing of its
 * address, and one address nothing of what everybody shares. Sessions and addresses are kept blinded.
 */
async function count(
  { stores, seconds }: Context,
  { clientAddress }: WebRequest,
  { signing }: Keyring,
  counting: Counting,
  counted: Counted[],
): Promise<BrokerFailure | undefined> {
  const { kind } = counting;
  const limits = THROTTLE[kind];
  async function hit(name: string): Promise<ThrottleCount> {
    const bucket = `${kind}:${name}`;
    const after = await stores.throttle.hit(bucket, seconds(), WINDOW_SECONDS);
    counted.push({ bucket, resetsAt: after.resetsAt });
    return after;
  }
  const blinded = async (text: string): Promise<string> => (await hmacHex(signing, text)).slice(0, 32);
  const throttledBy = ({ resetsAt }: ThrottleCount): BrokerFailure => ({
    code: 'throttled',
    retryAfterSeconds: Math.max(1, resetsAt - seconds()),
  });
  if (counting.kind === 'link') {
    const session = await hit(await blinded(`session:${counting.session}`));
    if (session.hits > THROTTLE.link.session) return throttledBy(session);
  }
  let reserve = 0;
  if (clientAddress !== undefined) {
    const address = await hit(await blinded(`address:${networkOf(clientAddress)}`));
    if (address.hits > limits.address) return throttledBy(address);
    if (address.hits <= FEW_HITS) reserve = limits.reserve;
  }
  const everybody = await hit('everybody');
  return everybody.hits > limits.everybody + reserve ? throttledBy(everybody) : undefined;
}

/** Who was told to come later has had nothing. */
const isRefused = (outcome: Outcome): boolean =>
  'code' in outcome && [429, 503].includes(apiFailure(outcome).status);

/**
 * Does `attempt` unless it is one too many. It counts only if it is let in and does not end in a refusal: who reloads a
 * busy page uses up nothing.
 */
export function throttled(
  context: Context,
  { request, deadline }: Visit,
  keyring: Keyring,
  counting: Counting,
  attempt: () => Promise<Outcome>,
): Promise<Outcome> {
  const { stores, now, log, waitUntil } = context;
  async function run(): Promise<Outcome> {
    const counted: Counted[] = [];
    const outcome = (await count(context, request, keyring, counting, counted)) ?? (await attempt());
    // After the deadline the answer was a 503, whatever comes of it.
    if (isRefused(outcome) || now() >= deadline) {
      const releases = counted.map(({ bucket, resetsAt }) => stores.throttle.release(bucket, resetsAt));
      await Promise.all(releases).catch((error) =>
        log.warn(`A hit was not taken back: ${describeError(error)}`),
      );
    }
    return outcome;
  }
  const running = run();
  waitUntil(running.catch(() => {}));
  return running;
}
