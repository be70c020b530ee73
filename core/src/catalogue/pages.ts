/**
 * Pages of a list as Discogs makes them: 50 rows unless asked otherwise, 100 at most, and links that repeat the query.
 * @see https://www.discogs.com/developers#page:home,header:home-pagination
 */
import type { Slice } from './catalogueStore.ts';

const DEFAULT_PER_PAGE = 50;
const MAX_PER_PAGE = 100;
const ORIGIN = 'https://api.discogs.com';
/** The header names the relations in this order, the body in that of `linksOf`. */
const HEADER_ORDER = ['next', 'prev', 'last', 'first'];

export type Query = readonly (readonly [string, string])[];

/** One page as it was asked for. */
export interface PageRequest {
  readonly page: number;
  readonly perPage: number;
  readonly slice: Slice;
}

/** The first value of a query parameter. */
export const parameterOf = (query: Query, name: string): string | undefined =>
  query.find(([given]) => given === name)?.[1];

/** Values outside of Discogs' bounds become the nearest one inside. */
export function pageRequest(query: Query): PageRequest {
  const page = Math.max(1, Number(parameterOf(query, 'page') ?? 1));
  const asked = Number(parameterOf(query, 'per_page') ?? DEFAULT_PER_PAGE);
  const perPage = Math.min(MAX_PER_PAGE, Math.max(1, asked));
  return { page, perPage, slice: { offset: (page - 1) * perPage, limit: perPage } };
}

/** The number of pages of so many rows. */
export const pagesOf = (items: number, perPage: number): number => Math.max(1, Math.ceil(items / perPage));

function linksOf(path: string, query: Query, { page, perPage }: PageRequest, pages: number) {
  const link = (target: number): string => {
    const parameters = new URLSearchParams(query.map(([name, value]) => [name, value]));
    parameters.set('per_page', String(perPage));
    parameters.set('page', String(target));
    return `${ORIGIN}${path}?${parameters}`;
  };
  return {
    ...(page > 1 ? { first: link(1), prev: link(page - 1) } : {}),
    ...(page < pages ? { last: link(pages), next: link(page + 1) } : {}),
  };
}

/** The member `pagination` and the header `Link` of a page. `reachable` rows of all `items` can be paged. */
export function pagination(
  path: string,
  query: Query,
  request: PageRequest,
  items: number,
  reachable: number,
) {
  const { page, perPage } = request;
  const pages = pagesOf(Math.min(items, reachable), perPage);
  const urls: Readonly<Record<string, string>> = linksOf(path, query, request, pages);
  const link = HEADER_ORDER.flatMap((rel) => (urls[rel] ? [`<${urls[rel]}>; rel="${rel}"`] : [])).join(', ');
  return {
    pagination: { page, pages, per_page: perPage, items, urls },
    link: link === '' ? undefined : link,
  };
}
