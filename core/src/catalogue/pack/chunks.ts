/**
 * Long values: the rows of a list, in chunks with a key each, so that a page of an artist with a million releases is as cheap
 * as one of an artist with ten. Each chunk is JSON and says how many rows the whole list has.
 */
import * as z from 'zod/mini';
import type { Rows, Slice } from '../catalogueStore.ts';
import { damaged } from './damaged.ts';
import type { SortedTable } from './sortedTable.ts';

/** As many as the largest page of Discogs' lists, so that a page is one chunk. */
export const CHUNK_ROWS = 100;

/** Keys have 32 bits for it; no list comes near. */
const LAST_CHUNK = 2 ** 32 - 1;

/** The key of a list's chunk. */
export type ChunkKey = (chunk: number) => Uint8Array;

/** How a kind of row is written in JSON. */
export interface RowFormat<Row> {
  encode(row: Row): unknown;
  /** A schema that gives the row back. */
  readonly schema: z.ZodMiniType<Row>;
}

/** Numbers as they are: ids. */
export const ID_ROWS: RowFormat<number> = { encode: (id) => id, schema: z.int() };

/** One chunk of a list of `total` rows. */
export const encodeChunk = <Row>(format: RowFormat<Row>, total: number, rows: readonly Row[]): Uint8Array =>
  new TextEncoder().encode(JSON.stringify([total, rows.map((row) => format.encode(row))]));

/** Reads lists of one table. */
export function chunkReader<Row>(
  format: RowFormat<Row>,
): (table: SortedTable, chunkKey: ChunkKey, slice: Slice) => Promise<Rows<Row>> {
  const schema = z.tuple([z.int().check(z.nonnegative()), z.array(format.schema)]);
  const decode = (bytes: Uint8Array): Rows<Row> => {
    try {
      const [total, rows] = schema.parse(JSON.parse(new TextDecoder().decode(bytes)));
      return { total, rows };
    } catch (error) {
      throw damaged('a list has rows of another shape', error);
    }
  };
  return async (table, chunkKey, { offset, limit }) => {
    const chunk = (row: number): Uint8Array => chunkKey(Math.min(LAST_CHUNK, Math.floor(row / CHUNK_ROWS)));
    const last = Math.max(offset, offset + limit - 1);
    const chunks = (await table.range(chunk(offset), chunk(last))).map(decode);
    const [first] = chunks;
    if (first) {
      const skip = offset % CHUNK_ROWS;
      return { total: first.total, rows: chunks.flatMap(({ rows }) => rows).slice(skip, skip + limit) };
    }
    // Behind the end, or of nobody.
    const start = offset < CHUNK_ROWS ? undefined : await table.get(chunkKey(0));
    return { total: start ? decode(start).total : 0, rows: [] };
  };
}
