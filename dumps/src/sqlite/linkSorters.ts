/** What records say of others, collected while they are written and sorted at the end. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Runs } from '../sorting/mergeRuns.ts';
import { createRunSorter, type RunSorter } from '../sorting/runSorter.ts';
import { ROW_WORDS, SORTER_NAMES, type SorterName } from './linkRows.ts';
import { entryWord } from './listEntries.ts';
import type { StoredRecord } from './storedRecord.ts';

interface SorterSpec {
  /** Rows in memory, and words of a row: 13 MB for all sorters together. */
  readonly capacity: number;
  readonly width: number;
  /** `word` is the entry of the record in a list. */
  add(sorter: RunSorter, key: number, first: number, second: number, word: number, id: number): void;
}

const LOOKUP: SorterSpec = {
  capacity: 50_000,
  width: 3,
  add: (sorter, high, low, _, __, id) => sorter.add(high, low, id),
};
const SORTERS: Readonly<Record<SorterName, SorterSpec>> = {
  artist_releases: {
    capacity: 200_000,
    width: 4,
    add: (sorter, artistId, order, masterId, word) => sorter.add(artistId, order, word, masterId),
  },
  label_releases: {
    capacity: 100_000,
    width: 3,
    add: (sorter, labelId, catnoNumber, _, word) => sorter.add(labelId, word, catnoNumber),
  },
  master_versions: {
    capacity: 100_000,
    width: 3,
    add: (sorter, masterId, released, _, word) => sorter.add(masterId, released, word),
  },
  artists: LOOKUP,
  labels: LOOKUP,
  barcode: LOOKUP,
  catno: LOOKUP,
  matrix: LOOKUP,
};

export type LinkState = Readonly<Partial<Record<SorterName, Runs>>>;

export interface Links {
  /** The links of a record at a position. */
  add(record: StoredRecord, position: number): void;
  flush(): LinkState;
  sorter(name: SorterName): RunSorter;
  close(): void;
  /** Closes and deletes the files. */
  remove(): void;
}

/** Makes the sorters in a folder; from a checkpoint, or from the beginning. */
export function createLinks(folder: string, state: LinkState): Links {
  const pathOf = (name: SorterName): string => join(folder, `${name}.runs`);
  const sorters = new Map<SorterName, RunSorter>();
  for (const name of SORTER_NAMES) {
    const { capacity, width } = SORTERS[name];
    sorters.set(name, createRunSorter({ path: pathOf(name), runs: state[name] ?? [], capacity, width }));
  }
  const numbered = [...sorters].map(([name, sorter]) => ({ sorter, add: SORTERS[name].add }));
  function close(): void {
    for (const one of sorters.values()) one.close();
  }

  return {
    add({ kind, id, links }, position) {
      const word = entryWord(position, kind === 'masters');
      for (let at = 0; at < links.length; at += ROW_WORDS) {
        const into = numbered[links[at] ?? 0];
        into?.add(into.sorter, links[at + 1] ?? 0, links[at + 2] ?? 0, links[at + 3] ?? 0, word, id);
      }
    },
    flush() {
      return Object.fromEntries([...sorters].map(([name, one]) => [name, one.flush()]));
    },
    sorter(name) {
      const found = sorters.get(name);
      if (!found) throw new Error(`no sorter of the name ${name}`);
      return found;
    },
    close,
    remove() {
      close();
      for (const name of sorters.keys()) rmSync(pathOf(name));
    },
  };
}
