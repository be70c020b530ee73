import { describe } from '@jest/globals';
import { openCatalogue } from '../src/sqlite/index.ts';
import { STORE_DATE, storeTests } from './support/storeTests.ts';
import { temporaryFolder } from './support/temporaryFolder.ts';
import { writeStore } from './support/writtenStore.ts';

describe('The catalogue in an SQLite file', () => {
  const folder = temporaryFolder();
  storeTests(async (records) => {
    writeStore(folder, STORE_DATE, records);
    return openCatalogue({ folder, now: Date.now });
  });
});
