import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { gunzipSync } from 'node:zlib';
import { RECORD_KINDS, type RecordKind } from '@discogs-agent/core/catalogue';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import frequencies from '../src/generate/frequencies.json' with { type: 'json' };
import type { Frequencies, Spread } from '../src/generate/frequencies.ts';
import { dumpFileName, generateDump, type PreparedRecord, readDump } from '../src/index.ts';
import { independently } from '../src/verify/independentReader.ts';
import { jsonOf } from './support/prepare.ts';

const real: Readonly<Record<RecordKind, Frequencies>> = frequencies;
const DATE = '2026-10-01';
let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'generated-'));
});
afterAll(() => rm(folder, { recursive: true }));

const pathOf = (name: string, kind: RecordKind): string =>
  join(folder, name, dumpFileName({ kind, date: DATE }));

async function read<Kind extends RecordKind>(name: string, kind: Kind) {
  const records: (PreparedRecord & { readonly kind: Kind })[] = [];
  const isOf = (record: PreparedRecord): record is PreparedRecord & { readonly kind: Kind } =>
    record.kind === kind;
  for await (const batch of readDump(pathOf(name, kind), { kind, strict: true })) {
    expect(batch.bad).toEqual([]);
    expect([...batch.unknown]).toEqual([]);
    // The next batch overwrites the bytes of this one.
    for (const record of batch.records.filter(isOf)) {
      records.push({ ...record, json: new Uint8Array(record.json) });
    }
  }
  return records;
}

describe.each(['2020', '2026'] as const)('a generated dump with the shapes of %s', (shape) => {
  beforeAll(() => generateDump({ folder: join(folder, shape), date: DATE, releases: 150, seed: 7, shape }));

  test('has only known elements, and is read as an independent reader reads it', async () => {
    for (const kind of RECORD_KINDS) {
      const xml = gunzipSync(await readFile(pathOf(shape, kind))).toString('utf8');
      expect((await read(shape, kind)).map(jsonOf)).toEqual(independently(kind, xml));
    }
  });

  test('refers only to records that it has', async () => {
    const ids = async (kind: RecordKind) => new Set((await read(shape, kind)).map(({ id }) => id));
    const [artists, labels, masters] = [await ids('artists'), await ids('labels'), await ids('masters')];
    const releases = await read(shape, 'releases');
    expect(releases).toHaveLength(150);
    for (const { facts } of releases) {
      expect(facts.credits.filter(({ artistId }) => !artists.has(artistId))).toEqual([]);
      expect(facts.labels.filter(({ labelId }) => !labels.has(labelId))).toEqual([]);
      expect(facts.summary.masterId === 0 || masters.has(facts.summary.masterId)).toBe(true);
    }
    for (const { facts } of await read(shape, 'artists')) {
      expect(facts.references.filter((id) => !artists.has(id))).toEqual([]);
    }
    for (const { facts } of await read(shape, 'labels')) {
      expect(facts.references.filter((id) => !labels.has(id))).toEqual([]);
    }
  });

  test("has masters that share their main release's title and artists", async () => {
    const releases = new Map((await read(shape, 'releases')).map(({ id, facts }) => [id, facts.summary]));
    for (const { id, facts } of await read(shape, 'masters')) {
      expect(releases.get(facts.summary.mainRelease)).toMatchObject({
        title: facts.summary.title,
        masterId: id,
      });
    }
  });
});

test('measured again, a generated dump is spread as the real one was', async () => {
  const name = 'measured';
  await generateDump({ folder: join(folder, name), date: DATE, releases: 400, seed: 3, kinds: ['releases'] });
  const script = fileURLToPath(new URL('../src/generate/measureFrequencies.ts', import.meta.url));
  const { stdout } = await promisify(execFile)(process.execPath, [script, join(folder, name)]);
  const { counts, lengths }: Frequencies = JSON.parse(stdout).releases;
  for (const path of [
    'extraartists/artist',
    'identifiers/identifier',
    'videos',
    'companies/company',
    'notes',
    'country',
  ]) {
    expect(Math.abs((counts[path]?.none ?? 1) - (real.releases.counts[path]?.none ?? 1))).toBeLessThan(0.08);
  }
  const median = (spread: Spread | undefined): number => spread?.deciles[5] ?? Number.NaN;
  expect(
    Math.abs(median(counts['tracklist/track']) - median(real.releases.counts['tracklist/track'])),
  ).toBeLessThan(3);
  expect(Math.abs(median(lengths['notes']) - median(real.releases.lengths['notes']))).toBeLessThan(40);
  const bytes = gunzipSync(await readFile(pathOf(name, 'releases'))).length / 400;
  // 4,506 bytes are a release of the measured dump.
  expect(Math.abs(bytes / 4506 - 1)).toBeLessThan(0.15);
});

test('the same seed gives the same bytes, another one others', async () => {
  const bytesOf = async (name: string, seed: number): Promise<Buffer> => {
    await generateDump({ folder: join(folder, name), date: DATE, releases: 20, seed, kinds: ['releases'] });
    return gunzipSync(await readFile(pathOf(name, 'releases')));
  };
  const first = await bytesOf('first', 1);
  expect((await bytesOf('again', 1)).equals(first)).toBe(true);
  expect((await bytesOf('other', 2)).equals(first)).toBe(false);
});
