/** The shared store as a cache: never waited for when it is slow, away, or not open yet. */
import { errorName } from '../../lib/describeError.ts';
import type { Log } from '../../lib/log.ts';
import { TooSlow, within } from '../../lib/timeout.ts';
import type { SharedCodec, StoredAnswer } from './answerCodec.ts';
import { NO_ENTRY, type SharedEntry, type SharedStore } from './sharedStore.ts';

/** One answer and the lease for fetching it: read first, acquire when a permit is granted, then publish or release. */
export interface CacheLease<T = StoredAnswer> {
  /** What the store holds, if it can say so in time. */
  read(): Promise<T | undefined>;
  /** After a read without an answer: another instance was just fetching it. */
  isHeldElsewhere(): boolean;
  /** True: no other instance is fetching it, or the store cannot tell. */
  acquire(): Promise<boolean>;
  /** After a refused lease: the answer that its holder brings, or undefined when it brings none in time. */
  awaitAnswer(leftMs: () => number): Promise<T | undefined>;
  /** In the background of the answer. */
  publish(answer: T): void;
  /** In the background of a failure: the next request need not wait for the lease to expire. */
  release(): void;
}

/** The shared cache of one process. */
export interface SharedCache<T = StoredAnswer> {
  lease(name: string): CacheLease<T>;
  /** False while the store is known to be slow or away. */
  healthy(): boolean;
}

/** Dependencies. */
export interface SharedCacheOptions<T = StoredAnswer> {
  readonly store: SharedStore;
  readonly codec: SharedCodec<T>;
  readonly now: () => number;
  /** The clock of `storedAt`, where that is another one: see `CachingClientDependencies`. */
  readonly ageNow?: (() => number) | undefined;
  readonly setTimer: (run: () => void, ms: number) => () => void;
  readonly waitUntil: (work: Promise<unknown>) => void;
  readonly log: Log;
  /** Two instances' clocks, and the store's, may disagree by this much; answers count as that much older. */
  readonly clockMarginMs?: number;
  /** The store needs no opening: the first read already waits for it. */
  readonly isOpen?: boolean;
  /** How long one operation is waited for; 500 ms unless set. */
  readonly slowMs?: number;
  /** Poll interval for an answer that another instance is fetching; 250 ms unless set. */
  readonly pollMs?: number;
}

/** Longer than that and asking Discogs is the better bet. */
const SLOW_MS = 500;
/** Opening loads code, connects and asks for a token; nobody waits for that. */
const OPEN_MS = 10_000;
const TRY_AGAIN_MS = 3000;
/** Two attempts of ten seconds would outlast any caller; one and its answer's way are what a lease covers. */
const LEASE_MS = 12_000;
const POLL_MS = 250;
const MAX_CONFLICTS = 3;
/** Half of what clocks are given to disagree. */
const LONGEST_ENCODING_MS = 1000;

const detailOf = (error: unknown): string => (error instanceof TooSlow ? 'slow' : errorName(error));

/** Opens nothing before the first lease. */
export function createSharedCache<T extends { readonly storedAt: number } = StoredAnswer>(
  options: SharedCacheOptions<T>,
): SharedCache<T> {
  const { store, codec, now, setTimer, waitUntil, log, clockMarginMs = 2000 } = options;
  const { slowMs = SLOW_MS, pollMs = POLL_MS, ageNow = now } = options;
  let open = options.isOpen ?? false;
  let nextTryAt = Number.NEGATIVE_INFINITY;
  let isReportedAway = false;

  function markDown(error: unknown): void {
    nextTryAt = now() + TRY_AGAIN_MS;
    if (!open && isReportedAway) return;
    open = false;
    isReportedAway = true;
    log.warn(`answer_store_away kind=${store.kind} detail=${detailOf(error)}`);
  }

  function openInBackground(name: string): void {
    if (now() < nextTryAt) return;
    // Also ends an attempt that its host has killed.
    nextTryAt = now() + OPEN_MS;
    const opening = within(setTimer, OPEN_MS, store.read(name)).then(() => {
      open = true;
      if (isReportedAway) log.info(`answer_store_open kind=${store.kind}`);
      isReportedAway = false;
    }, markDown);
    waitUntil(opening);
  }

  /** Undefined where the store cannot be used now. */
  async function ask<R>(name: string, work: () => Promise<R>): Promise<{ readonly value: R } | undefined> {
    if (!open) {
      openInBackground(name);
      return undefined;
    }
    try {
      return { value: await within(setTimer, slowMs, work()) };
    } catch (error) {
      markDown(error);
      return undefined;
    }
  }

  const pause = (ms: number): Promise<void> => new Promise((resolve) => void setTimer(resolve, ms));

  /** Errors of the store concern nobody any more; the next read notices them. */
  function inBackground(work: () => Promise<unknown>, isRequired = false): void {
    if (open || isRequired) waitUntil(work().catch(markDown));
  }

  function lease(name: string): CacheLease<T> {
    let version = NO_ENTRY;
    let held = false;
    /** A slow store may take the lease without confirming it in time. Others then wait for the answer: it must be published. */
    let requested = false;
    /** Another instance had the lease at the last read: its version must not be overwritten unseen. */
    let heldElsewhere = false;

    const decoded = ({ bytes, ageMs }: SharedEntry): Promise<T | undefined> =>
      bytes ? codec.decode(bytes, ageMs + clockMarginMs, ageNow()) : Promise.resolve(undefined);

    async function readEntry(): Promise<SharedEntry | undefined> {
      const found = await ask(name, () => store.read(name));
      if (found) {
        version = found.value.version;
        // A holder does not read while its own lease lasts: what is there now may be the lease of another instance.
        held = false;
        heldElsewhere = found.value.leased;
      }
      return found?.value;
    }

    return {
      async read() {
        const entry = await readEntry();
        return entry && (await decoded(entry));
      },
      isHeldElsewhere: () => heldElsewhere,
      async acquire() {
        const before = version;
        for (let conflicts = 0; conflicts < MAX_CONFLICTS; conflicts += 1) {
          const leased = heldElsewhere
            ? { value: undefined }
            : await ask(name, () => {
                requested = true;
                return store.lease(name, version, LEASE_MS);
              });
          if (!leased) return true;
          if (leased.value !== undefined) {
            version = leased.value;
            held = true;
            return true;
          }
          const entry = await readEntry();
          if (!entry) return true;
          // Leased now, or put since the read: another instance has the answer.
          if (entry.leased || (entry.bytes && entry.version !== before && entry.ageMs < LEASE_MS))
            return false;
        }
        return true;
      },
      async awaitAnswer(leftMs) {
        while (leftMs() > 0) {
          const entry = await readEntry();
          if (!entry) return undefined;
          const answer = entry.leased ? undefined : await decoded(entry);
          if (!entry.leased) return answer;
          await pause(Math.min(pollMs, leftMs()));
        }
        return undefined;
      },
      publish(answer) {
        inBackground(async () => {
          const startedAt = ageNow();
          const bytes = await codec.encode(answer, Math.max(0, startedAt - answer.storedAt));
          // It would seem younger than it is by the time that this took.
          const isInTime = ageNow() - startedAt <= LONGEST_ENCODING_MS;
          if (isInTime && bytes.byteLength <= store.maxBytes)
            await store.put(name, bytes, codec.keepMs?.(answer));
          else if (held) await store.release(name, version);
        }, requested);
      },
      release() {
        if (held) inBackground(() => store.release(name, version));
      },
    };
  }

  return { lease, healthy: () => !isReportedAway };
}
