/** The window of an instance that cannot see the others, and its way back among them. Pure. */
import type { BudgetPolicy } from './policy.ts';
import { emptyWindow, type Pause, prune, usedCalls, type WindowState } from './window.ts';

/** A pause whose probe is none of `ids` may be probed by anybody. */
function withProbeOf(ids: ReadonlySet<string>, pause: Pause | undefined): Pause | undefined {
  return pause && { ...pause, probe: ids.has(pause.probe ?? '') ? pause.probe : undefined };
}

const laterPause = (a: Pause | undefined, b: Pause | undefined): Pause | undefined =>
  !a || (b && b.until > a.until) ? b : a;

/**
 * The window to go on with: at most `share` calls, fewer while what was last known of the others, or what Discogs says
 * later, leaves less. Calls `mine` stay under way in it, so that their answers still count.
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
  const underWay = known.underWay.filter(({ id }) => mine.has(id));
  const others = Math.min(usedCalls(known, policy, now) - underWay.length, known.limit);
  return {
    ...empty,
    limit: known.limit,
    underWay,
    foreign: others > 0 ? { calls: others, until: now + policy.windowMs } : empty.foreign,
    pause: withProbeOf(mine, known.pause),
    lastSentAt: known.lastSentAt,
  };
}

/**
 * The shared window with the calls of `own` entered. `ever` names all calls that were under way in it; those that are
 * no longer are among its ended ones. What it took for strangers were mostly the other instances, and is left out.
 */
export function enterOwn(
  shared: WindowState,
  own: WindowState,
  ever: ReadonlySet<string>,
  policy: BudgetPolicy,
  now: number,
): WindowState {
  if (ever.size === 0 && !own.pause) return shared;
  const mine = prune(own, policy, now);
  const theirs = prune(shared, policy, now);
  const still = new Set(mine.underWay.map(({ id }) => id));
  const there = new Set(theirs.underWay.map(({ id }) => id));
  const underWay = [
    ...theirs.underWay.filter(({ id }) => !ever.has(id) || still.has(id)),
    ...mine.underWay.filter(({ id }) => !there.has(id)),
  ];
  const ids = new Set(underWay.map(({ id }) => id));
  return {
    ...theirs,
    limit: own.limit === policy.limit ? shared.limit : own.limit,
    underWay,
    ended: [...theirs.ended, ...mine.ended].sort((a, b) => a.at - b.at),
    endedCalls: theirs.endedCalls + mine.endedCalls,
    pause: withProbeOf(ids, laterPause(theirs.pause, mine.pause)),
    lastSentAt: Math.max(shared.lastSentAt, mine.lastSentAt),
  };
}

/** `read` with those of `mine` that it has lost: a store may forget a write, Discogs does not forget a call. */
export function withMine(read: WindowState, mine: WindowState['underWay']): WindowState {
  const there = new Set(read.underWay.map(({ id }) => id));
  const lost = mine.filter(({ id }) => !there.has(id));
  return lost.length === 0 ? read : { ...read, underWay: [...read.underWay, ...lost] };
}
