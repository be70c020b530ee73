/** Free search in one store's file. */
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { setImmediate } from 'node:timers/promises';
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
import { BITS_OF_SEARCH, searchTable } from './format.ts';
import { type MatchExpression, matchExpression } from './matchExpression.ts';
import { readMeta } from './meta.ts';
import { ranking } from './rank.ts';
import { number, text } from './readings.ts';
import { decodeMaster, decodeName, decodeRelease } from './summaries.ts';
import { mapKinds } from './writerState.ts';

/** Hits of a kind that are counted. FTS5 stops there, so a common word costs no more. */
const MAX_HITS = 1000;
/** Hits of a kind that are read and brought into order, the rest stays in the order of the dump: 7 µs each. */
const MAX_RANKED = 250;

/** Of one full-text index. */
interface Part {
  readonly match: StatementSync;
  readonly matchAmong: StatementSync;
}

interface Statements {
  /** Looks into the file the first time. */
  parts(): readonly Part[];
  readonly positionOf: StatementSync;
  readonly row: StatementSync;
}

interface RankedHit {
  readonly kind: RecordKind;
  readonly position: number;
  readonly rank: number;
}

/** Ids of releases with this identifier. */
type IdsBy = (identifier: Identifier, key: string) => readonly number[];

/** Ids of releases that have all identifiers of a search; undefined where it names none. */
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

function partsOf(db: DatabaseSync, kind: RecordKind, bits: number): readonly Part[] {
  const last = db.prepare(`SELECT max(position) AS position FROM ${kind}`).get()?.['position'];
  const count = typeof last === 'number' ? (last >> bits) + 1 : 0;
  return Array.from({ length: count }, (_, part) => {
    const table = searchTable(kind, part);
    return {
      match: db.prepare(`SELECT rowid AS position FROM ${table} WHERE ${table} MATCH ? LIMIT ?`),
      // The plus keeps SQLite from one look-up for each position: each would read all entries of the words.
      matchAmong: db.prepare(
        `SELECT rowid AS position FROM ${table} WHERE ${table} MATCH ? AND +rowid IN (SELECT value FROM json_each(?))`,
      ),
    };
  });
}

/** Makes the search; undefined is an answer that only Discogs has. Node does other things between two indexes. */
export function fileSearch(
  db: DatabaseSync,
  idsBy: IdsBy,
): (search: CatalogueSearch, slice: Slice) => Promise<Rows<SearchHit> | undefined> {
  const bits = Number(readMeta(db, BITS_OF_SEARCH));
  const statements = mapKinds((kind): Statements => {
    let parts: readonly Part[] | undefined;
    return {
      parts() {
        parts ??= partsOf(db, kind, bits);
        return parts;
      },
      positionOf: db.prepare(`SELECT position FROM ${kind}_ids WHERE id = ?`),
      row: db.prepare(`SELECT id, summary FROM ${kind} WHERE position = ?`),
    };
  });

  async function matching(kind: RecordKind, match: string): Promise<readonly number[]> {
    const found: number[] = [];
    if (match === '') return found;
    for (const part of statements[kind].parts()) {
      await setImmediate();
      for (const row of part.match.all(match, MAX_HITS - found.length)) found.push(number(row, 'position'));
      if (found.length === MAX_HITS) break;
    }
    return found;
  }

  /** Of these ids: one reading of each index in which some of them are. */
  async function among(kind: RecordKind, match: string, ids: readonly number[]): Promise<readonly number[]> {
    const { parts, positionOf } = statements[kind];
    const positions = ids.flatMap((id) => positionOf.all(id).map((row) => number(row, 'position')));
    if (match === '') return positions;
    const found = new Set<number>();
    for (const [index, part] of parts().entries()) {
      const inPart = positions.filter((position) => position >> bits === index);
      if (inPart.length === 0) continue;
      await setImmediate();
      const rows = part.matchAmong.all(match, JSON.stringify(inPart));
      for (const row of rows) found.add(number(row, 'position'));
    }
    return positions.filter((position) => found.has(position));
  }

  function row(kind: RecordKind, position: number): { readonly id: number; readonly summary: string } {
    const found = statements[kind].row.get(position);
    if (found === undefined) throw new Error(`position ${position} of a search is not in the file`);
    return { id: number(found, 'id'), summary: text(found, 'summary') };
  }

  function ranked(kind: RecordKind, found: readonly number[], search: CatalogueSearch): readonly RankedHit[] {
    const rank = ranking(search);
    return found.map((position, index) => {
      if (index >= MAX_RANKED) return { kind, position, rank: 0 };
      const { id, summary } = row(kind, position);
      return { kind, position, rank: rank({ kind, ...textsOf(kind, id, summary) }) };
    });
  }

  return async (search, slice) => {
    const ids = printedIds(search, idsBy);
    const kinds = search.kind ? [search.kind] : RECORD_KINDS;
    const wanted = kinds.map((kind): readonly [RecordKind, MatchExpression] => [
      kind,
      ids && kind !== 'releases' ? { is: 'unanswerable' } : matchExpression(kind, search),
    ]);
    if (wanted.every(([, { is }]) => is === 'unanswerable')) return undefined;
    const hits: RankedHit[] = [];
    for (const [kind, expression] of wanted) {
      if (expression.is !== 'match') continue;
      const { match } = expression;
      const positions = ids ? await among(kind, match, ids) : await matching(kind, match);
      hits.push(...ranked(kind, positions, search));
    }
    hits.sort((one, other) => other.rank - one.rank);
    const rows = hits.slice(slice.offset, slice.offset + slice.limit);
    return {
      total: hits.length,
      rows: rows.map(({ kind, position }) => ({ kind, id: row(kind, position).id })),
    };
  };
}
