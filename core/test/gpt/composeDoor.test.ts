/** Composed reads through the door for agents: parameters, keys and sizes. */
import { createGptDoor } from '@discogs-agent/core/gpt';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { json, row } from '../support/anyJson.ts';
import { answer, call, fakeFetcher, gateway } from '../support/fakes.ts';

const PATHS = [
  '/identify?title=x',
  '/identify?barcode=12345678&artist=y',
  '/releases/1/dossier',
  '/masters/1/mine',
  '/artists/1/missing',
  '/artists/1/group',
  '/artists/1/group?part=members',
  '/labels/1/tree',
];

async function ask(
  target: string,
  body: unknown = {},
  options: Parameters<typeof call>[2] = {},
  method = 'GET',
) {
  const fetcher = fakeFetcher(answer(200, JSON.stringify(body)));
  const door = createGptDoor(gateway({ fetcher }), () => 0);
  const made = await door.handle(call(method, `/gpt${target}`, options));
  const text = new TextDecoder().decode(made.body);
  return { status: made.status, text, calls: fetcher.requests.length, headers: made.headers };
}
const withMax = (target: string, chars: number) =>
  `${target}${target.includes('?') ? '&' : '?'}max_chars=${chars}`;

describe('a composed answer', () => {
  const lists = ['members', 'groups', 'sublabels', 'releases', 'versions', 'results'] as const;
  const anything = fc
    .tuple(row, fc.array(fc.oneof(row, json), { maxLength: 40 }), fc.oneof(json, fc.constant({ pages: 9 })))
    .map(([record, rows, pagination]) => ({
      ...record,
      ...Object.fromEntries(lists.map((name) => [name, rows])),
      pagination,
    }));

  it.each(PATHS)('fits at %s, whatever Discogs sends', async (path) => {
    await fc.assert(
      fc.asyncProperty(anything, fc.constantFrom(1000, 1500, 4000, 20_000), async (body, chars) => {
        const { text } = await ask(withMax(path, chars), body);
        expect(text.length).toBeLessThanOrEqual(chars);
        JSON.parse(text);
      }),
      { numRuns: 10 },
    );
  });

  it('goes on with part and skip until every member was shown once', async () => {
    const members = Array.from({ length: 60 }, (_, index) => ({
      id: index + 1,
      name: `Member number ${index}`,
    }));
    const seen: number[] = [];
    let skip: number | undefined = 0;
    while (skip !== undefined) {
      const { text } = await ask(`/artists/99/group?part=members&skip=${skip}&max_chars=1500`, {
        id: 99,
        members,
      });
      const shown = JSON.parse(text) as { results: { id: number }[]; next?: { skip: number } };
      seen.push(...shown.results.map(({ id }) => id));
      skip = shown.next?.skip;
    }
    expect(seen).toEqual(members.map(({ id }) => id));
  });

  it('may be kept by nobody, since it tells of a collection', async () => {
    const { headers } = await ask('/masters/1/mine', { id: 1 });
    expect(headers['cache-control']).toBe('private, no-store');
    expect(headers).not.toHaveProperty('x-cache');
  });
});

describe('a composed read', () => {
  it.each([
    ['/identify?titel=x', 'titel'],
    ['/identify?barcode=ABC-123', 'barcode'],
    ['/identify?barcode=', 'barcode'],
    ['/identify?year=199', 'year'],
    ['/identify?artist=x', 'query'],
    ['/identify', 'query'],
    ['/identify?title=x&fields=images', 'fields'],
    ['/identify?title=x&per_page=5', 'per_page'],
    ['/releases/1/dossier?curr_abbr=XXX', 'curr_abbr'],
    ['/releases/1/dossier?max_chars=1', 'max_chars'],
    ['/masters/1/mine?max_chars=0', 'max_chars'],
    ['/labels/1/tree?max_chars=10000000', 'max_chars'],
  ])('refuses %s and says what to do, without a call', async (target, field) => {
    const { status, text, calls } = await ask(target);
    expect(status).toBe(400);
    expect(JSON.parse(text)).toMatchObject({
      error: 'invalid_request',
      field,
      next_step: expect.any(String),
    });
    expect(calls).toBe(0);
  });

  it.each(['/releases/abc/dossier', '/labels/1.5/tree', '/artists/%E0/group'])(
    'refuses the id of %s',
    async (target) => {
      const { status, text, calls } = await ask(target);
      expect([status, calls]).toEqual([400, 0]);
      expect(JSON.parse(text)).toHaveProperty('next_step');
    },
  );

  it.each(['/identify?nonsense=1', '/labels/1/tree'])(
    'tells nothing of %s to those without a key',
    async (target) => {
      const { status, text } = await ask(target, {}, { headers: { 'x-api-key': 'wrong' } });
      expect(status).toBe(401);
      expect(JSON.parse(text)).toMatchObject({ reason: 'api_key_mismatch' });
    },
  );

  it('only reads: other methods lead nowhere, HEAD has no body', async () => {
    expect(await ask('/labels/1/tree', {}, { body: '{}' }, 'POST')).toMatchObject({ status: 404, calls: 0 });
    expect(await ask('/labels/1/tree', { id: 1 }, {}, 'HEAD')).toMatchObject({ status: 200, text: '' });
  });
});
