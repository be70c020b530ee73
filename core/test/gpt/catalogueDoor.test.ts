/** The door for agents over a catalogue: what costs a call, and what each answer says of its source. */
import { describe, expect, it } from '@jest/globals';
import { createGptDoor } from '../../src/gpt/index.ts';
import { RECORDS } from '../support/catalogueRecords.ts';
import { answer, call, fakeFetcher, gateway } from '../support/fakes.ts';
import { catalogueOver, MONTH, memoryCatalogue } from '../support/memoryCatalogue.ts';

const TRACKS = Array.from({ length: 10_000 }, (_, index) => ({
  position: String(index + 1),
  type_: 'track',
  title: `Part ${index + 1}`,
  duration: '',
}));
const STORE = memoryCatalogue({
  ...RECORDS,
  releases: [
    ...RECORDS.releases,
    { ...RECORDS.releases[3], id: 300, title: 'Very long', artists: [], tracklist: TRACKS },
  ],
});

/** A door whose Discogs answers everything with `body`. */
function open(body: object = { id: 1 }, environment = {}) {
  const discogs = fakeFetcher(answer(200, body));
  const catalogue = catalogueOver(STORE);
  const door = createGptDoor(gateway({ fetcher: discogs, catalogue, environment }), Date.now);
  const ask = async (target: string, headers = {}) => {
    const said = await door.handle(call('GET', `/gpt${target}`, { headers }));
    const text = new TextDecoder().decode(said.body);
    return {
      status: said.status,
      headers: said.headers,
      text,
      json: JSON.parse(text) as Record<string, unknown>,
    };
  };
  return { ask, asked: () => discogs.requests.map(({ pathAndQuery }) => pathAndQuery) };
}

const FROM_DUMP = { source: 'catalogue', as_of: MONTH };
const CASES = [
  ['/releases/100', { title: 'Nevermind', artists: 'Nirvana', barcodes: ['720642442517'] }],
  ['/releases/100?fields=credits,identifiers', { identifiers: expect.any(Array) }],
  ['/masters/10', { main_release_id: 100 }],
  ['/artists/1', { name: 'Nirvana', profile: 'A band.' }],
  ['/labels/5', { name: 'DGC' }],
  ['/artists/1/releases?sort=year', { items: 2, results: [{ title: 'Love Buzz' }, { title: 'Nevermind' }] }],
  ['/labels/5/releases', { items: 3 }],
  ['/masters/10/versions?country=uk&year_to=1995', { items: 1, results: [{ id: 101 }] }],
  ['/database/search?q=nevermind&type=release', { items: 3 }],
  ['/identify?barcode=0720642442517', { results: [{ id: 100, why: ['barcode'] }] }],
  ['/identify?catno=dgcd24425', { results: [{ id: 101, why: ['catno'] }] }],
  ['/identify?matrix=DGC-24425%20A-1', { results: [{ id: 100, why: ['matrix'] }] }],
  ['/identify?artist=Nirvana&title=Nevermind', { results: [{ id: 10, type: 'master' }] }],
  ['/artists/1/group', { members: [] }],
  ['/labels/5/tree', { name: 'DGC', sublabels: [] }],
  ['/releases/100/dossier', { title: 'Nevermind', master: { id: 10 } }],
] as const;

describe('the door for agents with a catalogue', () => {
  it.each(CASES)('answers %s without a call, and says of which day it is', async (target, holds) => {
    const { ask, asked } = open();
    const { status, json, headers } = await ask(target);
    expect({ status, json }).toMatchObject({ status: 200, json: { ...holds, ...FROM_DUMP } });
    expect(asked()).toEqual([]);
    expect(headers).toMatchObject({ 'x-discogs-source': 'catalogue', 'x-catalogue-date': MONTH });
  });

  it('asks Discogs once for a search that finds nothing, and for the reason nothing more', async () => {
    const { ask, asked } = open({ results: [], pagination: { page: 1, pages: 1, items: 0 } });
    const { json } = await ask('/database/search?q=nevermind&type=release&country=UK&format=Vinyl');
    expect(json).toMatchObject({ source: 'live', emptied_by: 'format', without_it: 1 });
    expect(asked()).toHaveLength(1);
  });

  it.each([
    ['/releases/100', 'community'],
    ['/releases/100', 'prices'],
    ['/masters/10', 'images'],
    ['/artists/1/releases', 'ownership'],
    ['/database/search?q=nevermind', 'community,barcodes'],
  ])('asks Discogs once for %s with fields=%s', async (target, fields) => {
    const { ask, asked } = open({ id: 100, title: 'live', results: [{ id: 1 }], releases: [{ id: 1 }] });
    const { json } = await ask(`${target}${target.includes('?') ? '&' : '?'}fields=${fields}`);
    expect(json).toMatchObject({ source: 'live' });
    expect(json).not.toHaveProperty('as_of');
    expect(asked()).toHaveLength(1);
  });

  it('adds the live parts of a dossier where they are asked for', async () => {
    const { ask, asked } = open({ num_for_sale: 3, lowest_price: { value: 9.5, currency: 'EUR' } });
    expect((await ask('/releases/100/dossier')).json).toMatchObject({
      missing: ['prices, community, ownership: live facts, which fields adds'],
    });
    expect((await ask('/releases/100/dossier?fields=prices')).json).toMatchObject({
      source: 'mixed',
      as_of: MONTH,
      lowest_price: '9.50 EUR',
    });
    expect(asked()).toEqual(['/marketplace/stats/100']);
  });

  it('does what source= says, which goes before the header', async () => {
    const { ask, asked } = open({ id: 100, title: 'live' });
    expect((await ask('/releases/100?source=live')).json).toMatchObject({ title: 'live', source: 'live' });
    expect(asked()).toHaveLength(1);
    const header = { 'x-discogs-source': 'live' };
    expect((await ask('/releases/101?source=catalogue', header)).json).toMatchObject(FROM_DUMP);
    expect((await ask('/releases/101', header)).json).toMatchObject({ source: 'live' });
    expect(await ask('/releases/999?source=catalogue')).toMatchObject({
      status: 404,
      json: { reason: 'not_in_catalogue', next_step: expect.stringContaining('source=live') },
    });
    expect((await ask('/masters/10/mine?source=catalogue')).json).toMatchObject({
      versions: 3,
      missing: expect.arrayContaining([expect.stringContaining('not in the catalogue')]),
    });
    expect(asked()).toHaveLength(2);
  });

  it.each([
    ['/releases/100?source=dump', 'source'],
    ['/releases/100/dossier?source=1', 'source'],
    ['/releases/100?source=catalogue&fields=prices', 'fields'],
    ['/users/somebody?source=live', 'source'],
  ])('refuses %s', async (target, field) => {
    const { ask, asked } = open();
    expect(await ask(target)).toMatchObject({ status: 400, json: { error: 'invalid_request', field } });
    expect(asked()).toEqual([]);
  });

  it('cuts a record with 10,000 tracks, and pages through the rest of them', async () => {
    const { ask, asked } = open();
    const { text, json } = await ask('/releases/300?max_chars=2000');
    expect(text.length).toBeLessThanOrEqual(2000);
    expect(json).toMatchObject({ ...FROM_DUMP, truncated: true, next: { part: 'tracklist' } });
    const more = await ask('/releases/300?part=tracklist&skip=9990');
    expect(more.json).toMatchObject({
      ...FROM_DUMP,
      items: 10_000,
      results: expect.arrayContaining(['10000 Part 10000']),
    });
    expect(asked()).toEqual([]);
  });

  it('uses Discogs first, and the catalogue where that fails, with CATALOGUE=fallback', async () => {
    const { ask, asked } = open({ id: 100, title: 'live' }, { CATALOGUE: 'fallback' });
    expect((await ask('/releases/100')).json).toMatchObject({ title: 'live', source: 'live' });
    expect(asked()).toHaveLength(1);
  });
});
