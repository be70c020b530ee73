/** Imports files of a dump into a folder, as `npm run dumps -- import` does. */
import { findMonth, importMonth } from '@discogs-agent/dumps/import';

/** Gives the path of the store's file. */
export const importStore = (files: readonly string[], folder: string): Promise<string> =>
  importMonth({
    folder,
    month: findMonth(files, true),
    force: false,
    restart: true,
    strict: false,
    checkpointEvery: 100_000,
    signal: new AbortController().signal,
    now: Date.now,
    say: () => {},
    progress: () => {},
  });
