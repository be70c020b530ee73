/** The number of calls of composed reads, and what happens when one of them fails. */
import { catalog } from '@discogs-agent/core';
import { composedOperations } from '@discogs-agent/core/gpt';
import { describe, expect, it } from '@jest/globals';
import { LATEST_START_MS } from '../../src/gpt/compose/reader.ts';
import type { AskInner } from '../../src/gpt/inner.ts';
import type { Members } from '../../src/lib/looseJson.ts';
import { compose, tableOf, WAIT_SECONDS } from '../support/composing.ts';

const many = (make: (id: number) => Members): Members[] =>
  Array.from({ length: 100 }, (_, index) => make(index + 1));
const named = many((id) => ({ id, name: `Name ${id}`, groups: [], sublabels: [] }));
/** Without flags, so that the collection is read as well. */
const rows = many((id) => ({ id, type: 'release', title: `A - T ${id}`, role: 'Main', format: 'Album' }));
/** A Discogs that has more of everything than any number of calls can read. */
const endless: Members = {
  id: 1,
  name: 'Name',
  title: 'Title',
  username: 'somebody',
  master_id: 2,
  country: 'UK',
  released: '1987',
  members: named,
  sublabels: named,
  parent_label: { id: 3, name: 'Parent' },
  results: [],
  versions: rows,
  releases: rows,
  lowest_price: { value: 1, currency: 'EUR' },
  pagination: { page: 1, pages: 99, items: 9900 },
};

const TARGETS: Readonly<Record<string, string>> = {
  identifyRecord: '/identify?barcode=075596174022&catno=X&artist=a&title=t&country=UK&year=1999&format=LP',
  getReleaseDossier: '/releases/1/dossier',
  listMyVersions: '/masters/1/mine',
  listMissingAlbums: '/artists/1/missing',
  getGroup: '/artists/1/group',
  getLabelTree: '/labels/1/tree',
};
const OPERATIONS = composedOperations.map((operation) => [operation.id, operation] as const);

/** The endless one, with an error in place of the answer to each read from the `from`th on. */
function failing(from: number, status: number): { ask: AskInner; asked: string[] } {
  const { ask: good, asked } = tableOf({});
  const reply =
    (answered: number): AskInner =>
    async (path, query) => {
      const { answer, body } = await good(path, query);
      if (answered >= from) {
        const error = status === 429 ? { error: 'rate_limited', reset: WAIT_SECONDS } : body;
        return { kind: 'error', answer: { ...answer, status }, body: error };
      }
      return { kind: 'ok', answer: { ...answer, status: 200 }, body: endless };
    };
  return { ask: (path, query) => reply(asked.length + 1)(path, query), asked };
}

describe('a composed read', () => {
  it('has a target in this test', () => {
    expect(Object.keys(TARGETS)).toEqual(composedOperations.map(({ id }) => id));
  });

  it.each(OPERATIONS)('%s has a name of its own, and the parameters of its path', (id, operation) => {
    expect(catalog.map((other) => other.id)).not.toContain(id);
    const inPath = [...operation.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
    expect(Object.keys(operation.pathParameters)).toEqual(inPath);
  });

  it.each(OPERATIONS)(
    '%s says how many calls it takes at most, in what an Action can read',
    (_, operation) => {
      expect(operation.description).toContain(`At most ${operation.maxCalls} calls to Discogs.`);
      expect(operation.description.length).toBeLessThanOrEqual(300);
    },
  );

  it.each(OPERATIONS)(
    '%s uses these calls and no more, and says what it left out',
    async (id, { maxCalls }) => {
      const { ask, asked } = failing(Number.POSITIVE_INFINITY, 500);
      const { kind, body } = await compose(TARGETS[id] ?? '', ask);
      expect(kind).toBe('answer');
      expect(asked).toHaveLength(maxCalls);
      expect(body['missing']).toEqual(expect.arrayContaining([expect.any(String)]));
    },
  );

  it.each(OPERATIONS)('%s is the failure of its first read where that fails', async (id) => {
    const { ask, asked } = failing(1, 429);
    const { kind, body } = await compose(TARGETS[id] ?? '', ask);
    expect(kind).toBe('failed');
    expect(body).toMatchObject({ error: 'rate_limited', reset: WAIT_SECONDS });
    expect(asked).toHaveLength(1);
  });

  it.each(
    OPERATIONS.flatMap(([id, { maxCalls }]) =>
      Array.from({ length: maxCalls - 1 }, (_, at) => [id, at + 2] as const),
    ),
  )('%s gives what it has when the rate limit comes at read %i', async (id, from) => {
    const { ask, asked } = failing(from, 429);
    const { kind, body } = await compose(TARGETS[id] ?? '', ask);
    expect(kind).toBe('answer');
    expect(asked.length).toBeGreaterThanOrEqual(from);
    expect(String(body['missing'])).toContain(': rate limit reached');
    expect(body['retry_in_seconds']).toBe(WAIT_SECONDS);
    expect(body['next_step']).toContain('retry_in_seconds');
  });

  it('asks no more after a rate limit', async () => {
    const { ask, asked } = failing(2, 429);
    const { body } = await compose('/labels/1/tree', ask);
    expect(asked).toEqual(['/labels/1', '/labels/3']);
    expect(body).toMatchObject({ id: 1, parent: { id: 3, name: 'Parent' } });
    expect(body['missing']).toEqual([
      'what stands above the parent; sublabels of 100 others: rate limit reached',
    ]);
  });

  it('goes on after a record that is gone, or a failure of one', async () => {
    const { ask, asked } = tableOf({
      '/artists/1': { id: 1, name: 'Band', members: [2, 3, 4].map((id) => ({ id, name: `M${id}` })) },
      '/artists/2': 404,
      '/artists/3': 502,
      '/artists/4': {
        id: 4,
        groups: [
          { id: 1, name: 'Band' },
          { id: 9, name: 'Other (2)' },
        ],
      },
    });
    const { body } = await compose('/artists/1/group', ask);
    expect(asked).toHaveLength(4);
    expect(body['members']).toEqual([
      { id: 2, name: 'M2' },
      { id: 3, name: 'M3' },
      { id: 4, name: 'M4', other_groups: ['Other (9)'] },
    ]);
    expect(body['missing']).toEqual([
      'other groups of M2: not found at Discogs',
      'other groups of M3: Discogs failed',
    ]);
    expect(body).not.toHaveProperty('retry_in_seconds');
  });

  it('begins no read that its caller would not wait for', async () => {
    const { ask, asked } = failing(Number.POSITIVE_INFINITY, 500);
    const now = () => (asked.length >= 2 ? LATEST_START_MS + 1 : 0);
    const { body } = await compose('/labels/1/tree', ask, now);
    expect(asked).toEqual(['/labels/1', '/labels/3']);
    expect(body['missing']).toEqual(['sublabels of 100 others: no time was left']);
    expect(body['next_step']).toMatch(/^Ask again/);
  });

  it('leaves out what the gateway does not offer', async () => {
    const { ask } = tableOf({ '/masters/1': { id: 1, title: 'T' }, '/masters/1/versions': endless });
    const withoutStats: AskInner = async (path, query) =>
      path.startsWith('/marketplace/')
        ? { ...(await ask('/none', query)), body: { error: 'not_found', reason: 'no_such_route' } }
        : ask(path, query);
    const { body } = await compose('/masters/1/mine', withoutStats);
    expect(body['missing']).toContain('prices of versions: not offered by this gateway');
    expect(body).not.toHaveProperty('cheapest_priced_version');
  });

  it.each(OPERATIONS)('%s stands empty answers', async (id) => {
    const { ask } = tableOf({});
    const empty: AskInner = async (path, query) => {
      const { answer } = await ask(path, query);
      return { kind: 'ok', answer: { ...answer, status: 200 }, body: {} };
    };
    expect((await compose(TARGETS[id] ?? '', empty)).kind).toBe('answer');
  });
});
