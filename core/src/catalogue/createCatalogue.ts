/** The catalogue of one process: opens its store when it is first asked, and answers what becomes of a failing one. */
import type { Operation } from '../catalog/operation.ts';
import type { CheckedInput } from '../discogs/request.ts';
import { describeError } from '../lib/describeError.ts';
import type { Log } from '../lib/log.ts';
import { type SetTimer, TooSlow, within } from '../lib/timeout.ts';
import { answerFrom, type StoreAnswer } from './answerFrom.ts';
import type { Catalogue, CatalogueAnswer, CatalogueStatus } from './catalogue.ts';
import { type CatalogueStore, CatalogueUnavailable } from './catalogueStore.ts';

/** What it is made of. */
export interface CatalogueDependencies {
  /** Opens the month that is there now. */
  readonly open: () => Promise<CatalogueStore>;
  readonly now: () => number;
  readonly setTimer: SetTimer;
  /** For lines about the store, which belong to no call. */
  readonly log: Log;
}

/** A store that takes longer is one that is away. */
const PATIENCE_MS = 5000;
/** After so many failures in a row the store is left alone. One damaged record is no reason. */
const MOST_FAILURES = 3;
const PAUSE_MS = 5000;
const LINE_INTERVAL_MS = 60_000;
const UNEXPECTED_FIX =
  'report this with the lines before it; the import command can check the files with verify';
const SLOW_FIX = 'check that the storage can be reached and is not throttled';

interface Trouble {
  readonly message: string;
  readonly fix: string;
}

function troubleOf(error: unknown): Trouble {
  if (error instanceof CatalogueUnavailable) return { message: error.message, fix: error.fix };
  if (error instanceof TooSlow) return { message: 'the store did not answer in time', fix: SLOW_FIX };
  return { message: describeError(error), fix: UNEXPECTED_FIX };
}

/** Makes it. Opens nothing yet. */
export function createCatalogue({ open, now, setTimer, log }: CatalogueDependencies): Catalogue {
  let opening: Promise<CatalogueStore> | undefined;
  let isOpen = false;
  let failures = 0;
  let pausedUntil = Number.NEGATIVE_INFINITY;
  let nextLineAt = Number.NEGATIVE_INFINITY;
  let trouble: Trouble | undefined;

  /** The next use opens the store anew: it may have been replaced. */
  function leaveAlone(): void {
    const left = opening;
    opening = undefined;
    isOpen = false;
    failures = 0;
    pausedUntil = now() + PAUSE_MS;
    left?.then((store) => store.close()).catch(() => {});
  }

  function failed(error: unknown): Trouble {
    const found = troubleOf(error);
    trouble = found;
    failures += 1;
    if (failures >= MOST_FAILURES || !isOpen) leaveAlone();
    if (now() >= nextLineAt) {
      nextLineAt = now() + LINE_INTERVAL_MS;
      log.error(`catalogue_unavailable error=${found.message} fix=${found.fix}`);
    }
    return found;
  }

  async function withStore<T>(work: (store: CatalogueStore) => Promise<T>): Promise<T> {
    opening ??= open();
    const store = await opening;
    isOpen = true;
    return work(store);
  }

  /** Works with the store, inside the time; reports what fails. */
  async function use<T>(
    leftMs: number,
    work: (store: CatalogueStore) => Promise<T>,
  ): Promise<{ readonly kind: 'done'; readonly value: T } | ({ readonly kind: 'unavailable' } & Trouble)> {
    if (trouble && now() < pausedUntil) return { kind: 'unavailable', ...trouble };
    try {
      const value = await within(setTimer, Math.min(PATIENCE_MS, leftMs), withStore(work));
      return { kind: 'done', value };
    } catch (error) {
      // A call at the end of its own time says nothing about the store.
      const isOwnHaste = error instanceof TooSlow && leftMs < PATIENCE_MS;
      return { kind: 'unavailable', ...(isOwnHaste ? troubleOf(error) : failed(error)) };
    }
  }

  return {
    async answer(operation: Operation, input: CheckedInput, leftMs: number): Promise<CatalogueAnswer> {
      const found = await use(leftMs, async (store) => {
        const answer: StoreAnswer = await answerFrom(store, operation, input);
        return { ...answer, date: (await store.info()).date };
      });
      if (found.kind !== 'done') return found;
      failures = 0;
      return found.value;
    },
    async date(leftMs) {
      const found = await use(leftMs, (store) => store.info());
      return found.kind === 'done' ? found.value.date : undefined;
    },
    async status(): Promise<CatalogueStatus> {
      const found = await use(PATIENCE_MS, (store) => store.info());
      return found.kind === 'done'
        ? { state: 'ready', ...found.value }
        : { state: 'unavailable', message: found.message, fix: found.fix };
    },
  };
}
