/** A release with its master, rating, prices, and whether the user owns or wants it. */
import { array, compact, type Members, object, objects, positive, text } from '../../lib/looseJson.ts';
import { ownership } from '../projections/databaseRows.ts';
import { cleanName, priceText, webAddress } from '../wording.ts';
import { type ComposeInput, idOf } from './composedOperation.ts';
import { hasFlags, readOwnPath } from './holdings.ts';
import { lean } from './lean.ts';
import type { Reader } from './reader.ts';

/** Of one year and country, no master has more versions. */
const ROWS = '100';
/** By the names of `fields`. */
const LIVE_PARTS = ['prices', 'community', 'ownership'];

/** The row of a list that tells by its flags who has the release: of its master's versions, else of a search. */
async function readFlags(reader: Reader, id: number, release: Members): Promise<Members | undefined> {
  const masterId = positive(release['master_id']);
  const year = text(release['released']).slice(0, 4) || text(positive(release['year']));
  const country = text(release['country']);
  const artist = cleanName(objects(release['artists'])[0]?.['name']);
  const catno = text(objects(release['labels'])[0]?.['catno']);
  const title = text(release['title']);
  const what = 'owned and wanted, by the flags of a list';
  const body =
    masterId === undefined
      ? await reader.read(
          what,
          '/database/search',
          given({ type: 'release', artist, title, catno }),
          'prefer_live',
        )
      : await reader.read(
          what,
          `/masters/${masterId}/versions`,
          given({ released: year, country }),
          'prefer_live',
        );
  if (!body) return undefined;
  const rows = objects(body[masterId === undefined ? 'results' : 'versions']);
  const row = rows.find((one) => hasFlags(one) && positive(one['id']) === id);
  if (!row) reader.note('whether you want it', 'Discogs sent no flags');
  return row;
}

const given = (query: Readonly<Record<string, string>>): Record<string, string> => ({
  ...Object.fromEntries(Object.entries(query).filter(([, value]) => value !== '')),
  per_page: ROWS,
});

/** The user's own copies. */
async function readCopies(reader: Reader, id: number): Promise<readonly Members[] | undefined> {
  const own = await readOwnPath(reader, 'your copies');
  const body = own && (await reader.read('your copies', `${own}/collection/releases/${id}`));
  if (!body) return undefined;
  return array(body['releases']).map((row) => {
    const { instance_id, folder_id, rating, notes } = lean('listCollectionItemsByRelease', object(row));
    return compact({ instance_id, folder_id, rating, notes });
  });
}

async function readOwnership(reader: Reader, id: number, release: Members): Promise<Members> {
  const row = await readFlags(reader, id, release);
  if (row) {
    const { owned, wanted } = ownership(row);
    const copies = owned === true ? await readCopies(reader, id) : undefined;
    return { owned: owned === true, wanted: wanted === true, copies };
  }
  const copies = await readCopies(reader, id);
  return { owned: copies && copies.length > 0, copies };
}

async function readMaster(reader: Reader, release: Members): Promise<Members | undefined> {
  const masterId = positive(release['master_id']);
  if (masterId === undefined) return undefined;
  const master = await reader.read('the master', `/masters/${masterId}`);
  if (!master) return { id: masterId, uri: webAddress('master', masterId) };
  const { id, title, year, main_release_id, uri } = lean('getMaster', master);
  return compact({ id, title, year, main_release_id, uri });
}

async function readPrice(reader: Reader, id: number, query: ComposeInput['query']): Promise<Members> {
  const stats = await reader.read('price statistics', `/marketplace/stats/${id}`, query);
  const { num_for_sale, lowest_price, blocked_from_sale } = stats ?? {};
  return {
    num_for_sale,
    lowest_price: priceText(lowest_price),
    blocked_from_sale: blocked_from_sale === true ? true : undefined,
  };
}

/** Discogs sends the rating with the release; where it does not, the rating has an address of its own. */
async function readRating(reader: Reader, id: number, release: Members): Promise<Members> {
  if (positive(object(object(release['community'])['rating'])['count']) !== undefined) return {};
  const rating = object((await reader.read('the rating', `/releases/${id}/rating`))?.['rating']);
  return compact({ rating: positive(rating['average']), ratings: positive(rating['count']) });
}

/** The live parts that are read: all of them, but for a release from the catalogue only those that are asked for. */
function livePartsOf(reader: Reader, { query, fields }: ComposeInput): ReadonlySet<string> {
  if (!reader.usesCatalogue()) return new Set(LIVE_PARTS);
  const asked = LIVE_PARTS.filter(
    (name) => fields.has(name) || (name === 'prices' && query['curr_abbr'] !== undefined),
  );
  const others = LIVE_PARTS.filter((name) => !asked.includes(name));
  if (others.length > 0) reader.note(others.join(', '), 'live facts, which fields adds');
  return new Set(asked);
}

/** First the release; what belongs to it is read together. */
export async function dossier(reader: Reader, input: ComposeInput): Promise<Members> {
  const { path, query } = input;
  const release = await reader.read('the release', `/releases/${path['release_id']}`);
  if (!release) return {};
  const id = idOf(release, path['release_id']);
  const parts = livePartsOf(reader, input);
  const [master, price, rating, ownershipFound] = await Promise.all([
    readMaster(reader, release),
    parts.has('prices') ? readPrice(reader, id, query) : {},
    parts.has('community') ? readRating(reader, id, release) : {},
    parts.has('ownership') ? readOwnership(reader, id, release) : {},
  ]);
  // A bare price without its currency misleads; that of the statistics has one.
  const { lowest_price: _, community, tracklist, ...shown } = lean('getRelease', release);
  return compact({
    ...shown,
    community: { ...object(community), ...rating },
    ...compact(price),
    master,
    ...ownershipFound,
    tracklist,
  });
}
