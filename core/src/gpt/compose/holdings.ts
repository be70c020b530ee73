/** What the token's own user has: by Discogs' flags in its lists, else from the collection. */
import { type Members, object, positive, text } from '../../lib/looseJson.ts';
import type { Reader } from './reader.ts';
import { readPages } from './readMany.ts';

const COLLECTION_PAGES = 4;
const WHAT = 'your collection';

/** True for a row that says whether its reader has it. */
export const hasFlags = (row: Members): boolean =>
  row['user_data'] !== undefined || object(row['stats'])['user'] !== undefined;

/** The path of the user's own pages; undefined without one. */
export async function readOwnPath(reader: Reader, what: string): Promise<string | undefined> {
  const username = text((await reader.read(what, '/oauth/identity'))?.['username']);
  return username === '' ? undefined : `/users/${encodeURIComponent(username)}`;
}

/** Says of a row of releases and masters whether the collection has it; undefined where that cannot be read. */
export async function readCollection(reader: Reader): Promise<((row: Members) => boolean) | undefined> {
  const own = await readOwnPath(reader, WHAT);
  if (own === undefined) return undefined;
  const path = `${own}/collection/folders/0/releases`;
  const { rows, isComplete } = await readPages(reader, {
    what: WHAT,
    path,
    member: 'releases',
    maxPages: COLLECTION_PAGES,
  });
  if (rows.length === 0 && !isComplete) return undefined;
  const ids = (name: string): ReadonlySet<number | undefined> =>
    new Set(rows.map((row) => positive(object(row['basic_information'])[name]) ?? positive(row[name])));
  const [releases, masters] = [ids('id'), ids('master_id')];
  return (row) => (row['type'] === 'master' ? masters : releases).has(positive(row['id']));
}
