/** The versions of a master that the user owns or wants, and the cheapest for sale. */
import { compact, type Members, number, object, positive, text } from '../../lib/looseJson.ts';
import { ownership } from '../projections/databaseRows.ts';
import { priceText } from '../wording.ts';
import { type ComposeInput, idOf } from './composedOperation.ts';
import { hasFlags, readCollection } from './holdings.ts';
import { lean } from './lean.ts';
import type { Reader } from './reader.ts';
import { readPages } from './readMany.ts';

const VERSION_PAGES = 3;
/** Where Discogs' pages list all copies, the cheapest first. */
const copiesFrom = (masterId: number): string =>
  `https://www.discogs.com/sell/list?sort=price%2Casc&master_id=${masterId}`;

interface Priced {
  readonly row: Members;
  readonly stats: Members;
}

const priceOf = ({ stats }: Priced): number =>
  number(object(stats['lowest_price'])['value']) ?? Number.POSITIVE_INFINITY;

/** Statistics of as many versions as there are calls for: the first alone, since it may show that there are none. */
async function readPrices(
  reader: Reader,
  rows: readonly Members[],
  query: ComposeInput['query'],
): Promise<readonly Priced[]> {
  const read = async (row: Members): Promise<readonly Priced[]> => {
    const path = `/marketplace/stats/${text(row['id'])}`;
    const stats = await reader.read('prices of versions', path, query);
    return stats ? [{ row, stats }] : [];
  };
  const [first, ...others] = rows;
  if (!first) return [];
  const found = await read(first);
  if (found.length === 0) return [];
  const within = reader.left();
  if (others.length > within) reader.note(`prices of ${others.length - within} other versions`);
  const more = await Promise.all(others.slice(0, within).map(read));
  return [...found, ...more.flat()];
}

function cheapestOf(priced: readonly Priced[]): Members | undefined {
  const [cheapest] = priced
    .filter((one) => Number.isFinite(priceOf(one)))
    .sort((one, other) => priceOf(one) - priceOf(other));
  if (!cheapest) return undefined;
  const { lowest_price, num_for_sale } = cheapest.stats;
  return compact({
    ...lean('getMasterVersions', cheapest.row),
    lowest_price: priceText(lowest_price),
    num_for_sale: number(num_for_sale),
  });
}

/** The price of a master has no currency; it is the one in which the statistics answer unless asked otherwise. */
function lowestOfAll(
  master: Members,
  priced: readonly Priced[],
  query: ComposeInput['query'],
): string | undefined {
  const currency = priced.map(({ stats }) => text(object(stats['lowest_price'])['currency'])).find(Boolean);
  if (currency === undefined || query['curr_abbr'] !== undefined) return undefined;
  return priceText({ value: master['lowest_price'], currency });
}

/** Wanted versions are priced first, then the main release, then the others. */
function inOrderOfInterest(rows: readonly Members[], master: Members): readonly Members[] {
  const main = positive(master['main_release']);
  const interest = (row: Members): number =>
    ownership(row)['wanted'] === true ? 2 : positive(row['id']) === main ? 1 : 0;
  return rows.toSorted((one, other) => interest(other) - interest(one));
}

/** First the master, then its versions, then prices. */
export async function mine(reader: Reader, { path, query }: ComposeInput): Promise<Members> {
  // Its price and its number of copies are a part of the question.
  const master = await reader.read('the master', `/masters/${path['master_id']}`, {}, 'prefer_live');
  if (!master) return {};
  const id = idOf(master, path['master_id']);
  const { rows, items, isComplete } = await readPages(reader, {
    what: 'versions',
    path: `/masters/${id}/versions`,
    member: 'versions',
    maxPages: VERSION_PAGES,
    // Its flags say who owns what, which is the question.
    hint: 'prefer_live',
  });
  // None and unknown are different.
  const isUnread = rows.length === 0 && !isComplete;
  const isFlagged = rows.some(hasFlags);
  const isOwned = isFlagged
    ? (row: Members) => ownership(row)['owned'] === true
    : rows.length > 0
      ? await readCollection(reader)
      : undefined;
  if (!isFlagged && rows.length > 0) reader.note('wanted versions', 'Discogs sent no flags');
  const shown = (wanted: (row: Members) => boolean): readonly Members[] =>
    rows.filter(wanted).map((row) => {
      const { owned: _, wanted: __, ...version } = lean('getMasterVersions', row);
      return version;
    });
  const owned = isOwned ? shown(isOwned) : undefined;
  const wanted = isFlagged ? shown((row) => ownership(row)['wanted'] === true) : undefined;
  const priced = await readPrices(reader, inOrderOfInterest(rows, master), query);
  const { title, artists, year, num_for_sale, uri } = lean('getMaster', master);
  return {
    ...compact({ id, type: 'master', title, artists, year, uri }),
    ...(owned ? { owned } : {}),
    ...(wanted ? { wanted } : {}),
    ...compact({
      versions: isUnread ? undefined : items,
      searched: rows.length < items ? rows.length : undefined,
      num_for_sale,
      lowest_price: lowestOfAll(master, priced, query),
      cheapest_priced_version: cheapestOf(priced),
      priced_versions: isUnread ? undefined : priced.length,
      copies_by_price: copiesFrom(id),
    }),
  };
}
