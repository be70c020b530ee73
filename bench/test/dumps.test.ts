import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { buildApps } from '../src/apps.ts';
import { candidates } from '../src/dumps/candidates.ts';
import { lookUps } from '../src/dumps/lookUps.ts';
import { generatedDump, madeStore } from '../src/dumps/madeStores.ts';
import { readingTable } from '../src/dumps/report.ts';
import { startChild } from '../src/processes/child.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bench-dumps-'));
});
afterAll(() => rm(folder, { recursive: true }));

test('each way of reading and importing takes every record of a generated dump', async () => {
  const path = await generatedDump(folder, 60);
  expect(await generatedDump(folder, 60)).toBe(path);
  const setting = { path, records: 60, core: undefined, out: join(folder, 'out') };
  const results = [];
  for (const candidate of candidates(setting, undefined)) {
    results.push({ title: candidate.title, runs: [await candidate.run()] });
  }
  expect(results.flatMap(({ runs }) => runs.map(({ records }) => records))).toEqual([60, 60, 60, 60]);
  expect(readingTable(results, undefined)).toMatch(/\| read and prepared, one core \| [\d,.]+ \| – \|/);
  const wrong = candidates({ ...setting, records: 61 }, undefined)[0];
  await expect(wrong?.run()).rejects.toThrow('read 60 of 61 records');
});

test('answers of the catalogue and of the memory cache are measured through both doors', async () => {
  const store = await madeStore(await generatedDump(folder, 60), folder, 60);
  const apps = await buildApps();
  const script = fileURLToPath(new URL('../src/dumps/storeUpstream.ts', import.meta.url));
  const upstream = await startChild({ script, args: [store.file], core: undefined });
  const upstreamPort = upstream.port;
  const options = { apps, upstreamPort, stores: [store], rounds: 1, calls: 60, core: undefined };
  const table = await lookUps({ ...options, say: () => {} });
  await upstream.stop();
  await apps.remove();
  const rows = table.split('\n').slice(2);
  expect(rows.map((row) => row.split(' | ')[0])).toEqual([
    '| /api, memory cache',
    '| /api, catalogue of 60',
    '| /api/gpt, memory cache',
    '| /api/gpt, catalogue of 60',
  ]);
  for (const row of rows) expect(row).not.toContain('NaN');
});

test('records per CPU second are compared with those of the reference', () => {
  const run = (cpuSeconds: number) => ({ records: 100, cpuSeconds, wallSeconds: 2, peakMb: 50 });
  const report = readingTable(
    [
      { title: 'this', runs: [run(1), run(2), run(9)] },
      { title: 'other', runs: [run(8)] },
    ],
    'other',
  );
  expect(report.split('\n').slice(2)).toEqual([
    '| this | 50.0 | 4.00 | 50.0 | 50.0 |',
    '| other | 12.5 | 1.00 | 50.0 | 50.0 |',
  ]);
});
