/** Composed reads through the running proxy, with the sandbox behind it. */
import { catalog } from '@discogs-agent/core';
import { composedOperations } from '@discogs-agent/core/gpt';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openTestGateway, type TestGateway } from './support/testGateway.ts';

/** Prices are a part where the catalog has them, and are said to be missing where it has not. */
const hasPrices = catalog.some(({ path }) => path === '/marketplace/stats/{release_id}');
const priced = (what: string, members: object): object =>
  hasPrices ? members : { missing: [`${what}: not offered by this gateway`] };

interface Row {
  readonly id: string;
  readonly target: string;
  /** Paths of the calls to Discogs apart from prices, in any order. */
  readonly calls: readonly unknown[];
  readonly tells: object;
}

const SEARCH = '/database/search';
const ROWS: readonly Row[] = [
  {
    id: 'identifyRecord',
    target: '/identify?barcode=5%20012394-144777',
    calls: [SEARCH],
    tells: { results: [{ id: 249504, why: ['barcode'], catno: 'PB 41447' }] },
  },
  {
    id: 'identifyRecord',
    target: '/identify?matrix=PB%2041447%20A&year=1999',
    calls: [SEARCH, SEARCH],
    tells: { dropped: 'year', results: [{ id: 249504, why: ['matrix'], differs: ['year is 1987'] }] },
  },
  {
    id: 'identifyRecord',
    target: '/identify?artist=Rick%20Astly&title=Never%20Gonna%20Give%20You%20Up',
    calls: [SEARCH, SEARCH],
    tells: { dropped: 'artist', results: [{ id: 96559, type: 'master', why: ['title', 'artist nearly'] }] },
  },
  {
    id: 'getReleaseDossier',
    target: '/releases/249504/dossier',
    calls: ['/releases/249504', '/masters/96559', '/masters/96559/versions'],
    tells: {
      id: 249504,
      master: { id: 96559, year: 1987 },
      owned: false,
      wanted: false,
      community: { rating: 3.96 },
      ...priced('price statistics', { lowest_price: expect.stringMatching(/^\d+\.\d\d USD$/) }),
    },
  },
  {
    id: 'listMyVersions',
    target: '/masters/96559/mine',
    calls: ['/masters/96559', '/masters/96559/versions'],
    tells: {
      id: 96559,
      owned: [{ catno: '5347-7-R' }],
      wanted: [],
      versions: 3,
      ...priced('prices of versions', {
        priced_versions: 3,
        cheapest_priced_version: { lowest_price: expect.stringMatching(/^\d+\.\d\d USD$/) },
      }),
    },
  },
  {
    id: 'listMissingAlbums',
    target: '/artists/125246/missing',
    calls: ['/artists/125246', SEARCH, '/artists/125246/releases'],
    tells: { name: 'Nirvana', owned_albums: 1, results: [{ title: 'Bleach', wanted: true }] },
  },
  {
    id: 'getGroup',
    target: '/artists/3898/group',
    calls: ['/artists/3898', ...Array.from({ length: 4 }, () => expect.stringMatching(/^\/artists\/\d+$/))],
    tells: {
      name: 'Joy Division',
      members: expect.arrayContaining([
        expect.objectContaining({
          name: 'Bernard Sumner',
          other_groups: [expect.stringMatching(/^New Order/)],
        }),
        expect.objectContaining({ name: 'Ian Curtis', other_groups: [] }),
      ]),
    },
  },
  {
    id: 'getLabelTree',
    target: '/labels/1/tree',
    calls: ['/labels/1', '/labels/86537', '/labels/41841'],
    tells: {
      name: 'Planet E',
      sublabels: [
        { id: 86537, name: 'Antidote', sublabels: [] },
        { id: 41841, sublabels: [] },
      ],
    },
  },
  {
    id: 'getLabelTree',
    target: '/labels/86537/tree',
    calls: ['/labels/86537', '/labels/1'],
    tells: { name: 'Antidote', parent: { id: 1, name: 'Planet E' }, sublabels: [] },
  },
];

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await openTestGateway();
});
afterAll(() => gateway.close());

describe('a composed read', () => {
  it('is here at least once, each of them', () => {
    expect(new Set(ROWS.map(({ id }) => id))).toEqual(new Set(composedOperations.map(({ id }) => id)));
  });

  it.each(ROWS)('$id answers $target from these calls', async ({ target, calls, tells }) => {
    gateway.sandbox.requests.length = 0;
    const { status, text } = await gateway.ask(`/gpt${target}`);
    expect(status).toBe(200);
    expect(JSON.parse(text)).toMatchObject(tells);
    const asked = gateway.sandbox.requests.map(({ path }) => path.split('?')[0]);
    const others = asked.filter((path) => !path?.startsWith('/marketplace/stats/'));
    expect(others).toHaveLength(calls.length);
    expect(others).toEqual(expect.arrayContaining([...calls]));
  });

  it('knows a record that was just added, when it is asked afresh', async () => {
    const added = await gateway.ask('/users/crate_digger/collection/folders/1/releases/249504', {
      method: 'POST',
    });
    expect(added.status).toBe(201);
    const { text } = await gateway.ask('/gpt/releases/249504/dossier');
    expect(JSON.parse(text)).toMatchObject({ owned: true });
  });

  it('is the failure of its first call', async () => {
    const { status, text } = await gateway.ask('/gpt/releases/1999999999/dossier');
    expect(status).toBe(404);
    expect(JSON.parse(text)).toMatchObject({ error: 'not_found', next_step: expect.any(String) });
  });

  it('gives what it has when Discogs refuses in the middle, and says when to ask again', async () => {
    const other = await openTestGateway();
    other.sandbox.fault({
      path: '/labels/41841',
      times: 0,
      fault: { kind: 'status', status: 429, headers: { 'retry-after': '120' } },
    });
    const { status, text } = await other.ask('/gpt/labels/1/tree');
    expect(status).toBe(200);
    const tree = JSON.parse(text) as { retry_in_seconds: number };
    expect(tree).toMatchObject({
      name: 'Planet E',
      missing: [expect.stringMatching(/^sublabels of .*Community Projects.*: rate limit reached$/)],
      next_step: expect.any(String),
    });
    expect(tree.retry_in_seconds).toBeGreaterThan(100);
    await other.close();
  });
});
