/** What record lovers ask an agent for, solved over `/api/gpt` with the calls that its document suggests. */
import { expect } from '@jest/globals';
import type { Agent } from './agent.ts';

/** What a user asks for. */
export interface Task {
  readonly task: string;
  /** Resolves with what the user asked for, as the gateway said it. */
  readonly solve: (agent: Agent) => Promise<unknown>;
  readonly holds: object;
  /** A dump cannot know the answer: prices, and what is a user's. */
  readonly isLive?: true;
}

const NEVERMIND = { artist: 'Nirvana', release_title: 'Nevermind' };
const RICK = { artist: 'Rick Astley', release_title: 'Never Gonna Give You Up' };
const row = expect.objectContaining;
const rows = expect.arrayContaining;
const price = expect.stringMatching(/^\d+\.\d\d USD$/);

/** All twenty. */
export const TASKS: readonly Task[] = [
  {
    task: 'find a record by artist, title, year and format',
    solve: ({ ask }) =>
      ask('/identify', { artist: 'Nirvana', title: 'Nevermind', year: '1991', format: 'Vinyl' }),
    holds: {
      results: [
        { id: 930000001, year: '1991', format: expect.stringContaining('Vinyl') },
        { id: 930000003, why: ['title', 'artist', 'year', 'format'] },
      ],
    },
  },
  {
    task: 'say which record has a barcode that is printed with spaces',
    solve: ({ ask }) => ask('/identify', { barcode: '0 74646 49352 6' }),
    holds: { results: [{ title: 'Miles Davis - Kind Of Blue', catno: 'CK 64935', why: ['barcode'] }] },
  },
  {
    task: 'say which record has a catalogue number',
    solve: ({ ask }) => ask('/identify', { catno: 'CS 8163' }),
    holds: { results: [{ title: 'Miles Davis - Kind Of Blue', country: 'US', why: ['catno'] }] },
  },
  {
    task: 'list the tracks of an album',
    solve: async ({ ask, find }) => {
      const { id } = await find({ artist: 'Miles Davis', release_title: 'Kind Of Blue' });
      return ask(`/masters/${id}`);
    },
    holds: { tracklist: rows(['A1 So What 9:02', 'B2 Flamenco Sketches 9:25']) },
  },
  {
    task: 'say who played on it',
    solve: async ({ ask, find }) => {
      const { release_ids } = await find({ artist: 'Miles Davis', release_title: 'Kind Of Blue' });
      return ask(`/releases/${release_ids?.[0]}`, { fields: 'credits' });
    },
    holds: { credits: rows(['Tenor Saxophone: John Coltrane', 'Piano: Bill Evans', 'Drums: James Cobb']) },
  },
  {
    task: 'list the pressings of a country before a year',
    solve: async ({ ask, find }) => {
      const { id } = await find(NEVERMIND);
      return ask(`/masters/${id}/versions`, { country: 'US', year_to: '1991' });
    },
    holds: {
      items: 2,
      results: rows([
        row({ country: 'US', released: '1991-09-24' }),
        row({ country: 'US', released: '1991' }),
      ]),
    },
  },
  {
    task: 'say what the cheapest copy costs, and in which currency',
    isLive: true,
    solve: async ({ ask, find }) => {
      const { id } = await find(RICK);
      return ask(`/masters/${id}/mine`);
    },
    holds: {
      lowest_price: price,
      cheapest_priced_version: { lowest_price: price, country: expect.any(String) },
    },
  },
  {
    task: 'say what a copy in VG+ is worth',
    isLive: true,
    solve: async ({ ask }) => {
      const [{ id } = { id: 0 }] = (await ask('/identify', { catno: 'PB 41447' })).results;
      return ask(`/marketplace/price_suggestions/${id}`);
    },
    holds: { suggestions: { 'Very Good Plus (VG+)': price } },
  },
  {
    task: 'list what an artist released, in order',
    solve: async ({ ask, find }) => {
      const { id } = await find({ type: 'artist', q: 'Nirvana' });
      return ask(`/artists/${id}/releases`, { sort: 'year', sort_order: 'asc' });
    },
    holds: {
      results: [
        { title: 'Bleach', year: 1989 },
        { title: 'Nevermind', year: 1991 },
      ],
    },
  },
  {
    task: 'say who is in a band, and in which other groups',
    solve: async ({ ask, find }) => {
      const { id } = await find({ type: 'artist', q: 'Joy Division' });
      return ask(`/artists/${id}/group`);
    },
    holds: {
      members: rows([
        row({ name: 'Ian Curtis', other_groups: [] }),
        row({ name: 'Peter Hook', other_groups: [expect.stringMatching(/^New Order .*former/)] }),
      ]),
    },
  },
  {
    task: 'list what a label released, and its sublabels',
    solve: async ({ ask, find }) => {
      const { id } = await find({ type: 'label', q: 'EMI' });
      return { releases: await ask(`/labels/${id}/releases`), tree: await ask(`/labels/${id}/tree`) };
    },
    holds: {
      releases: { results: rows([row({ title: expect.any(String), catno: expect.any(String) })]) },
      tree: { name: 'EMI', sublabels: rows([row({ name: 'Harvest' }), row({ name: 'EMI America' })]) },
    },
  },
  {
    task: 'say which of two records the user owns',
    isLive: true,
    solve: async ({ find }) => [
      await find({ ...NEVERMIND, fields: 'ownership' }),
      await find({ catno: 'CK 64935', type: 'release', fields: 'ownership' }),
    ],
    holds: [row({ title: 'Nirvana - Nevermind', owned: true }), expect.not.objectContaining({ owned: true })],
  },
  {
    task: 'list the pressings of an album that the user owns or wants',
    isLive: true,
    solve: async ({ ask, find }) => {
      const { id } = await find(NEVERMIND);
      return ask(`/masters/${id}/mine`);
    },
    holds: { owned: [{ format: 'CD, Album' }, { country: 'UK & Europe' }], wanted: [{ catno: 'DGC-24425' }] },
  },
  {
    task: 'list the albums of an artist that the user lacks',
    isLive: true,
    solve: async ({ ask, find }) => {
      const { id } = await find({ type: 'artist', q: 'Nirvana' });
      return ask(`/artists/${id}/missing`);
    },
    holds: { owned_albums: 1, results: [{ title: 'Bleach', year: 1989, wanted: true }] },
  },
  {
    task: 'show the collection, one of its folders, and its value',
    isLive: true,
    solve: async ({ ask, self }) => {
      const collection = `${await self()}/collection`;
      const folders = await ask(`${collection}/folders`);
      const folder = folders.results.find(({ name }) => name === 'Dance Floor');
      return {
        folders,
        all: await ask(`${collection}/folders/0/releases`),
        folder: await ask(`${collection}/folders/${folder?.id}/releases`),
        value: await ask(`${collection}/value`),
      };
    },
    holds: {
      folders: { results: rows([row({ name: 'Dance Floor', count: 7 })]) },
      all: { items: 28, results: rows([row({ title: 'Nevermind', artists: 'Nirvana' })]) },
      folder: { items: 7, results: rows([row({ title: 'Illmatic', artists: 'Nas' })]) },
      value: { median: expect.stringMatching(/^\$[\d,.]+$/) },
    },
  },
  {
    task: 'show the wantlist',
    isLive: true,
    solve: async ({ ask, self }) => ask(`${await self()}/wants`),
    holds: { items: 10, results: rows([row({ title: 'Nevermind', notes: 'First pressing only' })]) },
  },
  {
    task: 'put a record on the wantlist, and take it off again',
    isLive: true,
    solve: async ({ ask, self }) => {
      const [{ id } = { id: 0 }] = (await ask('/identify', { catno: 'PB 41447' })).results;
      const want = `${await self()}/wants/${id}`;
      return { added: await ask(want, { notes: 'for Ada' }, 'PUT'), removed: await ask(want, {}, 'DELETE') };
    },
    holds: { added: { status: 201, id: 249504, notes: 'for Ada' }, removed: { status: 200, done: true } },
  },
  {
    task: 'show the lists of the user, and what is in one',
    isLive: true,
    solve: async ({ ask, self }) => {
      const lists = await ask(`${await self()}/lists`);
      const list = lists.results.find(({ name }) => name === 'Where to start');
      return { lists, list: await ask(`/lists/${list?.id}`) };
    },
    holds: {
      lists: { items: 2 },
      list: { results: rows([row({ title: 'Nickelback', type: 'artist', comment: 'Guilty.' })]) },
    },
  },
  {
    task: 'say who the user is',
    isLive: true,
    solve: async ({ ask, self }) => ask(await self()),
    holds: { username: 'crate_digger', location: 'Reykjavík', num_collection: 28, num_wantlist: 10 },
  },
  {
    task: 'say that Discogs has no lyrics',
    solve: ({ guess }) => guess('/releases/249504/lyrics'),
    holds: {
      status: 404,
      message: 'Discogs has no lyrics.',
      next_step: expect.stringContaining('Tell the user'),
    },
  },
];
