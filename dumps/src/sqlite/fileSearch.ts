/** Free search in one store's file. */
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import {
  type CatalogueSearch,
  type Identifier,
  identifierKey,
  RECORD_KINDS,
  type RecordKind,
  type Rows,
  type SearchHit,
  type Slice,
} from '@discogs-agent/core/catalogue';
import { type MatchExpression, matchExpression } from './matchExpression.ts';
import { ranking } from './rank.ts';
import { number, text } from './readings.ts';
import { decodeMaster, decodeName, decodeRelease } from './summaries.ts';
import { mapKinds } from './writerState.ts';

/** Hits of a kind that are counted. FTS5 stops there, so a common word costs no more. */
const MAX_HITS = 1000;
/** Hits of a kind that are read and brought into order, the rest stays in the order of the dump: 7 µs each. */
const MAX_RANKED = 250;

interface Statements {
  readonly match: StatementSync;
  readonly matchAt: StatementSync;
  readonly positionOf: StatementSync;
  readonly row: StatementSync;
}

/** What a search demands of identifiers; ids of releases that have them all, or undefined where it demands none. */
type IdsBy = (identifier: Identifier, key: string) => readonly number[];

function printedIds(search: CatalogueSearch, idsBy: IdsBy): readonly number[] | undefined {
  let ids: readonly number[] | undefined;
  for (const identifier of ['barcode', 'catno'] as const) {
    const value = search[identifier];
    if (value === undefined) continue;
    const found = new Set(idsBy(identifier, identifierKey(identifier, value)));
    ids = ids ? ids.filter((id) => found.has(id)) : [...found];
  }
  return ids?.slice(0, MAX_HITS);
}

function textsOf(
  kind: RecordKind,
  id: number,
  summary: string,
): { readonly artist: string; readonly title: string } {
  if (kind === 'releases') return decodeRelease(id, summary);
  if (kind === 'masters') return decodeMaster(id, summary);
  const name = decodeName(summary);
  return kind === 'artists' ? { artist: name, title: '' } : { artist: '', title: name };
}

/** Makes the search; undefined is an answer that only Discogs has. */
export function fileSearch(
  db: DatabaseSync,
  idsBy: IdsBy,
): (search: CatalogueSearch, slice: Slice) => Rows<SearchHit> | undefined {
  const statements = mapKinds((kind): Statements => {
    const search = `${kind}_search`;
    return {
      match: db.prepare(`SELECT rowid AS position FROM ${search} WHERE ${search} MATCH ? LIMIT ${MAX_HITS}`),
      // Node binds numbers as reals, and FTS5 ignores a row id that is none.
      matchAt: db.prepare(`SELECT 1 FROM ${search} WHERE ${search} MATCH ? AND rowid = CAST(? AS INTEGER)`),
      positionOf: db.prepare(`SELECT position FROM ${kind}_ids WHERE id = ?`),
      row: db.prepare(`SELECT id, summary FROM ${kind} WHERE position = ?`),
    };
  });

  function positions(kind: RecordKind, match: string, ids: readonly number[] | undefined): readonly number[] {
    const { match: all, matchAt, positionOf } = statements[kind];
    if (!ids) return match === '' ? [] : all.all(match).map((row) => number(row, 'position'));
    return ids
      .flatMap((id) => positionOf.all(id).map((row) => number(row, 'position')))
      .filter((position) => match === '' || matchAt.get(match, position) !== undefined);
  }

  function row(kind: RecordKind, position: number): { readonly id: number; readonly summary: string } {
    const found = statements[kind].row.get(position);
    if (found === undefined) throw new Error(`position ${position} of a search is not in the file`);
    return { id: number(found, 'id'), summary: text(found, 'summary') };
  }

  function ranked(kind: RecordKind, found: readonly number[], search: CatalogueSearch) {
    const rank = ranking(search);
    return found.map((position, index) => {
      if (index >= MAX_RANKED) return { kind, position, rank: 0 };
      const { id, summary } = row(kind, position);
      return { kind, position, rank: rank({ kind, ...textsOf(kind, id, summary) }) };
    });
  }

  return (search, slice) => {
    const ids = printedIds(search, idsBy);
    const kinds = search.kind ? [search.kind] : RECORD_KINDS;
    const wanted = kinds.map((kind): readonly [RecordKind, MatchExpression] => [
      kind,
      ids && kind !== 'releases' ? { is: 'unanswerable' } : matchExpression(kind, search),
    ]);
    if (wanted.every(([, { is }]) => is === 'unanswerable')) return undefined;
    const hits = wanted
      .flatMap(([kind, expression]) =>
        expression.is === 'match' ? ranked(kind, positions(kind, expression.match, ids), search) : [],
      )
      .sort((one, other) => other.rank - one.rank);
    const rows = hits.slice(slice.offset, slice.offset + slice.limit);
    return {
      total: hits.length,
      rows: rows.map(({ kind, position }) => ({ kind, id: row(kind, position).id })),
    };
  };
}
