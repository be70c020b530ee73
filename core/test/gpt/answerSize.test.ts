/** No answer of the door for agents is longer than its caller allows, whatever Discogs sends. */
import { createGptDoor } from '@discogs-agent/core/gpt';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { fitRecord } from '../../src/gpt/fit.ts';
import type { Members } from '../../src/lib/looseJson.ts';
import { json, row, rowsOf } from '../support/anyJson.ts';
import { answer, call, fakeFetcher, gateway } from '../support/fakes.ts';

const decoder = new TextDecoder();
const CASES: readonly (readonly [string, fc.Arbitrary<unknown>])[] = [
  ['/gpt/releases/1', fc.oneof(row, json)],
  ['/gpt/releases/1?fields=images,videos,notes,credits,companies,identifiers', row],
  ['/gpt/releases/1?part=tracklist', row],
  ['/gpt/masters/1', row],
  ['/gpt/artists/1', row],
  ['/gpt/labels/1', row],
  ['/gpt/database/search?q=x', rowsOf('results')],
  ['/gpt/masters/1/versions', rowsOf('versions')],
  ['/gpt/masters/1/versions?year_from=1990', rowsOf('versions')],
  ['/gpt/artists/1/releases?skip=3', rowsOf('releases')],
  ['/gpt/users/a/wants', rowsOf('wants')],
  ['/gpt/users/a/collection/folders/0/releases?fields=images', rowsOf('releases')],
  ['/gpt/marketplace/price_suggestions/1', row],
  ['/gpt/users/a', row],
];

async function ask(target: string, body: unknown, status = 200): Promise<string> {
  const answers = Array.from({ length: 8 }, () => answer(status, JSON.stringify(body)));
  const door = createGptDoor(gateway({ fetcher: fakeFetcher(...answers) }), () => 0);
  return decoder.decode((await door.handle(call('GET', target))).body);
}

describe('an answer for an agent', () => {
  it.each(CASES)('fits at %s, whatever Discogs sends', async (target, body) => {
    const withMax = (chars: number) => `${target}${target.includes('?') ? '&' : '?'}max_chars=${chars}`;
    await fc.assert(
      fc.asyncProperty(body, fc.constantFrom(1000, 1001, 1500, 4000, 20_000), async (sent, chars) => {
        const text = await ask(withMax(chars), sent);
        expect(text.length).toBeLessThanOrEqual(chars);
        JSON.parse(text);
      }),
      { numRuns: 12 },
    );
  });

  it('fits when Discogs sends 20 MB', async () => {
    const tracklist = Array.from({ length: 200_000 }, (_, index) => ({
      type_: 'track',
      position: String(index),
      title: 'A title of about seventy characters, as long ones of compilations are',
    }));
    const text = await ask('/gpt/releases/1', { id: 1, title: 'Everything', tracklist });
    expect(JSON.stringify(tracklist).length).toBeGreaterThan(20e6);
    expect(text.length).toBeLessThanOrEqual(20_000);
    const shown = JSON.parse(text) as { truncated: boolean; tracklist: string[]; next: unknown };
    expect(shown.truncated).toBe(true);
    expect(shown.next).toEqual({ part: 'tracklist', skip: shown.tracklist.length });
  }, 30_000);

  it('fits when it is an error with a long message', async () => {
    const text = await ask('/gpt/releases/1?max_chars=1000', { message: '\n'.repeat(900) }, 404);
    expect(text.length).toBeLessThanOrEqual(1000);
    expect(JSON.parse(text)).toMatchObject({ error: 'not_found' });
  });
});

describe('cutting', () => {
  it('loses nothing where there is room, and ends at the end of an item', () => {
    const record = { id: 1, lines: ['one', 'two', 'three'], title: 'x' };
    expect(fitRecord(record, 200)).toEqual({ value: record, omitted: {} });
    const { value, omitted } = fitRecord(record, 40);
    expect(value).toEqual({ id: 1, lines: ['one'], title: 'x' });
    expect(omitted).toEqual({ lines: 2 });
  });

  it('leaves out what nothing is left of: an empty list would say that there is none', () => {
    const record = { id: 1, owned: [{ title: 'x'.repeat(90) }], best: { title: 'x'.repeat(30) } };
    expect(fitRecord(record, 30)).toEqual({ value: { id: 1 }, omitted: { owned: 1, best: 1 } });
    expect(fitRecord({ id: 1, part: record }, 70).value).toEqual({ id: 1, part: { id: 1 } });
  });

  it('fits every record into every room', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), json), fc.integer({ min: 2, max: 3000 }), (record, chars) => {
        expect(JSON.stringify(fitRecord(record as Members, chars).value).length).toBeLessThanOrEqual(chars);
      }),
      { numRuns: 60 },
    );
  });
});

describe('a list that was cut', () => {
  it('goes on with next until every row was shown once', async () => {
    const results = Array.from({ length: 100 }, (_, index) => ({
      id: index + 1,
      type: 'release',
      title: `Artist - Record ${index}`,
      format: ['Vinyl'],
    }));
    const body = { pagination: { page: 1, pages: 1, items: 100 }, results };
    const seen: number[] = [];
    let query = '';
    for (let calls = 0; calls < 40; calls += 1) {
      const text = await ask(`/gpt/database/search?q=x&max_chars=1500${query}`, body);
      const page = JSON.parse(text) as { results: { id: number }[]; next?: { page: number; skip: number } };
      seen.push(...page.results.map(({ id }) => id));
      if (!page.next) break;
      query = `&page=${page.next.page}&skip=${page.next.skip}`;
    }
    expect(seen).toEqual(results.map(({ id }) => id));
  });
});
