/** Releases from stores of several sizes beside the same from the memory cache, through both doors. */
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { generateDump } from '@discogs-agent/dumps';
import { numberIn } from '../processes/child.ts';
import { runOnce } from '../processes/oneShot.ts';
import { figure, ratio, table } from '../report/table.ts';
import { median } from '../stats.ts';
import { importStore } from './importStore.ts';

export interface LookUpOptions {
  readonly folder: string;
  /** Releases of each store. */
  readonly sizes: readonly number[];
  readonly rounds: number;
  readonly calls: number;
  readonly core: string | undefined;
  /** What is being done. */
  say(line: string): void;
}

interface Store {
  readonly folder: string;
  readonly file: string;
  readonly size: number;
}

interface Row {
  readonly title: string;
  readonly door: string;
  readonly source: 'cache' | 'catalogue';
  readonly store: Store;
  readonly perCpuSecond: number[];
  readonly p99Ms: number[];
}

const DATE = '2026-10-01';
const DOORS = ['', '/gpt'] as const;
const SCRIPT = fileURLToPath(new URL('./lookUpOnce.ts', import.meta.url));

async function madeStore(parent: string, size: number, say: LookUpOptions['say']): Promise<Store> {
  const dump = join(parent, `dump-${size}`);
  const folder = join(parent, `store-${size}`);
  say(`making a store of ${size} releases`);
  await generateDump({ folder: dump, date: DATE, releases: size, kinds: ['releases'] });
  const file = await importStore([dump], folder);
  await rm(dump, { recursive: true });
  return { folder, file, size };
}

function rowsOf(stores: readonly Store[]): readonly Row[] {
  const [smallest] = stores;
  if (smallest === undefined) return [];
  return DOORS.flatMap((door) => {
    const name = `/api${door}`;
    const row = (title: string, source: Row['source'], store: Store): Row => ({
      title,
      door,
      source,
      store,
      perCpuSecond: [],
      p99Ms: [],
    });
    return [
      row(`${name}, memory cache`, 'cache', smallest),
      ...stores.map((store) =>
        row(`${name}, catalogue of ${store.size.toLocaleString('en-US')}`, 'catalogue', store),
      ),
    ];
  });
}

/** The table; the memory cache of the same door is 1.00. */
export async function lookUps(options: LookUpOptions): Promise<string> {
  const { folder, sizes, rounds, calls, core, say } = options;
  const stores: Store[] = [];
  for (const size of sizes) stores.push(await madeStore(folder, size, say));
  const rows = rowsOf(stores);
  for (let round = 1; round <= rounds; round += 1) {
    for (const { title, door, source, store, perCpuSecond, p99Ms } of rows) {
      say(`round ${round} of ${rounds}: ${title}`);
      const args = [store.folder, store.file, source, door, String(calls)];
      await runOnce({ script: SCRIPT, args, core }, (line) => {
        perCpuSecond.push((numberIn(line, 'answers') / numberIn(line, 'cpuMicros')) * 1e6);
        p99Ms.push(numberIn(line, 'p99Ms'));
      });
    }
  }
  const kept = (door: string): Row | undefined =>
    rows.find((row) => row.door === door && row.source === 'cache');
  return table(
    [
      'Releases, ids spread evenly',
      'answers per CPU second',
      '… of the cache',
      'p99 ms, 50 callers',
      '… of the cache',
    ],
    rows.map((row) => {
      const unit = kept(row.door) ?? row;
      const [rate, p99] = [median(row.perCpuSecond), median(row.p99Ms)];
      return [
        row.title,
        figure(rate),
        ratio(rate / median(unit.perCpuSecond)),
        figure(p99),
        ratio(p99 / median(unit.p99Ms)),
      ];
    }),
  );
}
