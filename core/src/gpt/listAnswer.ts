/** A page of a list in a number of characters. */

import { compact, type Members, number, object, objects } from '../lib/looseJson.ts';
import { countThatFits, fitRecord, NOTE_CHARS, sizeOf } from './fit.ts';
import type { GptRequest } from './parameters.ts';
import type { ListProjection, ProjectionOptions } from './projections/projection.ts';

/** Rows that Discogs gives at most for one call. */
export const PAGE_ROWS = 100;

/** The rows of Discogs' answer, projected and combined. */
export function projectRows(
  body: Members,
  projection: ListProjection,
  request: GptRequest,
  options: ProjectionOptions,
): readonly Members[] {
  const rows = objects(body[projection.rows]).map((row) => projection.project(row, options));
  return projection.merge ? projection.merge(rows, request.query) : rows;
}

/** What a list is made from. */
export interface ListParts {
  readonly rows: readonly Members[];
  readonly page: number;
  readonly pages: number;
  readonly items: number;
  /** Members beside the rows. */
  readonly beside: Members;
}

/** Reads Discogs' paging; a list without it is one page. */
export function paging(body: Members, rows: number): Pick<ListParts, 'page' | 'pages' | 'items'> {
  const { page, pages, items } = object(body['pagination']);
  return { page: number(page) ?? 1, pages: number(pages) ?? 1, items: number(items) ?? rows };
}

/** The rows after `skip` that fit, and how to go on. Never longer than `maxChars`. */
export function listAnswer({ rows, page, pages, items, beside }: ListParts, request: GptRequest): Members {
  const { skip, maxChars } = request;
  const rest = rows.slice(skip);
  const { value: head } = fitRecord(beside, Math.floor(maxChars / 4));
  const withRows = (results: readonly unknown[]): Members => ({ page, pages, items, ...head, results });
  const room = maxChars - NOTE_CHARS;
  const base = sizeOf(withRows([]));
  const count = countThatFits(rest, room - base);
  const isCutInside = count === 0 && rest[0] !== undefined;
  const results = isCutInside ? [fitRecord(rest[0] ?? {}, room - base).value] : rest.slice(0, count);
  const shown = skip + results.length;
  const isTruncated = shown < rows.length || isCutInside;
  // Whoever repeats the call with the members of next must not keep the old skip.
  const nextPage = { page: page + 1, ...(skip > 0 ? { skip: 0 } : {}) };
  const next = shown < rows.length ? { page, skip: shown } : page < pages ? nextPage : undefined;
  const isBeyond = rows.length > 0 && skip >= rows.length;
  return {
    ...withRows(results),
    ...compact({
      truncated: isTruncated || undefined,
      next,
      next_step: isBeyond
        ? 'skip leaves out every row of this page: make it smaller, or leave it out.'
        : undefined,
    }),
  };
}

/** Counts of what is on this page, for long lists of records. */
export function pageSummary(rows: readonly Members[]): Members {
  const count = (names: readonly string[]): Members => {
    const counts = new Map<string, number>();
    for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
    return Object.fromEntries([...counts].sort(([, a], [, b]) => b - a).slice(0, 8));
  };
  const formats = rows.map(
    ({ formats: text }) =>
      String(text ?? '')
        .split(/[;,]/)[0]
        ?.replace(/^\d+×/, '') ?? '',
  );
  const decades = rows.flatMap(({ year }) => (number(year) ? [`${Math.floor(Number(year) / 10)}0s`] : []));
  return compact({ rows: rows.length, formats: count(formats.filter(Boolean)), decades: count(decades) });
}
