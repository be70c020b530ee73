/** Reads a record of a store as an object. */
import { type Members, object } from '../lib/looseJson.ts';
import type { CatalogueStore, RecordKind } from './catalogueStore.ts';

const decoder = new TextDecoder();

/** Undefined where the dump does not have it. Rejects for what is no JSON. */
export async function readRecord(
  store: CatalogueStore,
  kind: RecordKind,
  id: number,
): Promise<Members | undefined> {
  const bytes = await store.record(kind, id);
  return bytes && object(JSON.parse(decoder.decode(bytes)));
}
