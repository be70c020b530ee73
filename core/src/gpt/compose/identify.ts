/** Which record has this barcode, catalogue number, matrix, or artist and title. */
import { compact, type Members, number, object, objects } from '../../lib/looseJson.ts';
import { PAGE_ROWS } from '../listAnswer.ts';
import { databaseRows } from '../projections/databaseRows.ts';
import { digitsOf, hasValidCheckDigit, otherSpelling } from './barcode.ts';
import type { ComposeInput } from './composedOperation.ts';
import { lean } from './lean.ts';
import { type Known, rank } from './ranking.ts';
import type { Reader } from './reader.ts';

const MAX_CANDIDATES = 20;
/** Discogs' names of the filters. It looks for a matrix where it looks for a barcode; of both, the barcode goes. */
const FILTERS: Readonly<Record<string, string>> = {
  matrix: 'barcode',
  barcode: 'barcode',
  catno: 'catno',
  artist: 'artist',
  title: 'release_title',
  country: 'country',
  year: 'year',
  format: 'format',
};
/** What is usually wrong, first. */
const SUSPECTS = ['year', 'format', 'country', 'matrix', 'barcode', 'catno', 'artist', 'title'];
/** They are of one pressing; without them, a master stands for all of its releases. */
const OF_ONE_PRESSING = ['barcode', 'matrix', 'catno', 'country', 'year', 'format'];

interface Attempt {
  readonly known: Known;
  readonly dropped?: string;
}

function* attempts(known: Known): Generator<Attempt> {
  yield { known };
  const spelling = otherSpelling(known['barcode'] ?? '');
  if (spelling !== undefined) yield { known: { ...known, barcode: spelling } };
  const given = SUSPECTS.filter((name) => known[name] !== undefined);
  if (given.length < 2) return;
  for (const dropped of given) {
    const { [dropped]: _, ...rest } = known;
    yield { known: rest, dropped };
  }
}

const filtersOf = (known: Known): Record<string, string> =>
  Object.fromEntries(
    Object.entries(FILTERS).flatMap(([name, filter]) =>
      known[name] === undefined ? [] : [[filter, known[name]]],
    ),
  );

/** Rows that are records: artists and labels are none. */
const recordsOf = (body: Members): readonly Members[] =>
  objects(body['results']).filter(({ type }) => type === 'release' || type === 'master');

function nothing({ barcode }: Known, tried: number): Members {
  const isMisread = barcode !== undefined && !hasValidCheckDigit(barcode);
  return {
    results: [],
    next_step: isMisread
      ? 'The check digit of this barcode is wrong, so a digit was misread: ask the user to read it again.'
      : tried > 1
        ? 'No single filter is the reason: ask the user to check them, or search with other words in q.'
        : 'Nothing fits: ask the user to check the spelling, or to tell artist, title or catalogue number.',
  };
}

function found(body: Members, known: Known, isOfOnePressing: boolean, dropped: string | undefined): Members {
  const rows = recordsOf(body);
  const ranked = rank(rows, known).map(({ row, why, differs }) =>
    compact({ ...lean('searchDatabase', row), why, differs }),
  );
  const results = isOfOnePressing ? ranked : (databaseRows['searchDatabase']?.merge?.(ranked, {}) ?? ranked);
  const items = number(object(body['pagination'])['items']) ?? rows.length;
  return compact({
    results: results.slice(0, MAX_CANDIDATES),
    more_candidates: Math.max(0, results.length - MAX_CANDIDATES) || undefined,
    ...(items > rows.length ? { searched: rows.length, of: items } : {}),
    dropped,
    next_step:
      dropped &&
      `Nothing has this ${dropped} together with the rest; these are without it. Ask the user to check it.`,
  });
}

/** The first search that finds something, its rows ranked by all that is known. */
export async function identify(reader: Reader, { query }: ComposeInput): Promise<Members> {
  const { barcode } = query;
  const known = barcode === undefined ? query : { ...query, barcode: digitsOf(barcode) };
  const isOfOnePressing = OF_ONE_PRESSING.some((name) => known[name] !== undefined);
  const paging = { ...(isOfOnePressing ? { type: 'release' } : {}), per_page: String(PAGE_ROWS) };
  let tried = 0;
  for (const attempt of attempts(known)) {
    const what = attempt.dropped === undefined ? 'the search' : `the search without ${attempt.dropped}`;
    const query = { ...filtersOf(attempt.known), ...paging };
    // The whole search may find a newer record at Discogs; one with less of what is known is a guess, and costs nothing.
    const hint = tried === 0 ? undefined : 'accept_empty';
    const body = await reader.read(what, '/database/search', query, hint);
    if (!body) return { results: [] };
    tried += 1;
    if (recordsOf(body).length > 0) return found(body, known, isOfOnePressing, attempt.dropped);
  }
  return nothing(known, tried);
}
