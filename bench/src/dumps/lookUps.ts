/** Releases from stores of several sizes beside the same from the memory cache, over HTTP, through both doors. */
import type { Apps } from '../apps.ts';
import { gatewayEnvironment } from '../forwarding/candidates.ts';
import { API_KEY, type LoadResult, runLoad } from '../load/runLoad.ts';
import { type Child, startChild } from '../processes/child.ts';
import { figure, ratio, table } from '../report/table.ts';
import { median, percentile } from '../stats.ts';
import { type Store, spreadIds } from './madeStores.ts';

export interface LookUpOptions {
  readonly apps: Apps;
  readonly upstreamPort: number;
  /** The smallest first: the memory cache holds some of its releases. */
  readonly stores: readonly Store[];
  readonly rounds: number;
  /** Of one row in one round. */
  readonly calls: number;
  /** Of the gateways. */
  readonly core: string | undefined;
  /** Folder for CPU profiles. */
  readonly profile?: string | undefined;
  /** What is being done. */
  say(line: string): void;
}

type Source = 'live' | 'catalogue';

interface Row {
  readonly title: string;
  readonly door: string;
  readonly source: Source;
  readonly child: Child;
  nextPath(): string;
  readonly perCpuSecond: number[];
  readonly p99Ms: number[];
}

const DOORS = ['/api', '/api/gpt'] as const;
const CALLERS = 50;
/** Records that the memory cache holds, asked in turn. */
const KEPT = 500;
/** Of the JSON of the smallest release, lean. */
const LEAST_BYTES = 100;
const SOURCE_HEADER = 'x-discogs-source';

/** A row's paths must be answered from its source: a kept answer of the catalogue, for example, would be too fast. */
async function checkSource({ child, source, title, nextPath }: Row): Promise<void> {
  const path = nextPath();
  const answer = await fetch(`http://127.0.0.1:${child.port}${path}`, { headers: { 'x-api-key': API_KEY } });
  const from = answer.headers.get(SOURCE_HEADER) ?? 'live';
  if (answer.status !== 200 || from !== source)
    throw new Error(`${title}: ${path} was answered with ${answer.status} from ${from}`);
}

async function startRows(options: LookUpOptions, door: string): Promise<readonly Row[]> {
  const { apps, upstreamPort, stores, calls, core, profile } = options;
  async function row(name: string, source: Source, store: Store): Promise<Row> {
    const title = `${door}, ${name}`;
    const catalogue = source === 'live' ? {} : { CATALOGUE: 'first', CATALOGUE_STORE: store.folder };
    const flags =
      profile === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${profile}/${title.replace(/\W+/g, '-')}`];
    const child = await startChild({
      script: apps.script('functionsHost'),
      args: [apps.gateway],
      environment: { ...gatewayEnvironment(upstreamPort), ...catalogue },
      nodeFlags: flags,
      core,
    });
    const ids = spreadIds(store, source === 'live' ? KEPT : calls);
    let next = 0;
    function nextPath(): string {
      next += 1;
      return `${door}/releases/${ids[next % ids.length]}`;
    }
    return { title, door, source, child, nextPath, perCpuSecond: [], p99Ms: [] };
  }
  const rows: Row[] = [];
  for (const store of stores.slice(0, 1)) rows.push(await row('memory cache', 'live', store));
  for (const store of stores) {
    rows.push(await row(`catalogue of ${store.size.toLocaleString('en-US')}`, 'catalogue', store));
  }
  return rows;
}

const ask = ({ child: { port }, nextPath }: Row, calls: number): Promise<LoadResult> =>
  runLoad({ port, callers: CALLERS, limit: { calls }, nextPath, leastBytes: LEAST_BYTES });

async function measure(row: Row, calls: number): Promise<void> {
  const before = await row.child.figure('cpuMicros');
  const { latencies } = await ask(row, calls);
  const micros = (await row.child.figure('cpuMicros')) - before;
  row.perCpuSecond.push((calls / micros) * 1e6);
  row.p99Ms.push(percentile(latencies, 0.99));
}

function tableOf(rows: readonly Row[]): string {
  const kept = (door: string): Row | undefined =>
    rows.find((row) => row.door === door && row.source === 'live');
  return table(
    [
      'Releases over HTTP, ids spread evenly',
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

/** The table; the memory cache of the same door is 1.00. Rejects where an answer comes from elsewhere than its row says. */
export async function lookUps(options: LookUpOptions): Promise<string> {
  const { rounds, calls, say } = options;
  const rows: Row[] = [];
  try {
    for (const door of DOORS) rows.push(...(await startRows(options, door)));
    for (const row of rows) {
      say(`warming: ${row.title}`);
      await ask(row, Math.max(calls, KEPT));
      await checkSource(row);
    }
    for (let round = 1; round <= rounds; round += 1) {
      say(`look-ups, round ${round} of ${rounds}`);
      for (const row of rows) await measure(row, calls);
    }
  } finally {
    await Promise.all(rows.map(({ child }) => child.stop()));
  }
  return tableOf(rows);
}
