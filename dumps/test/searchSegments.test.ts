import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, it } from '@jest/globals';
import { createCatalogueWriter } from '../src/sqlite/catalogueWriter.ts';
import { STORE_FILE } from '../src/sqlite/format.ts';
import { storedRecord } from '../src/sqlite/storedRecord.ts';
import { madeRelease } from './support/madeRecords.ts';
import { temporaryFolder } from './support/temporaryFolder.ts';

const folder = temporaryFolder();

it('the full-text index grows by one segment for a checkpoint, however many rows are written in between', () => {
  const writer = createCatalogueWriter(folder);
  for (let id = 1; id <= 1000; id += 1) writer.add(storedRecord(madeRelease(id)));
  writer.checkpoint('one');
  for (let id = 1001; id <= 2000; id += 1) writer.add(storedRecord(madeRelease(id)));
  writer.checkpoint('two');
  writer.close();
  const db = new DatabaseSync(join(folder, STORE_FILE));
  // FTS5 takes no more than 2,000 segments: "database or disk is full".
  const segments = db.prepare('SELECT count(DISTINCT segid) AS n FROM releases_search_0_idx').get();
  db.close();
  expect(segments).toEqual({ n: 2 });
});
