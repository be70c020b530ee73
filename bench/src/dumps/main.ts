/** `npm run bench:dumps`: import of a generated dump beside discogs-xml2db's exporter, and look-ups; `--write` keeps the tables. */
import { mkdtemp, rm } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { buildApps } from '../apps.ts';
import { startChild } from '../processes/child.ts';
import { findCores, pinSelf } from '../processes/pinning.ts';
import { COMMANDS, writeResults } from '../report/readme.ts';
import { type Candidate, candidates, type Run } from './candidates.ts';
import { lookUps } from './lookUps.ts';
import { generatedDump, madeStore, type Store } from './madeStores.ts';
import { readingTable } from './report.ts';

const README = new URL('../../README.md', import.meta.url);

const { values } = parseArgs({
  options: {
    releases: { type: 'string', default: '50000' },
    rounds: { type: 'string', default: '3' },
    /** Releases of the stores that are read. */
    stores: { type: 'string', default: '10000,100000' },
    calls: { type: 'string', default: '20000' },
    quick: { type: 'boolean', default: false },
    xml2db: { type: 'string' },
    /** Generated dumps are kept here for the next run. */
    folder: { type: 'string' },
    write: { type: 'boolean', default: false },
  },
});
const QUICK = { releases: '1000', rounds: '1', stores: '500', calls: '500' };
const given = { ...values, ...(values.quick ? QUICK : {}) };
const [releases, rounds, calls] = [Number(given.releases), Number(given.rounds), Number(given.calls)];
const sizes = given.stores.split(',').map(Number);
if (![releases, rounds, calls, ...sizes].every((number) => Number.isInteger(number) && number > 0))
  throw new Error('--releases, --rounds, --calls and --stores must be whole numbers above 0');
const xml2db = values.xml2db === undefined ? undefined : resolve(values.xml2db);

const cores = findCores();
const core = cores?.candidate;

/** Reading alone, and the whole import. */
async function reading(folder: string): Promise<string> {
  console.error(`generating ${releases} releases`);
  const path = await generatedDump(dumps, releases);
  const all = candidates({ path, records: releases, core, out: join(folder, 'csv') }, xml2db);
  const runs = new Map<Candidate, Run[]>(all.map((candidate) => [candidate, []]));
  for (let round = 1; round <= rounds; round += 1) {
    for (const [candidate, results] of runs) {
      console.error(`round ${round} of ${rounds}: ${candidate.title}`);
      results.push(await candidate.run());
    }
  }
  const results = [...runs].map(([{ title }, list]) => ({ title, runs: list }));
  const reference = xml2db === undefined ? undefined : all.at(-1)?.title;
  const missing = 'discogs-xml2db was not given with `--xml2db`, so its rows are left out.';
  return [readingTable(results, reference), ...(xml2db === undefined ? [missing] : [])].join('\n\n');
}

/** Releases over HTTP, from stores and from the memory cache. */
async function serving(folder: string): Promise<string> {
  const stores: Store[] = [];
  for (const size of sizes) {
    console.error(`making a store of ${size} releases`);
    stores.push(await madeStore(await generatedDump(dumps, size), folder, size));
  }
  const apps = await buildApps();
  const script = fileURLToPath(new URL('./storeUpstream.ts', import.meta.url));
  const upstream = await startChild({ script, args: [stores[0]?.file ?? ''], core: cores?.load });
  // Only now: imports of larger stores may use both cores.
  if (cores) pinSelf(cores.load);
  try {
    return await lookUps({
      apps,
      upstreamPort: upstream.port,
      stores,
      rounds,
      calls,
      core,
      say: console.error,
    });
  } finally {
    await upstream.stop();
    await apps.remove();
  }
}

const folder = await mkdtemp(join(tmpdir(), 'bench-dumps-'));
const dumps = resolve(values.folder ?? folder);
try {
  const processors = cpus();
  const head =
    `Measured ${new Date().toISOString().slice(0, 10)}; ${processors.length} × ${processors[0]?.model.trim() ?? 'unknown processor'}; ` +
    `Node ${process.versions.node}; ${releases.toLocaleString('en-US')} generated releases, median of ${rounds} rounds.`;
  const report = [head, await reading(folder), await serving(folder)].join('\n\n');
  console.log(report);
  if (values.write) await writeResults(README, report, COMMANDS.dumps);
} finally {
  await rm(folder, { recursive: true });
}
