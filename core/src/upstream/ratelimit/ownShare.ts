/** The window of an instance without the shared store, and how it rejoins the shared one. Pure. */
import type { BudgetPolicy } from './policy.ts';
import { type Cooldown, emptyWindow, prune, usedCalls, type WindowState } from './window.ts';

/** A cooldown whose probe is none of `ids` may be probed by anybody. */
function withProbeOf(ids: ReadonlySet<string>, cooldown: Cooldown | undefined): Cooldown | undefined {
  return cooldown && { ...cooldown, probe: ids.has(cooldown.probe ?? '') ? cooldown.probe : undefined };
}

const laterPause = (a: Cooldown | undefined, b: Cooldown | undefined): Cooldown | undefined =>
  !a || (b && b.until > a.until) ? b : a;

/**
 * The window to continue with: at most `share` calls, fewer if the last known calls of others, or Discogs' answers, leave
 * less. The calls `mine` stay in flight in it, so that their answers count.
 */
export function ownShare(
  lastKnown: WindowState | undefined,
  mine: ReadonlySet<string>,
  policy: BudgetPolicy,
  share: number,
  now: number,
): WindowState {
  const empty = { ...emptyWindow(policy), share };
  if (!lastKnown) return empty;
  const known = prune(lastKnown, policy, now);
  const inFlight = known.inFlight.filter(({ id }) => mine.has(id));
  const others = Math.min(usedCalls(known, policy, now) - inFlight.length, known.limit);
  return {
    ...empty,
    limit: known.limit,
    inFlight,
    external: others > 0 ? { calls: others, until: now + policy.windowMs } : empty.external,
    cooldown: withProbeOf(mine, known.cooldown),
    lastSentAt: known.lastSentAt,
  };
}

/**
 * The shared window plus the calls of `own`. `ever` names all calls that were ever in flight in `own`; the others of them
 * are among its ended calls. Its external usage is dropped: that was mostly the other instances.
 */
export function rejoinShared(
  shared: WindowState,
  own: WindowState,
  ever: ReadonlySet<string>,
  policy: BudgetPolicy,
  now: number,
): WindowState {
  if (ever.size === 0 && !own.cooldown) return shared;
  const mine = prune(own, policy, now);
  const theirs = prune(shared, policy, now);
  const still = new Set(mine.inFlight.map(({ id }) => id));
  const there = new Set(theirs.inFlight.map(({ id }) => id));
  const inFlight = [
    ...theirs.inFlight.filter(({ id }) => !ever.has(id) || still.has(id)),
    ...mine.inFlight.filter(({ id }) => !there.has(id)),
  ];
  const ids = new Set(inFlight.map(({ id }) => id));
  return {
    ...theirs,
    limit: own.limit === policy.limit ? shared.limit : own.limit,
    inFlight,
    ended: [...theirs.ended, ...mine.ended].sort((a, b) => a.at - b.at),
    endedCalls: theirs.endedCalls + mine.endedCalls,
    cooldown: withProbeOf(ids, laterPause(theirs.cooldown, mine.cooldown)),
    lastSentAt: Math.max(shared.lastSentAt, mine.lastSentAt),
  };
}

/** `read` plus those of `mine` that are missing: a store may lose a write, Discogs still counts the call. */
export function withMine(read: WindowState, mine: WindowState['inFlight']): WindowState {
  const there = new Set(read.inFlight.map(({ id }) => id));
  const lost = mine.filter(({ id }) => !there.has(id));
  return lost.length === 0 ? read : { ...read, inFlight: [...read.inFlight, ...lost] };
}
