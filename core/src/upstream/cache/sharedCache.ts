/** The shared store as the pipeline uses it: never waited for when it is slow, away, or not open yet. */
import type { Log } from '../../lib/log.ts';
import { TooSlow, within } from '../../lib/timeout.ts';
import type { KeptCodec, StoredAnswer } from './answerCodec.ts';
import { NO_ENTRY, type SharedAnswers, type SharedEntry } from './sharedStore.ts';

/** One answer that is wanted: look first, ask for the lease when a slot is there, then publish or let go. */
export interface Quest<T = StoredAnswer> {
  /** What the store holds, if it can say so in time. */
  look(): Promise<T | undefined>;
  /** After a look without an answer: somebody else was just asking Discogs for it. */
  isTaken(): boolean;
  /** True: nobody else is asking Discogs for it, or the store cannot tell. */
  claim(): Promise<boolean>;
  /** After a refused claim: the answer that the other one brings, or undefined when it brings none in time. */
  await(leftMs: () => number): Promise<T | undefined>;
  /** Behind the answer. */
  publish(answer: T): void;
  /** Behind a failure: whoever comes next need not wait for the lease to end. */
  letGo(): void;
}

/** The tier of one process. */
export interface SharedTier<T = StoredAnswer> {
  quest(name: string): Quest<T>;
  /** False while the store is known to be slow or away. */
  healthy(): boolean;
}

/** Seams. */
export interface SharedTierOptions<T = StoredAnswer> {
  readonly store: SharedAnswers;
  readonly codec: KeptCodec<T>;
  readonly now: () => number;
  /** The clock of `storedAt`, where that is another one: see `EconomyDependencies`. */
  readonly ageNow?: (() => number) | undefined;
  readonly setTimer: (run: () => void, ms: number) => () => void;
  readonly waitUntil: (work: Promise<unknown>) => void;
  readonly log: Log;
  /** Two instances' clocks, and the store's, may disagree by this much; answers count as that much older. */
  readonly clockMarginMs?: number;
  /** The store needs no opening: the first look already waits for it. */
  readonly isOpen?: boolean;
  /** How long one operation is waited for; 500 ms unless told. */
  readonly slowMs?: number;
  /** Between two looks at an answer that another instance is asking for; 250 ms unless told. */
  readonly lookAgainMs?: number;
}

/** Longer than that and asking Discogs is the better bet. */
const SLOW_MS = 500;
/** Opening loads code, connects and asks for a token; nobody waits for that. */
const OPEN_MS = 10_000;
const TRY_AGAIN_MS = 3000;
/** Two attempts of ten seconds would outlast any caller; one and its answer's way are what a lease covers. */
const LEASE_MS = 12_000;
const LOOK_AGAIN_MS = 250;
const MAX_CONFLICTS = 3;
/** Half of what clocks are given to disagree. */
const LONGEST_ENCODING_MS = 1000;

const detailOf = (error: unknown): string =>
  error instanceof TooSlow ? 'slow' : error instanceof Error ? error.name : 'unknown';

/** Opens nothing before the first quest. */
export function createSharedTier<T extends { readonly storedAt: number } = StoredAnswer>(
  options: SharedTierOptions<T>,
): SharedTier<T> {
  const { store, codec, now, setTimer, waitUntil, log, clockMarginMs = 2000 } = options;
  const { slowMs = SLOW_MS, lookAgainMs = LOOK_AGAIN_MS, ageNow = now } = options;
  let open = options.isOpen ?? false;
  let nextTryAt = Number.NEGATIVE_INFINITY;
  let told = false;

  function fall(error: unknown): void {
    nextTryAt = now() + TRY_AGAIN_MS;
    if (!open && told) return;
    open = false;
    told = true;
    log.warn(`answer_store_away kind=${store.kind} detail=${detailOf(error)}`);
  }

  function openBehind(name: string): void {
    if (now() < nextTryAt) return;
    // Also ends an attempt that its host has killed.
    nextTryAt = now() + OPEN_MS;
    const opening = within(setTimer, OPEN_MS, store.read(name)).then(() => {
      open = true;
      if (told) log.info(`answer_store_open kind=${store.kind}`);
      told = false;
    }, fall);
    waitUntil(opening);
  }

  /** Undefined where the store is not there for us now. */
  async function ask<R>(name: string, work: () => Promise<R>): Promise<{ readonly value: R } | undefined> {
    if (!open) {
      openBehind(name);
      return undefined;
    }
    try {
      return { value: await within(setTimer, slowMs, work()) };
    } catch (error) {
      fall(error);
      return undefined;
    }
  }

  const pause = (ms: number): Promise<void> => new Promise((resolve) => void setTimer(resolve, ms));

  /** Errors of the store concern nobody any more; the next look notices them. */
  function behind(work: () => Promise<unknown>, isOwed = false): void {
    if (open || isOwed) waitUntil(work().catch(fall));
  }

  function quest(name: string): Quest<T> {
    let version = NO_ENTRY;
    let held = false;
    /** Slow stores take leases, too, without saying so in time: others wait for the answer, which they are owed. */
    let asked = false;
    /** Somebody else had the lease when it was last read: its version must not be overwritten unseen. */
    let taken = false;

    const decoded = ({ bytes, ageMs }: SharedEntry): Promise<T | undefined> =>
      bytes ? codec.decode(bytes, ageMs + clockMarginMs, ageNow()) : Promise.resolve(undefined);

    async function read(): Promise<SharedEntry | undefined> {
      const found = await ask(name, () => store.read(name));
      if (found) {
        version = found.value.version;
        // Nobody reads while its own lease is good: what is there now may be the lease of another.
        held = false;
        taken = found.value.leased;
      }
      return found?.value;
    }

    return {
      async look() {
        const entry = await read();
        return entry && (await decoded(entry));
      },
      isTaken: () => taken,
      async claim() {
        const before = version;
        for (let conflicts = 0; conflicts < MAX_CONFLICTS; conflicts += 1) {
          const leased = taken
            ? { value: undefined }
            : await ask(name, () => {
                asked = true;
                return store.lease(name, version, LEASE_MS);
              });
          if (!leased) return true;
          if (leased.value !== undefined) {
            version = leased.value;
            held = true;
            return true;
          }
          const entry = await read();
          if (!entry) return true;
          // Leased now, or put since the look: the answer is elsewhere.
          if (entry.leased || (entry.bytes && entry.version !== before && entry.ageMs < LEASE_MS))
            return false;
        }
        return true;
      },
      async await(leftMs) {
        while (leftMs() > 0) {
          const entry = await read();
          if (!entry) return undefined;
          const answer = entry.leased ? undefined : await decoded(entry);
          if (!entry.leased) return answer;
          await pause(Math.min(lookAgainMs, leftMs()));
        }
        return undefined;
      },
      publish(answer) {
        behind(async () => {
          const startedAt = ageNow();
          const bytes = await codec.encode(answer, Math.max(0, startedAt - answer.storedAt));
          // It would seem younger than it is by the time that this took.
          const isInTime = ageNow() - startedAt <= LONGEST_ENCODING_MS;
          if (isInTime && bytes.byteLength <= store.maxBytes)
            await store.put(name, bytes, codec.keepMs?.(answer));
          else if (held) await store.release(name, version);
        }, asked);
      },
      letGo() {
        if (held) behind(() => store.release(name, version));
      },
    };
  }

  return { quest, healthy: () => !told };
}
