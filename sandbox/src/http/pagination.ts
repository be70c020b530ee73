/**
 * Pages of a list: clamping, the `pagination` object and the `Link` header.
 * @see https://www.discogs.com/developers#page:home,header:home-pagination
 */
import { apiUrl } from '../compose/addresses.ts';
import { noSuchPage } from './errors.ts';
import { json, type Reply } from './reply.ts';

const DEFAULT_PER_PAGE = 50;
const MAX_PER_PAGE = 100;
/** `Link` names the relations in this order, the body in that of {@link linksOf}. */
const LINK_HEADER_ORDER = ['next', 'prev', 'last', 'first'];

export interface Listed {
  /** Key of the rows in the body: `releases`, `results`, `wants`. */
  readonly key: string;
  readonly items: number;
  /** How many rows can be paged, when fewer than `items`. */
  readonly reachable?: number;
  /** Mostly an array. */
  rows(start: number, end: number): object;
  /** Keys between `pagination` and the rows. */
  readonly between?: object;
  /** Parameters the links carry although the request had none. */
  readonly linkDefaults?: Readonly<Record<string, string>>;
}

const wholeNumber = (text: string | null, otherwise: number): number => {
  const number = text === null || text.trim() === '' ? Number.NaN : Number(text);
  return Number.isInteger(number) ? number : otherwise;
};

export const requestedPage = (query: URLSearchParams): number =>
  Math.max(1, wholeNumber(query.get('page'), 1));
const requestedPerPage = (query: URLSearchParams): number =>
  Math.min(MAX_PER_PAGE, Math.max(1, wholeNumber(query.get('per_page'), DEFAULT_PER_PAGE)));

function linksOf(path: string, query: URLSearchParams, page: number, pages: number): Record<string, string> {
  const link = (target: number): string => {
    const parameters = new URLSearchParams(query);
    parameters.set('page', String(target));
    return apiUrl(`${path}?${parameters}`);
  };
  return {
    ...(page > 1 ? { first: link(1), prev: link(page - 1) } : {}),
    ...(page < pages ? { last: link(pages), next: link(page + 1) } : {}),
  };
}

export function pageReply(path: string, query: URLSearchParams, list: Listed): Reply {
  const page = requestedPage(query);
  const perPage = requestedPerPage(query);
  const reachable = Math.min(list.items, list.reachable ?? list.items);
  const pages = Math.max(1, Math.ceil(reachable / perPage));
  if (page > pages) return noSuchPage(page);

  const parameters = new URLSearchParams(query);
  for (const [name, value] of Object.entries(list.linkDefaults ?? {})) {
    if (!parameters.has(name)) parameters.set(name, value);
  }
  parameters.set('per_page', String(perPage));
  const urls = linksOf(path, parameters, page, pages);
  const start = (page - 1) * perPage;
  const link = LINK_HEADER_ORDER.flatMap((rel) =>
    urls[rel] === undefined ? [] : [`<${urls[rel]}>; rel="${rel}"`],
  );
  return json(
    200,
    {
      pagination: { page, pages, per_page: perPage, items: list.items, urls },
      ...list.between,
      [list.key]: list.rows(start, Math.min(start + perPage, reachable)),
    },
    link.length === 0 ? {} : { Link: link.join(', ') },
  );
}

/** A list that is already in memory. */
export const rowsOf = <T>(all: readonly T[], row: (item: T) => unknown): Pick<Listed, 'items' | 'rows'> => ({
  items: all.length,
  rows: (start, end) => all.slice(start, end).map(row),
});
