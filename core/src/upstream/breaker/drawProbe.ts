/** Which of the waiting calls finds out whether Discogs is back. Pure but for `random`. */
import type { BreakerCall, CallHistory } from './callHistory.ts';

/** Smaller goes first, member by member. */
function rank(call: BreakerCall, history: CallHistory): readonly number[] {
  const { key, conversation } = history.lastFailedAt(call);
  return [
    // A write that gets no answer may have been carried out: a read costs nobody anything.
    call.request.method === 'GET' ? 0 : 1,
    history.isProven(call) ? 0 : 1,
    history.isOnFailingPath(call) ? 1 : 0,
    key,
    conversation,
  ];
}

function compare(a: readonly number[], b: readonly number[]): number {
  for (const [index, value] of a.entries()) {
    const difference = value - (b[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/**
 * Draws the probe: reads before writes, requests that have worked before, paths that are not known to fail, then the
 * key and the conversation whose last failure is longest ago. `random` decides between equals, so that whoever asks
 * most often is not always first.
 */
export function drawProbe<Waiter extends { readonly call: BreakerCall }>(
  waiters: readonly Waiter[],
  history: CallHistory,
  random: () => number,
): Waiter | undefined {
  const ranked = waiters.map((waiter) => ({ waiter, rank: rank(waiter.call, history) }));
  const [first] = ranked.toSorted((a, b) => compare(a.rank, b.rank));
  if (!first) return undefined;
  const equals = ranked.filter((other) => compare(other.rank, first.rank) === 0);
  return equals[Math.min(Math.floor(random() * equals.length), equals.length - 1)]?.waiter;
}
