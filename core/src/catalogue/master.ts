/** A master as the API shows it: with the tracks of its main release, which the masters of a dump lack. */
import type { CatalogueStore } from './catalogueStore.ts';
import { readRecord } from './readRecord.ts';
import { mainReleaseOf } from './searchRows.ts';

const encoder = new TextEncoder();

/** The master's JSON; undefined where the dump does not have it. */
export async function masterRecord(store: CatalogueStore, id: number): Promise<Uint8Array | undefined> {
  const master = await readRecord(store, 'masters', id);
  if (!master) return undefined;
  const mainId = mainReleaseOf(master);
  const main = mainId === undefined ? undefined : await readRecord(store, 'releases', mainId);
  // Where Discogs has it: before the artists.
  const members = Object.entries(master).flatMap((entry) =>
    entry[0] === 'artists' && main?.['tracklist'] !== undefined
      ? [['tracklist', main['tracklist']], entry]
      : [entry],
  );
  return encoder.encode(JSON.stringify(Object.fromEntries(members)));
}
