/** Stores of records, written into a folder without an import. */
import type { PreparedRecord } from '../../src/records/preparedRecord.ts';
import { createCatalogueWriter } from '../../src/sqlite/catalogueWriter.ts';
import { publish } from '../../src/sqlite/publish.ts';
import { buildingPath } from '../../src/sqlite/storeLayout.ts';

/** The folder now serves exactly these records. */
export function writeStore(folder: string, date: string, records: readonly PreparedRecord[]): void {
  const writer = createCatalogueWriter(buildingPath(folder));
  for (const record of records) writer.add(record);
  for (const step of writer.steps()) writer.run(step);
  writer.complete(date);
  publish(folder, date);
}
