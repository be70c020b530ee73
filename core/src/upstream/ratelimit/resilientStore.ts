/** A store that falls back to a small share of the window in memory while the shared store is slow or down. */
import type { Log } from '../../lib/log.ts';
import { TooSlow, within } from '../../lib/timeout.ts';
import { externalCallsNow } from './externalUsage.ts';
import { ownShare, rejoinShared, withMine } from './ownShare.ts';
import type { BudgetPolicy } from './policy.ts';
import { freeCalls, type Slot, type WindowState } from './window.ts';
import type { StoredWindow, WindowStore } from './windowStore.ts';

/** A store that always answers in time. */
export interface ResilientStore extends WindowStore {
  /** Whether the shared window is in use. False also until it has been opened. */
  healthy(): boolean;
}

/** Dependencies and limits. */
export interface ResilientOptions {
  readonly primary: WindowStore;
  readonly policy: BudgetPolicy;
  readonly now: () => number;
  readonly setTimer: (run: () => void, ms: number) => () => void;
  readonly waitUntil: (work: Promise<unknown>) => void;
  readonly log: Log;
  /** Calls per window without the shared store: 5, so that 12 instances stay within 60. */
  readonly share?: number;
}

const SLOW_MS = 500;
const TRY_AGAIN_MS = 3000;
/** Opening loads code, connects and asks for a token; nobody waits for that. */
const OPEN_MS = 10_000;
/** Limit for rejoining: the host may have killed the request that did it. */
const REJOINING_MS = 2000;
/** While the store is being opened, a call beyond the share waits this long instead of being refused. */
const PATIENCE_MS = 2000;
const MAX_CONFLICTS = 10;

const SHARED = 'shared ';
const OWN = 'own ';

/** The name or code of an error; messages of others may hold what is not ours to log. */
function detailOf(error: unknown): string {
  if (error instanceof TooSlow) return 'slow';
  if (!(error instanceof Error)) return 'unknown';
  if ('statusCode' in error && typeof error.statusCode === 'number') return String(error.statusCode);
  return 'code' in error && typeof error.code === 'string' ? error.code : error.name;
}

/** Wraps `primary`, which is not used before the first read. */
export function createResilientStore(options: ResilientOptions): ResilientStore {
  const { primary, policy, now, setTimer, waitUntil, log, share = 5 } = options;
  let up = false;
  /** The shared window as last seen, and this instance's calls in flight in it. */
  let known: WindowState | undefined;
  let inFlight: ReadonlyMap<string, Slot> = new Map();
  /** The fallback window, and all calls that were ever in flight in it. */
  let own = ownShare(undefined, new Set(), policy, share, now());
  let ownVersion = 0;
  let everInFlight = new Set<string>();
  let rejoining: Promise<void> | undefined;
  let trying: { readonly ended: Promise<void>; readonly since: number } | undefined;
  let nextTryAt = Number.NEGATIVE_INFINITY;
  let failedOpening = false;

  const ask = async <T>(work: T | Promise<T>, ms = SLOW_MS): Promise<T> =>
    work instanceof Promise ? within(setTimer, ms, work) : work;
  const asOwn = (): StoredWindow => ({ state: own, version: `${OWN}${ownVersion}` });

  function markDown(error: unknown): void {
    if (!up) return;
    up = false;
    log.warn(`window_store_away kind=${primary.kind} detail=${detailOf(error)} own_share=${share}`);
    own = ownShare(known, new Set(inFlight.keys()), policy, share, now());
    ownVersion += 1;
    everInFlight = new Set(own.inFlight.map(({ id }) => id));
    // Most stores recover immediately.
    nextTryAt = now();
    tryNow();
  }

  /** Adds the calls sent meanwhile to the shared window and switches back to it. */
  async function rejoin(first: StoredWindow): Promise<void> {
    let stored = first;
    for (let conflicts = 0; conflicts < MAX_CONFLICTS; conflicts += 1) {
      const state = rejoinShared(stored.state, own, everInFlight, policy, now());
      const version =
        state === stored.state ? stored.version : await ask(primary.write(state, stored.version));
      if (version !== undefined) {
        known = state;
        inFlight = new Map(own.inFlight.map((slot) => [slot.id, slot]));
        up = true;
        log.info(`window_store_open kind=${primary.kind} entered=${own.endedCalls + own.inFlight.length}`);
        return;
      }
      stored = await ask(primary.read());
    }
    throw new TooSlow();
  }

  async function attempt(): Promise<void> {
    try {
      const start = now();
      let stored = await ask(primary.read(), OPEN_MS);
      // The first connection is slow once; the second read shows whether the store is.
      if (now() - start > SLOW_MS) stored = await ask(primary.read());
      rejoining = rejoin(stored);
      await rejoining;
    } catch (error) {
      if (!failedOpening && !known)
        log.warn(`window_store_closed kind=${primary.kind} detail=${detailOf(error)}`);
      failedOpening = true;
      tryLater();
    } finally {
      rejoining = undefined;
      trying = undefined;
    }
  }

  function tryNow(): void {
    if (up || now() < nextTryAt) return;
    // Also replaces an attempt that the host has killed.
    nextTryAt = now() + OPEN_MS + REJOINING_MS;
    trying = { ended: attempt(), since: now() };
    waitUntil(trying.ended);
  }

  function tryLater(): void {
    nextTryAt = now() + TRY_AGAIN_MS;
    setTimer(tryNow, TRY_AGAIN_MS);
  }

  const rejoined = (): Promise<void> =>
    rejoining ? ask(rejoining, REJOINING_MS).catch(() => {}) : Promise.resolve();

  const isUsedUp = (): boolean =>
    freeCalls(own, externalCallsNow(own.external, policy, own.limit, now())) <= 0;

  /** How long a call beyond the share waits for the shared window. */
  const recoveryWaitMs = (): number =>
    trying && isUsedUp() ? Math.max(0, trying.since + PATIENCE_MS - now()) : 0;

  async function waitForRecovery(): Promise<void> {
    if (trying && recoveryWaitMs() > 0) await ask(trying.ended, recoveryWaitMs()).catch(() => {});
  }

  async function readShared(): Promise<StoredWindow> {
    try {
      const { state, version } = await ask(primary.read());
      if (!up) return asOwn();
      const lapsed = now() - policy.longestAttemptMs - policy.windowMs;
      known = withMine(
        state,
        [...inFlight.values()].filter(({ sentAt }) => sentAt > lapsed),
      );
      return { state: known, version: `${SHARED}${version}` };
    } catch (error) {
      markDown(error);
      return asOwn();
    }
  }

  async function writeShared(next: WindowState, version: string): Promise<string | undefined> {
    if (!up) return undefined;
    try {
      const written = await ask(primary.write(next, version));
      // Marked down meanwhile: the rate limiter plans again, and rejoining finds these calls.
      if (written === undefined || !up) return undefined;
      const before = new Set(known?.inFlight.map(({ id }) => id));
      const ours = next.inFlight.filter(({ id }) => inFlight.has(id) || !before.has(id));
      inFlight = new Map(ours.map((slot) => [slot.id, slot]));
      known = next;
      return `${SHARED}${written}`;
    } catch (error) {
      markDown(error);
      return undefined;
    }
  }

  async function writeOwn(next: WindowState, version: string): Promise<string | undefined> {
    await rejoined();
    if (up || version !== asOwn().version) return undefined;
    own = { ...next, share };
    ownVersion += 1;
    for (const { id } of own.inFlight) everInFlight.add(id);
    tryNow();
    return asOwn().version;
  }

  return {
    get kind() {
      return up ? primary.kind : 'memory';
    },
    healthy: () => up,
    isCurrent: (version) =>
      up
        ? version.startsWith(SHARED) && primary.isCurrent(version.slice(SHARED.length))
        : version === asOwn().version && recoveryWaitMs() === 0,
    async read() {
      await rejoined();
      if (!up) {
        tryNow();
        await waitForRecovery();
      }
      return up ? readShared() : asOwn();
    },
    write: (next, version) =>
      version.startsWith(SHARED) ? writeShared(next, version.slice(SHARED.length)) : writeOwn(next, version),
  };
}
