/** Texts that anybody may write at Discogs, and answers of odd shapes: they end at once, and nothing of use is lost. */
import { createGptDoor } from '@discogs-agent/core/gpt';
import { describe, expect, it } from '@jest/globals';
import { fitRecord } from '../../src/gpt/fit.ts';
import { databaseRows } from '../../src/gpt/projections/databaseRows.ts';
import { plainText } from '../../src/gpt/wording.ts';
import { answer, call, fakeFetcher, gateway } from '../support/fakes.ts';

const decoder = new TextDecoder();

async function ask(target: string, ...bodies: readonly unknown[]): Promise<Record<string, unknown>> {
  const fetcher = fakeFetcher(...bodies.map((body) => answer(200, JSON.stringify(body))));
  const door = createGptDoor(gateway({ fetcher }), () => 0);
  return JSON.parse(decoder.decode((await door.handle(call('GET', target))).body));
}

describe('a long text of an answer', () => {
  // Each of them took from 10 seconds to minutes when a pattern looked ahead from each of its places.
  it.each([
    ['blanks', `a${' '.repeat(200_000)}b`, 'a…'],
    ['addresses that never end', '[url='.repeat(40_000), '[url=[url…'],
    ['links that are never closed', '[url=]'.repeat(40_000), '[url…'],
    ['names that never end', '[a='.repeat(60_000), '[a=[a=[a=…'],
  ])('of %s is read at once', (_, text, shown) => {
    expect(plainText(text, 10)).toBe(shown);
  });

  it('keeps its words, names and lines', () => {
    const text = '[b]See[/b]  [url=https://a.example/x]here[/url]\r\n \n[a=Nirvana (2)], [r123]';
    expect(plainText(text, 300)).toBe('See here / Nirvana, release 123');
  });
});

describe('an answer of an odd shape', () => {
  it('with a hundred thousand members is cut at once', () => {
    const record = Object.fromEntries(
      Array.from({ length: 100_000 }, (_, index) => [`m${index}`, 'x'.repeat(60)]),
    );
    expect(JSON.stringify(fitRecord(record, 5000).value).length).toBeLessThanOrEqual(5000);
    expect(JSON.stringify(fitRecord({ id: 1, record }, 5000).value).length).toBeLessThanOrEqual(5000);
  });

  it('with five hundred lists of one long text each is cut at once', () => {
    const long = 'x'.repeat(60_000);
    const record = Object.fromEntries(Array.from({ length: 500 }, (_, index) => [`m${index}`, [long]]));
    expect(fitRecord({ id: 1, ...record }, 1000)).toMatchObject({ value: { id: 1 } });
  });

  it('with a hundred thousand releases of one master is one row', () => {
    const rows = Array.from({ length: 100_000 }, (_, id) => ({ id, type: 'release', master_id: 7 }));
    expect(databaseRows['searchDatabase']?.merge?.(rows, {})).toMatchObject([{ more_releases: 99_995 }]);
  });
});

describe('a long list of the user', () => {
  const wants = Array.from({ length: 60 }, (_, id) => ({
    id: id + 1,
    basic_information: {
      title: `T ${id}`,
      year: id < 20 ? 1987 : 1991,
      formats: [{ name: id % 2 === 0 ? 'Vinyl' : 'CD', qty: '2', descriptions: ['LP'] }],
    },
  }));

  it('has counts of its formats and decades, and a short one has none', async () => {
    const of = (rows: typeof wants) => ({
      pagination: { page: 1, pages: 1, items: rows.length },
      wants: rows,
    });
    expect(await ask('/gpt/users/a/wants', of(wants))).toMatchObject({
      on_this_page: {
        rows: 60,
        formats: { Vinyl: 30, CD: 30 },
        decades: { '1990s': 40, '1980s': 20 },
      },
    });
    expect(await ask('/gpt/users/a/wants', of(wants.slice(0, 50)))).not.toHaveProperty('on_this_page');
  });
});

describe('next', () => {
  it('of a page that was begun with skip does not leave out rows of the page after', async () => {
    const results = Array.from({ length: 10 }, (_, id) => ({ id: id + 1, type: 'release', title: 'A - B' }));
    const body = { pagination: { page: 1, pages: 2, items: 20 }, results };
    expect(await ask('/gpt/database/search?q=x&skip=8', body)).toMatchObject({ next: { page: 2, skip: 0 } });
    expect((await ask('/gpt/database/search?q=x', body))['next']).toEqual({ page: 2 });
  });
});

describe('the credits of a release', () => {
  it('have those of its tracks, with their position', async () => {
    const { credits } = await ask('/gpt/releases/1?fields=credits', {
      id: 1,
      extraartists: [{ name: 'Me Company', role: 'Design' }],
      tracklist: [
        { position: 'A1', title: 'One', extraartists: [{ name: 'Björk (3)', role: 'Featuring' }] },
        {
          title: 'Suite',
          sub_tracks: [{ position: 'A2.a', extraartists: [{ name: 'X', anv: 'Y', role: 'Remix' }] }],
        },
      ],
    });
    expect(credits).toEqual(['Design: Me Company', 'Featuring: Björk (A1)', 'Remix: Y (A2.a)']);
  });
});

describe('the currency of a price', () => {
  async function callsFor(body: unknown, takesMs: number): Promise<readonly [number, unknown]> {
    let time = 0;
    const discogs = fakeFetcher(answer(200, JSON.stringify(body)));
    const fetcher = Object.assign(async (...request: Parameters<typeof discogs>) => {
      time += takesMs;
      return discogs(...request);
    }, discogs);
    const now = () => time;
    const door = createGptDoor(gateway({ fetcher, now }), now);
    const shown = JSON.parse(decoder.decode((await door.handle(call('GET', '/gpt/releases/1'))).body));
    return [discogs.requests.length, shown['lowest_price']];
  }

  it('costs no call where there is no price', async () => {
    expect(await callsFor({ id: 1, lowest_price: null }, 0)).toEqual([1, undefined]);
  });

  it('is looked up, but not when Discogs was slow: the record would come too late for an agent', async () => {
    const body = { id: 1, lowest_price: 3, username: 'a', curr_abbr: 'EUR' };
    expect(await callsFor(body, 10)).toEqual([3, '3.00 EUR']);
    expect(await callsFor(body, 14_000)).toEqual([1, '3.00 in the currency of the Discogs account']);
  });
});

describe('an empty search', () => {
  const none = { pagination: { page: 1, pages: 1, items: 0 }, results: [] };

  it('does not offer a search by type alone, which finds everything', async () => {
    const shown = await ask('/gpt/database/search?artist=zzz&type=release', none);
    expect(shown).not.toHaveProperty('emptied_by');
    expect(shown['next_step']).toMatch(/without type either/);
  });

  it('says what was tried, and not that no filter is the reason', async () => {
    const path = '/gpt/database/search?q=x&year=1991&country=US&format=Vinyl&label=y';
    expect((await ask(path, none, none, none, none))['next_step']).toMatch(
      /without year, format, country either/,
    );
  });
});

describe('versions with filters', () => {
  const facets = [{ id: 'country', values: [{ title: 'US' }, { title: 'Japan' }] }];
  const versions = (...rows: readonly unknown[]) => ({
    pagination: { page: 1, pages: 1, items: rows.length },
    filter_facets: facets,
    versions: rows,
  });

  it('that exist but not together are not blamed on years that nobody gave', async () => {
    const shown = await ask('/gpt/masters/1/versions?country=japan', versions({ id: 1 }), versions());
    expect(shown).not.toHaveProperty('emptied_by');
    expect(shown['next_step']).toMatch(/at once/);
  });

  it('name the year that was given', async () => {
    const shown = await ask('/gpt/masters/1/versions?year_to=1900', versions({ id: 1, released: '1991' }));
    expect(shown).toMatchObject({
      emptied_by: 'year_to',
      next_step: expect.stringMatching(/leave out year_to\./),
    });
  });

  it('are not refused where Discogs sends no facets', async () => {
    const row = { id: 1, country: 'US' };
    const shown = await ask('/gpt/masters/1/versions?country=US', { versions: [row] }, { versions: [row] });
    expect(shown['results']).toMatchObject([{ id: 1 }]);
  });
});
