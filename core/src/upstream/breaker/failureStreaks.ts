/**
 * Failures in a row of one and the same read. They hold back its repetition and nothing else: a breaker that counts each
 * path once would let whoever repeats one call go on all through an outage.
 */
import { type BreakerCall, readName, remember } from './callHistory.ts';
import { type Cooldown, NO_COOLDOWN, nextCooldown } from './cooldown.ts';

/** The streaks of one breaker. */
export interface FailureStreaks {
  /** True while nothing fails: there is nothing to ask. */
  isEmpty(): boolean;
  /** When this call may go as far as its own failures are concerned; in the past for now. */
  readyAt(call: BreakerCall): number;
  /** It goes: others like it wait for its outcome. */
  begin(call: BreakerCall): void;
  failed(call: BreakerCall): void;
  worked(call: BreakerCall): void;
  notSent(call: BreakerCall): void;
}

interface Streak {
  readonly failures: number;
  readonly failedAt: number;
  readonly cooldown: Cooldown;
}

const HELD_BACK_AFTER = 5;
const MAX_STREAKS = 256;
/** What is asked for less often than this is no repetition. */
const FORGET_MS = 120_000;

/** Makes an empty memory. `outcomeMs` is the longest time that a call may take. */
export function createFailureStreaks(now: () => number, outcomeMs: number): FailureStreaks {
  const streaks = new Map<string, Streak>();

  const isLive = ({ failedAt }: Streak): boolean => failedAt + FORGET_MS > now();

  function find(call: BreakerCall): Streak | undefined {
    const streak = streaks.get(readName(call) ?? '');
    return streak && isLive(streak) ? streak : undefined;
  }

  function holdUntil(call: BreakerCall, until: number): void {
    const streak = find(call);
    if (!streak || streak.failures < HELD_BACK_AFTER) return;
    streaks.set(call.request.pathAndQuery, { ...streak, cooldown: { ...streak.cooldown, until } });
  }

  return {
    isEmpty: () => streaks.size === 0,
    readyAt: (call) => find(call)?.cooldown.until ?? 0,
    begin: (call) => holdUntil(call, now() + outcomeMs),
    notSent: (call) => holdUntil(call, 0),
    failed(call) {
      const name = readName(call);
      if (name === undefined) return;
      const failedAt = now();
      const known = find(call);
      const failures = (known?.failures ?? 0) + 1;
      const before = known?.cooldown ?? NO_COOLDOWN;
      const cooldown = failures < HELD_BACK_AFTER ? before : nextCooldown(before, failedAt);
      remember(streaks, name, { failures, failedAt, cooldown }, MAX_STREAKS);
    },
    worked(call) {
      streaks.delete(readName(call) ?? '');
      for (const [name, streak] of streaks) {
        if (isLive(streak)) return;
        streaks.delete(name);
      }
    },
  };
}
