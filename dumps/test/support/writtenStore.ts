/** Stores of records, written into a folder without an import. */
import type { PreparedRecord } from '../../src/records/preparedRecord.ts';
import { createCatalogueWriter } from '../../src/sqlite/catalogueWriter.ts';
import { publish } from '../../src/sqlite/publish.ts';
import { storedRecord } from '../../src/sqlite/storedRecord.ts';
import { buildingPath } from '../../src/sqlite/storeLayout.ts';

/** The folder now serves exactly these records. */
export function writeStore(
  folder: string,
  date: string,
  records: readonly PreparedRecord[],
  searchBits?: number,
): void {
  const writer = createCatalogueWriter(buildingPath(folder), searchBits);
  for (const record of records) writer.add(storedRecord(record));
  for (const step of writer.steps()) writer.run(step);
  writer.complete(date);
  publish(folder, date);
}
