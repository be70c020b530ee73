/** The sandbox's records as a dump has them: without pictures, prices, figures of the community and names of submitters. */
import type { RecordKind } from '@discogs-agent/core/catalogue';
import { COMPOSED_RECORDS, COMPOSED_RECORDS_FROM, SANDBOX_TOKEN, startSandbox } from '@discogs-agent/sandbox';

/** A record in the API's shape. */
export type ApiRecord = Readonly<Record<string, unknown>> & { readonly id: number };

const KINDS = { artists: 'artist', labels: 'label', masters: 'master', releases: 'release' } as const;
/** What no dump has, at any depth. */
const LIVE = new Set([
  ...['community', 'num_for_sale', 'lowest_price', 'images', 'thumb', 'thumbnail_url', 'date_added'],
  ...['date_changed', 'estimated_weight', 'blocked_from_sale', 'is_offensive'],
  ...['most_recent_release', 'most_recent_release_url'],
]);

/** Masses of records for benchmarks, which a search lists last. */
const isComposed = (id: number): boolean =>
  id >= COMPOSED_RECORDS_FROM && id < COMPOSED_RECORDS_FROM + COMPOSED_RECORDS;

const withoutLive = (name: string, value: unknown): unknown => (LIVE.has(name) ? undefined : value);

interface Found {
  readonly pagination: { readonly pages: number };
  readonly results: readonly { readonly id: number }[];
}

/** Reads all records of a sandbox, over its API. */
export async function readSandboxRecords(): Promise<Readonly<Record<RecordKind, readonly ApiRecord[]>>> {
  const sandbox = await startSandbox({ limits: { authenticated: 1_000_000, anonymous: 1_000_000 } });
  const headers = {
    authorization: `Discogs token=${SANDBOX_TOKEN}`,
    'user-agent': 'catalogue-of-the-tests/1',
  };
  const get = async (path: string): Promise<unknown> =>
    (await fetch(`${sandbox.url}${path}`, { headers })).json();

  async function idsOf(type: string): Promise<readonly number[]> {
    const ids: number[] = [];
    for (let page = 1; ; page += 1) {
      const found = (await get(`/database/search?type=${type}&per_page=100&page=${page}`)) as Found;
      const real = found.results.map(({ id }) => id).filter((id) => !isComposed(id));
      ids.push(...real);
      if (real.length < found.results.length || page >= found.pagination.pages) return ids;
    }
  }

  async function recordsOf(kind: RecordKind): Promise<readonly ApiRecord[]> {
    const ids = await idsOf(KINDS[kind]);
    const records = await Promise.all(ids.map((id) => get(`/${kind}/${id}`)));
    return JSON.parse(JSON.stringify(records, withoutLive));
  }

  const [artists, labels, masters, releases] = await Promise.all([
    recordsOf('artists'),
    recordsOf('labels'),
    recordsOf('masters'),
    recordsOf('releases'),
  ]);
  await sandbox.close();
  return { artists, labels, masters, releases };
}
