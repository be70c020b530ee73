import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type Batch, generateDump, type PreparedRecord, readDump, readDumpInWorker } from '../src/index.ts';
import { jsonOf } from './support/prepare.ts';

let folder = '';
let path = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'worker-'));
  const [releases = ''] = await generateDump({
    folder,
    date: '2026-10-01',
    releases: 1500,
    kinds: ['releases'],
  });
  path = releases;
});
afterAll(() => rm(folder, { recursive: true }));

/** Bytes as text, which Jest compares a thousand times faster. */
async function allReadable(batches: AsyncIterable<Batch<PreparedRecord>>): Promise<unknown[]> {
  const list: unknown[] = [];
  for await (const batch of batches) {
    list.push({ ...batch, records: batch.records.map((record) => ({ ...record, json: jsonOf(record) })) });
  }
  return list;
}

async function all<Row>(batches: AsyncIterable<Batch<Row>>): Promise<Batch<Row>[]> {
  const list: Batch<Row>[] = [];
  for await (const batch of batches) list.push(batch);
  return list;
}

test('a worker gives the batches that this thread would read', async () => {
  const options = { kind: 'releases', skip: 100 } as const;
  const expected = await allReadable(readDump(path, options));
  expect(expected.length).toBeGreaterThan(10);
  expect(await allReadable(readDumpInWorker(path, options))).toEqual(expected);
});

test('a transform runs in the worker', async () => {
  const transform = new URL('./support/idsOnly.ts', import.meta.url);
  const batches = await all(readDumpInWorker<string>(path, { kind: 'releases', transform }));
  expect(batches.flatMap(({ records }) => records).slice(0, 3)).toEqual([
    'releases 1',
    'releases 4',
    'releases 7',
  ]);
  expect(batches.at(-1)).toMatchObject({ position: 1500 });
});

test('a module without a transform is an error', async () => {
  const transform = new URL('./support/prepare.ts', import.meta.url);
  await expect(all(readDumpInWorker(path, { kind: 'releases', transform }))).rejects.toThrow(
    'has no function transform',
  );
});

test('a damaged file is the same error as in this thread', async () => {
  const cut = join(folder, 'cut.xml.gz');
  await writeFile(cut, gzipSync('<artists><artist><id>1</id></artist>'));
  await expect(all(readDumpInWorker(cut, { kind: 'artists' }))).rejects.toMatchObject({
    name: 'DumpError',
    failure: { code: 'cut', path: cut },
  });
});

test('the worker ends with the reason of the signal, or when nobody reads on', async () => {
  const abort = new AbortController();
  const read = async (): Promise<void> => {
    for await (const _ of readDumpInWorker(path, { kind: 'releases', signal: abort.signal })) {
      abort.abort(new Error('stopped by the user'));
    }
  };
  await expect(read()).rejects.toThrow('stopped by the user');
  for await (const { position } of readDumpInWorker(path, { kind: 'releases' })) {
    expect(position).toBeGreaterThan(0);
    break;
  }
});
