/** A shared window that may be slow or away: meanwhile an instance goes on with a small share of its own. */
import type { Log } from '../../lib/log.ts';
import { TooSlow, within } from '../../lib/timeout.ts';
import { strangersNow } from './externalUsage.ts';
import { enterOwn, ownShare, withMine } from './ownShare.ts';
import type { BudgetPolicy } from './policy.ts';
import { freeCalls, type Slot, type WindowState } from './window.ts';
import type { StoredWindow, WindowStore } from './windowStore.ts';

/** A store that always answers in time. */
export interface ResilientStore extends WindowStore {
  /** Whether the shared window is in use. False also until it has been opened. */
  healthy(): boolean;
}

/** Seams and limits. */
export interface ResilientOptions {
  readonly primary: WindowStore;
  readonly policy: BudgetPolicy;
  readonly now: () => number;
  readonly setTimer: (run: () => void, ms: number) => () => void;
  readonly waitUntil: (work: Promise<unknown>) => void;
  readonly log: Log;
  /** Calls of one's own in a window without the store: 5, so that 12 instances stay below 60. */
  readonly share?: number;
}

const SLOW_MS = 500;
const TRY_AGAIN_MS = 3000;
/** Opening loads code, connects and asks for a token; nobody waits for that. */
const OPEN_MS = 10_000;
/** Longer than entering one's calls may take; a host may have killed the request that did it. */
const ENTERING_MS = 2000;
/** A call beyond the share is better off a moment later than refused, if the store is just being opened. */
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

/** Puts a net under `primary`. Nothing is asked of it before the first read. */
export function createResilientStore(options: ResilientOptions): ResilientStore {
  const { primary, policy, now, setTimer, waitUntil, log, share = 5 } = options;
  let up = false;
  /** The last state of the shared window that this instance has seen, and its calls under way in there. */
  let known: WindowState | undefined;
  let mine: ReadonlyMap<string, Slot> = new Map();
  /** What it goes on with while the store is away, and all calls that were ever under way in that. */
  let own = ownShare(undefined, new Set(), policy, share, now());
  let ownVersion = 0;
  let ever = new Set<string>();
  let entering: Promise<void> | undefined;
  let trying: { readonly ended: Promise<void>; readonly since: number } | undefined;
  let nextTryAt = Number.NEGATIVE_INFINITY;
  let failedOpening = false;

  const ask = async <T>(work: T | Promise<T>, ms = SLOW_MS): Promise<T> =>
    work instanceof Promise ? within(setTimer, ms, work) : work;
  const asOwn = (): StoredWindow => ({ state: own, version: `${OWN}${ownVersion}` });

  function fall(error: unknown): void {
    if (!up) return;
    up = false;
    log.warn(`window_store_away kind=${primary.kind} detail=${detailOf(error)} own_share=${share}`);
    own = ownShare(known, new Set(mine.keys()), policy, share, now());
    ownVersion += 1;
    ever = new Set(own.underWay.map(({ id }) => id));
    // Most stores that were slow once are back at once.
    nextTryAt = now();
    tryNow();
  }

  /** Enters what was sent meanwhile, and goes on with the shared window. */
  async function enter(first: StoredWindow): Promise<void> {
    let stored = first;
    for (let conflicts = 0; conflicts < MAX_CONFLICTS; conflicts += 1) {
      const state = enterOwn(stored.state, own, ever, policy, now());
      const version =
        state === stored.state ? stored.version : await ask(primary.write(state, stored.version));
      if (version !== undefined) {
        known = state;
        mine = new Map(own.underWay.map((slot) => [slot.id, slot]));
        up = true;
        log.info(`window_store_open kind=${primary.kind} entered=${own.endedCalls + own.underWay.length}`);
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
      // A first connection is slow once; the second look tells whether the store is.
      if (now() - start > SLOW_MS) stored = await ask(primary.read());
      entering = enter(stored);
      await entering;
    } catch (error) {
      if (!failedOpening && !known)
        log.warn(`window_store_closed kind=${primary.kind} detail=${detailOf(error)}`);
      failedOpening = true;
      tryLater();
    } finally {
      entering = undefined;
      trying = undefined;
    }
  }

  function tryNow(): void {
    if (up || now() < nextTryAt) return;
    // Also ends an attempt that its host has killed.
    nextTryAt = now() + OPEN_MS + ENTERING_MS;
    trying = { ended: attempt(), since: now() };
    waitUntil(trying.ended);
  }

  function tryLater(): void {
    nextTryAt = now() + TRY_AGAIN_MS;
    setTimer(tryNow, TRY_AGAIN_MS);
  }

  const entered = (): Promise<void> =>
    entering ? ask(entering, ENTERING_MS).catch(() => {}) : Promise.resolve();

  const isUsedUp = (): boolean => freeCalls(own, strangersNow(own.foreign, policy, own.limit, now())) <= 0;

  /** For how long a call that the share has no slot for may hope for the shared window. */
  const hopeMs = (): number => (trying && isUsedUp() ? Math.max(0, trying.since + PATIENCE_MS - now()) : 0);

  async function hope(): Promise<void> {
    if (trying && hopeMs() > 0) await ask(trying.ended, hopeMs()).catch(() => {});
  }

  async function readShared(): Promise<StoredWindow> {
    try {
      const { state, version } = await ask(primary.read());
      if (!up) return asOwn();
      const lapsed = now() - policy.longestAttemptMs - policy.windowMs;
      known = withMine(
        state,
        [...mine.values()].filter(({ sentAt }) => sentAt > lapsed),
      );
      return { state: known, version: `${SHARED}${version}` };
    } catch (error) {
      fall(error);
      return asOwn();
    }
  }

  async function writeShared(next: WindowState, version: string): Promise<string | undefined> {
    if (!up) return undefined;
    try {
      const written = await ask(primary.write(next, version));
      // Fell meanwhile: the gate decides anew, and the same calls are found again when they are entered.
      if (written === undefined || !up) return undefined;
      const before = new Set(known?.underWay.map(({ id }) => id));
      const ours = next.underWay.filter(({ id }) => mine.has(id) || !before.has(id));
      mine = new Map(ours.map((slot) => [slot.id, slot]));
      known = next;
      return `${SHARED}${written}`;
    } catch (error) {
      fall(error);
      return undefined;
    }
  }

  async function writeOwn(next: WindowState, version: string): Promise<string | undefined> {
    await entered();
    if (up || version !== asOwn().version) return undefined;
    own = { ...next, share };
    ownVersion += 1;
    for (const { id } of own.underWay) ever.add(id);
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
        : version === asOwn().version && hopeMs() === 0,
    async read() {
      await entered();
      if (!up) {
        tryNow();
        await hope();
      }
      return up ? readShared() : asOwn();
    },
    write: (next, version) =>
      version.startsWith(SHARED) ? writeShared(next, version.slice(SHARED.length)) : writeOwn(next, version),
  };
}
