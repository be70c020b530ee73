/** A store of invented records, of which packs are made and with which they are compared. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileSource } from '../../src/pack/packSource.ts';
import type { PreparedRecord } from '../../src/records/preparedRecord.ts';
import type { FileStore, StoreContents } from '../../src/sqlite/index.ts';
import { currentPointer } from '../../src/sqlite/storeLayout.ts';
import { madeMaster, madeName, madeRelease } from './madeRecords.ts';
import { writeStore } from './writtenStore.ts';

const WORDS = ['Blue', 'Night', 'Ænima', '東京', 'Røver', 'Loop', '12"', 'Straße', 'Echo', 'Ω'];

/** Mulberry32: the same seed, the same records. */
function randomOf(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

/** `count` releases by about half as many artists; artist 1 is on every one of them. */
export function generatedRecords(count: number, seed: number): readonly PreparedRecord[] {
  const random = randomOf(seed);
  const words = (): string => `${WORDS[random(WORDS.length)]} ${WORDS[random(WORDS.length)]} ${random(1000)}`;
  const records: PreparedRecord[] = [];
  for (let id = 1; id <= count; id += 2) {
    records.push(madeName('artists', id, words(), [words()]), madeName('labels', id, words()));
  }
  for (let id = 1; id <= count / 3; id += 1) {
    records.push(madeMaster(id, { artistIds: [1 + random(count)], summary: { title: words() } }));
  }
  for (let id = 2, made = 0; made < count; made += 1, id += 1 + random(3)) {
    records.push(
      madeRelease(id, {
        notes: 'x'.repeat(random(200) === 0 ? 200_000 : random(800)),
        summary: { title: words(), year: 1960 + random(60), masterId: random(Math.ceil(count / 3)) },
        credits: [
          { artistId: 1, role: 'Main', trackinfo: '' },
          { artistId: 2 + random(count), role: 'Producer', trackinfo: 'B2' },
        ],
        labels: [{ labelId: 1 + random(Math.ceil(count / 4)), catno: words() }],
        barcodes: [String(10_000_000 + random(count * 2))],
        catnos: [`${'ABC'.slice(random(3))}${random(50)}`],
        matrices: [`Å${random(1_000_000)}`],
      }),
    );
  }
  return records;
}

export interface GeneratedStore extends FileStore, StoreContents {
  readonly records: readonly PreparedRecord[];
}

/** Written into a folder that lives until `close`. */
export function generatedStore(count: number, seed = 1, date = '2026-10-01'): GeneratedStore {
  const folder = mkdtempSync(join(tmpdir(), 'store-'));
  const records = generatedRecords(count, seed);
  writeStore(folder, date, records);
  const store = fileSource(join(folder, currentPointer(folder).file));
  return {
    ...store,
    records,
    close() {
      store.close();
      rmSync(folder, { recursive: true });
    },
  };
}
