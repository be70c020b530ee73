/** What records say of others, collected while they are written and sorted at the end. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { artistPart, identifierKey, keyHash, nameKey } from '@discogs-agent/core/catalogue';
import type { NameFacts, PreparedRecord, ReleaseFacts } from '../records/preparedRecord.ts';
import type { Runs } from '../sorting/mergeRuns.ts';
import { createRunSorter, type RunSorter } from '../sorting/runSorter.ts';
import { LISTS, type ListName, NAMESPACES, type Namespace } from './format.ts';
import { entryWord } from './listEntries.ts';
import type { ReleaseTexts } from './releaseTexts.ts';

type SorterName = ListName | Namespace;
/** Rows in memory and words of a row, for each sorter: 50 MB together. */
const SORTERS: Readonly<Record<SorterName, { readonly capacity: number; readonly width: number }>> = {
  artist_releases: { capacity: 400_000, width: 4 },
  label_releases: { capacity: 200_000, width: 3 },
  master_versions: { capacity: 100_000, width: 3 },
  artists: { capacity: 100_000, width: 3 },
  labels: { capacity: 100_000, width: 3 },
  barcode: { capacity: 100_000, width: 3 },
  catno: { capacity: 100_000, width: 3 },
  matrix: { capacity: 100_000, width: 3 },
};

export type LinkState = Readonly<Partial<Record<SorterName, Runs>>>;

const YEAR_BITS = 14;
const MAX_YEAR = (1 << YEAR_BITS) - 1;

export interface Links {
  /** Artists of a master. */
  master(record: PreparedRecord & { readonly kind: 'masters' }, position: number): void;
  release(id: number, facts: ReleaseFacts, position: number, texts: ReleaseTexts): void;
  named(kind: 'artists' | 'labels', id: number, facts: NameFacts): void;
  flush(): LinkState;
  sorter(name: SorterName): RunSorter;
  close(): void;
  /** Closes and deletes the files. */
  remove(): void;
}

/** `1999-03-00` → 19990300, `1999` → 19990000. Without a date: behind all others. */
function releasedNumber(released: string): number {
  const number = Number(released.replaceAll('-', '').padEnd(8, '0').slice(0, 8));
  return Number.isInteger(number) && number > 0 ? number : 0xffffffff;
}

/** Part, year, detail: sorted as a number, this is the order of an artist's list. */
const artistOrder = (role: string, year: number, detail: number): number =>
  ((artistPart(role) << 30) | (Math.min(Math.max(year, 0), MAX_YEAR) << 16) | detail) >>> 0;

/** Makes the sorters in a folder; from a checkpoint, or from the beginning. */
export function createLinks(folder: string, state: LinkState): Links {
  const pathOf = (name: SorterName): string => join(folder, `${name}.runs`);
  const sorters = new Map<SorterName, RunSorter>();
  for (const name of [...LISTS, ...NAMESPACES]) {
    const runs = state[name] ?? [];
    sorters.set(name, createRunSorter({ path: pathOf(name), runs, ...SORTERS[name] }));
  }
  function close(): void {
    for (const one of sorters.values()) one.close();
  }
  function sorter(name: SorterName): RunSorter {
    const found = sorters.get(name);
    if (!found) throw new Error(`no sorter of the name ${name}`);
    return found;
  }
  const [ofArtists, ofLabels, ofMasters] = [
    sorter('artist_releases'),
    sorter('label_releases'),
    sorter('master_versions'),
  ];

  function hashed(namespace: Namespace, keys: Iterable<string>, id: number): void {
    const into = sorter(namespace);
    for (const key of new Set(keys)) {
      if (key === '') continue;
      const { high, low } = keyHash(namespace, key);
      into.add(high, low, id);
    }
  }

  return {
    master({ id, facts: { summary, artistIds } }, position) {
      const order = artistOrder('Main', summary.year, 0);
      for (const artistId of artistIds) ofArtists.add(artistId, order, entryWord(position, true), id);
    },
    release(id, { summary, credits, labels, barcodes, catnos, matrices }, position, texts) {
      const word = entryWord(position, false);
      for (const credit of credits) {
        const order = artistOrder(credit.role, summary.year, texts.creditNumber(credit));
        ofArtists.add(credit.artistId, order, word, summary.masterId);
      }
      for (const { labelId, catno } of labels) ofLabels.add(labelId, word, texts.catnoNumber(catno));
      if (summary.masterId > 0) ofMasters.add(summary.masterId, releasedNumber(summary.released), word);
      hashed(
        'barcode',
        barcodes.map((value) => identifierKey('barcode', value)),
        id,
      );
      hashed(
        'catno',
        catnos.map((value) => identifierKey('catno', value)),
        id,
      );
      hashed(
        'matrix',
        matrices.map((value) => identifierKey('matrix', value)),
        id,
      );
    },
    named(kind, id, { name, variations }) {
      hashed(kind, [name, ...variations].map(nameKey), id);
    },
    flush() {
      return Object.fromEntries([...sorters].map(([name, one]) => [name, one.flush()]));
    },
    sorter,
    close,
    remove() {
      close();
      for (const name of sorters.keys()) rmSync(pathOf(name));
    },
  };
}
