/** Several reads at once: the pages of a list, or one record for each item. */
import { type Members, number, object, objects, positive, text } from '../../lib/looseJson.ts';
import type { Asking } from '../../proxy/source.ts';
import { PAGE_ROWS } from '../listAnswer.ts';
import { cleanName } from '../wording.ts';
import type { Reader } from './reader.ts';

/** Rows of a list as far as it was read. */
export interface Rows {
  readonly rows: readonly Members[];
  /** Of the whole list. */
  readonly items: number;
  readonly isComplete: boolean;
}

interface ListToRead {
  /** Its name in `missing`. */
  readonly what: string;
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  /** The member of Discogs' answer with the rows. */
  readonly member: string;
  readonly maxPages: number;
  readonly hint?: Asking['hint'];
}

/** The first page, then the others together. */
export async function readPages(
  reader: Reader,
  { what, path, query, member, maxPages, hint }: ListToRead,
): Promise<Rows> {
  const page = (which: number): Promise<Members | undefined> =>
    reader.read(
      `${what}, page ${which}`,
      path,
      { ...query, page: String(which), per_page: String(PAGE_ROWS) },
      hint,
    );
  const first = await page(1);
  if (!first) return { rows: [], items: 0, isComplete: false };
  const { pages, items } = object(first['pagination']);
  const last = Math.min(number(pages) ?? 1, maxPages, 1 + reader.left());
  const others = await Promise.all(Array.from({ length: Math.max(0, last - 1) }, (_, at) => page(at + 2)));
  const rows = [first, ...others].flatMap((body) => objects(body?.[member]));
  const all = Math.max(number(items) ?? 0, rows.length);
  const isComplete = last >= (number(pages) ?? 1) && !others.includes(undefined);
  if (!isComplete) reader.note(what, `${rows.length} of ${all} were read`);
  return { rows, items: all, isComplete };
}

/** The record of each item, as far as the calls go; undefined for those that were not read. */
export async function readEach(
  reader: Reader,
  items: readonly Members[],
  what: string,
  pathOf: (id: number) => string,
): Promise<readonly (Members | undefined)[]> {
  const within = reader.left();
  const beyond = items.slice(within);
  if (beyond.length > 0) reader.note(`${what} of ${beyond.length} others`);
  return Promise.all(
    items.slice(0, within).map((item) => {
      const id = positive(item['id']);
      const name = cleanName(item['name']) || text(item['title']) || 'a nameless one';
      return id === undefined ? undefined : reader.read(`${what} of ${name}`, pathOf(id));
    }),
  );
}
