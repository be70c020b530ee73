/** A catalogue of the sandbox's records in a folder, as an import would leave it. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { PreparedRecord } from '@discogs-agent/dumps';
import { afterAll } from '@jest/globals';
import { writeStore } from '../../../dumps/test/support/writtenStore.ts';
import { type ApiRecord, readSandboxRecords } from './sandboxRecords.ts';

/** The month of the tests. */
export const MONTH = '2026-10-01';

interface Named {
  readonly id: number;
  readonly name: string;
  readonly join?: string;
  readonly role?: string;
  readonly catno?: string;
  readonly type?: string;
  readonly value?: string;
  readonly title?: string;
  readonly descriptions?: readonly string[];
  readonly artists?: readonly Named[];
}

const list = (value: unknown): readonly Named[] => (Array.isArray(value) ? value : []);
const texts = (value: unknown): readonly string[] => (Array.isArray(value) ? value.map(String) : []);
const namesOf = (value: unknown): readonly string[] => list(value).map(({ name }) => name);
const text = (value: unknown): string => (value === undefined ? '' : String(value));
const number = (value: unknown): number => Number(value ?? 0);

const joined = (artists: unknown): string =>
  list(artists)
    .map(({ name, join: word = '' }) => (word === '' ? name : `${name} ${word} `))
    .join('')
    .trim();
const printed = (release: ApiRecord, type: string): readonly string[] =>
  list(release['identifiers']).flatMap((one) => (one.type === type ? [text(one.value)] : []));

function release(record: ApiRecord): PreparedRecord {
  const labels = list(record['labels']);
  const tracks = list(record['tracklist']);
  return {
    kind: 'releases',
    id: record.id,
    json: Buffer.from(JSON.stringify(record)),
    facts: {
      summary: {
        id: record.id,
        title: text(record['title']),
        artist: joined(record['artists']),
        year: number(record['year']),
        released: text(record['released']),
        country: text(record['country']),
        format: list(record['formats'])
          .flatMap(({ descriptions = [] }) => descriptions)
          .join(', '),
        majorFormats: namesOf(record['formats']),
        label: text(labels[0]?.name),
        catno: text(labels[0]?.catno),
        masterId: number(record['master_id']),
      },
      credits: [
        ...list(record['artists']).map(({ id }) => ({ artistId: id, role: 'Main', trackinfo: '' })),
        ...list(record['extraartists']).map(({ id, role }) => ({
          artistId: id,
          role: text(role),
          trackinfo: '',
        })),
        ...tracks.flatMap(({ artists = [], title }) =>
          artists.map(({ id }) => ({ artistId: id, role: 'TrackAppearance', trackinfo: text(title) })),
        ),
      ],
      labels: [...labels, ...list(record['companies'])].map(({ id, catno }) => ({
        labelId: id,
        catno: text(catno),
      })),
      barcodes: printed(record, 'Barcode'),
      catnos: labels.map(({ catno }) => text(catno)),
      matrices: printed(record, 'Matrix / Runout'),
      artistNames: namesOf(record['artists']),
      labelNames: namesOf(record['labels']),
      tracks: tracks.map(({ title }) => text(title)),
      genres: texts(record['genres']),
      styles: texts(record['styles']),
    },
  };
}

const master = (record: ApiRecord): PreparedRecord => ({
  kind: 'masters',
  id: record.id,
  // The masters of a dump have no tracks.
  json: Buffer.from(JSON.stringify({ ...record, tracklist: undefined })),
  facts: {
    summary: {
      id: record.id,
      title: text(record['title']),
      artist: joined(record['artists']),
      year: number(record['year']),
      mainRelease: number(record['main_release']),
    },
    artistIds: list(record['artists']).map(({ id }) => id),
    artistNames: namesOf(record['artists']),
    genres: texts(record['genres']),
    styles: texts(record['styles']),
  },
});

const named = (kind: 'artists' | 'labels', record: ApiRecord): PreparedRecord => ({
  kind,
  id: record.id,
  json: Buffer.from(JSON.stringify(record)),
  facts: { name: text(record['name']), variations: texts(record['namevariations']), references: [] },
});

/** The sandbox's records, ready for a store. */
export async function preparedSandbox(): Promise<readonly PreparedRecord[]> {
  const { artists, labels, masters, releases } = await readSandboxRecords();
  return [
    ...artists.map((record) => named('artists', record)),
    ...labels.map((record) => named('labels', record)),
    ...masters.map(master),
    ...releases.map(release),
  ];
}

const folders: string[] = [];
afterAll(async () => {
  await Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true })));
});

/** A folder that is deleted after the suite. */
export async function temporaryCatalogueFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'discogs-agent-catalogue-'));
  folders.push(folder);
  return folder;
}

/** A folder with a store of the sandbox's records. */
export async function sandboxCatalogue(): Promise<string> {
  const folder = await temporaryCatalogueFolder();
  writeStore(folder, MONTH, await preparedSandbox());
  return folder;
}
