/** The parameters of a rate limiter, chosen by the host. */

/** How many calls may be sent, and how they are shared. */
export interface BudgetPolicy {
  /** Calls in one window, until an answer's header says another number. */
  readonly limit: number;
  /** Length of the moving window. */
  readonly windowMs: number;
  /** Shortest time between two sends; 0 for none. */
  readonly spacingMs: number;
  /** A call that has not answered after this long has been given up; its slot frees a window later. */
  readonly longestAttemptMs: number;
  /** Share of a window that background refresh leaves unspent. */
  readonly refreshReserve: number;
  /** Largest share of a window for one conversation while another one is active. */
  readonly conversationShare: number;
  /** Calls of a window that even a lone conversation leaves for a newcomer. */
  readonly newcomerReserve: number;
  /**
   * Whether callers with different keys may come. Then each key leaves that reserve to the others, also while none of them
   * has called; with a single key these calls would be lost. Asked each time, since a vault may tell later.
   */
  readonly severalKeys: () => boolean;
  /** A conversation counts as active for this long after its last call. */
  readonly activeMs: number;
  /** Conversations of one key that are told apart; all others of the key share one place. */
  readonly conversationsPerKey: number;
  /** The cooldown after a 429 that states no time. */
  readonly unstatedCooldownMs: number;
}

const SHARING = {
  longestAttemptMs: 10_000,
  refreshReserve: 1 / 6,
  conversationShare: 2 / 3,
  newcomerReserve: 5,
  activeMs: 300_000,
  // A caller cannot buy turns by inventing ids.
  conversationsPerKey: 32,
  // A call soon after may well succeed, but some of the window should be over.
  unstatedCooldownMs: 10_000,
} as const;

/**
 * Discogs' limit: 60 calls in a moving minute with a credential, 25 without, for a whole source address.
 * @see https://www.discogs.com/developers#page:home,header:home-rate-limiting
 */
export const discogsBudget = (
  authenticated: boolean,
  severalKeys: BudgetPolicy['severalKeys'] = () => false,
): BudgetPolicy => ({
  limit: authenticated ? 60 : 25,
  windowMs: 60_000,
  spacingMs: 0,
  severalKeys,
  ...SHARING,
});
