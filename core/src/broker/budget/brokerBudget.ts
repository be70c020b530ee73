/** How the broker spends Discogs' limit: a shortest time between two calls, and turns between sessions. */

import type { BudgetPolicy } from '../../upstream/ratelimit/policy.ts';
import { ATTEMPT_MS } from '../../upstream/send.ts';
import { UNKNOWN_WAIT_SECONDS } from '../failure.ts';

/** Calls take their time to arrive; Discogs' minute is counted a little longer here. */
const WINDOW_MS = 61_000;

/**
 * The policy for `DISCOGS_MIN_INTERVAL_MS`. Nobody is kept from an idle slot: turns alone share the calls out.
 * @see https://www.discogs.com/developers#page:home,header:home-rate-limiting
 */
export const brokerBudget = (minIntervalMs: number): BudgetPolicy => ({
  limit: 60,
  windowMs: WINDOW_MS,
  spacingMs: minIntervalMs,
  longestAttemptMs: ATTEMPT_MS,
  refreshReserve: 0,
  conversationShare: 1,
  newcomerReserve: 0,
  severalKeys: () => false,
  activeMs: WINDOW_MS,
  // Sessions are signed in, and nobody can invent one.
  conversationsPerKey: 1000,
  unstatedCooldownMs: UNKNOWN_WAIT_SECONDS * 1000,
});
