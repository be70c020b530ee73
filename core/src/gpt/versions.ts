/** The versions of a master, filtered before they are cut: Discogs wants a facet's exact word and knows no range of years. */

import { compact, type Members, number, object, objects, text } from '../lib/looseJson.ts';
import type { AskInner, Inner } from './inner.ts';
import { PAGE_ROWS } from './listAnswer.ts';
import { FACETS, type GptRequest } from './parameters.ts';
import { facets } from './projections/databaseRows.ts';

/** Calls to Discogs at most for one request with filters. */
export const MOST_CALLS = 5;
/** Facets that are named when a filter finds nothing. */
const MAX_NAMED = 25;

/** What was found, or why nothing was. */
export type Versions =
  | { readonly kind: 'found'; readonly body: Members; readonly beside: Members; readonly inner: Inner }
  | { readonly kind: 'failed'; readonly inner: Inner };

const isFiltered = ({ query, yearFrom, yearTo }: GptRequest): boolean =>
  FACETS.some((name) => query[name] !== undefined) || yearFrom !== undefined || yearTo !== undefined;

/** Discogs' word for what was asked, whatever its case; undefined where it has none. */
function facetOf(available: Members, asked: string): string | undefined {
  const names = Object.keys(available);
  return names.find((name) => name.toLowerCase() === asked.toLowerCase());
}

const none = (inner: Inner, name: string, available: Members): Versions => ({
  kind: 'found',
  inner,
  body: { versions: [], pagination: { page: 1, pages: 1, items: 0 } },
  beside: {
    emptied_by: name,
    available: Object.keys(available).slice(0, MAX_NAMED),
    next_step: `No version has this ${name}: choose one of available, or leave ${name} out.`,
  },
});

const inYears = (row: Members, { yearFrom = 0, yearTo = 9999 }: GptRequest): boolean => {
  const year = number(text(row['released']).slice(0, 4));
  return year !== undefined && year >= yearFrom && year <= yearTo;
};

/** Reads what the filters ask for with at most `MOST_CALLS` calls. */
export async function readVersions(ask: AskInner, path: string, request: GptRequest): Promise<Versions> {
  const query: Readonly<Record<string, string>> = { ...request.query, per_page: String(PAGE_ROWS) };
  if (!isFiltered(request)) {
    const inner = await ask(path, query);
    return inner.kind === 'ok'
      ? { kind: 'found', inner, body: inner.body, beside: {} }
      : { kind: 'failed', inner };
  }
  const wanted = FACETS.filter((name) => request.query[name] !== undefined);
  const plain = Object.fromEntries(
    Object.entries(query).filter(([name]) => name !== 'page' && !FACETS.some((facet) => facet === name)),
  );
  const first = await ask(path, plain);
  if (first.kind === 'error') return { kind: 'failed', inner: first };
  const available = facets(first.body);
  const exact: Record<string, string> = {};
  for (const name of wanted) {
    const asked = request.query[name] ?? '';
    const words = object(available[name]);
    const word = facetOf(words, asked);
    // Where Discogs names no words there is nothing to choose from: it may still know this one.
    if (word === undefined && Object.keys(words).length > 0) return none(first, name, words);
    exact[name] = word ?? asked;
  }
  const filtered = wanted.length === 0 ? first : await ask(path, { ...plain, ...exact });
  return collect(ask, path, { ...plain, ...exact }, filtered, request, wanted.length === 0 ? 1 : 2);
}

function whyNone(rows: number, years: readonly string[]): Members {
  return rows === 0
    ? { next_step: 'No version has all of this at once: leave out one of the filters.' }
    : {
        emptied_by: years[0],
        next_step: `No version is from these years: widen the range, or leave out ${years.join(' and ')}.`,
      };
}

async function collect(
  ask: AskInner,
  path: string,
  query: Readonly<Record<string, string>>,
  first: Inner,
  request: GptRequest,
  called: number,
): Promise<Versions> {
  if (first.kind === 'error') return { kind: 'failed', inner: first };
  const pages = number(object(first.body['pagination'])['pages']) ?? 1;
  const versions = [...rowsOf(first)];
  let calls = called;
  let read = 1;
  for (; read < pages && calls < MOST_CALLS; read += 1, calls += 1) {
    const inner = await ask(path, { ...query, page: String(read + 1) });
    if (inner.kind === 'error') break;
    versions.push(...rowsOf(inner));
  }
  const { yearFrom, yearTo } = request;
  const years = Object.keys(compact({ year_from: yearFrom, year_to: yearTo }));
  const fit = versions.filter((row) => years.length === 0 || inYears(row, request));
  const searched =
    read < pages ? { searched: versions.length, of: number(object(first.body['pagination'])['items']) } : {};
  const pagination = { page: 1, pages: 1, items: fit.length };
  return {
    kind: 'found',
    inner: first,
    body: { versions: fit, pagination },
    beside: compact({ ...searched, ...(fit.length === 0 ? whyNone(versions.length, years) : {}) }),
  };
}

const rowsOf = ({ body }: Inner): readonly Members[] => objects(body['versions']);
