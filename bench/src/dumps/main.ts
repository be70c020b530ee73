/** `npm run bench:dumps`: reading a generated dump beside discogs-xml2db's exporter; `--write` keeps the table. */
import { mkdtemp, rm } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { generateDump } from '@discogs-agent/dumps';
import { findCores } from '../processes/pinning.ts';
import { COMMANDS, writeResults } from '../report/readme.ts';
import { type Candidate, candidates, type Run } from './candidates.ts';
import { readingTable } from './report.ts';

const README = new URL('../../README.md', import.meta.url);

const { values } = parseArgs({
  options: {
    releases: { type: 'string', default: '50000' },
    rounds: { type: 'string', default: '3' },
    xml2db: { type: 'string' },
    write: { type: 'boolean', default: false },
  },
});
const [releases, rounds] = [Number(values.releases), Number(values.rounds)];
if (!(releases > 0 && rounds > 0)) throw new Error('--releases and --rounds must be numbers above 0');
const xml2db = values.xml2db === undefined ? undefined : resolve(values.xml2db);

/** Reading alone. Import with a store, and look-ups in it, follow here when there is a store to measure. */
async function reading(folder: string): Promise<string> {
  const dump = join(folder, 'dump');
  console.error(`generating ${releases} releases`);
  const [path = ''] = await generateDump({ folder: dump, date: '2026-10-01', releases, kinds: ['releases'] });
  const core = findCores()?.candidate;
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

const folder = await mkdtemp(join(tmpdir(), 'bench-dumps-'));
try {
  const processors = cpus();
  const head =
    `Measured ${new Date().toISOString().slice(0, 10)}; ${processors.length} × ${processors[0]?.model.trim() ?? 'unknown processor'}; ` +
    `Node ${process.versions.node}; ${releases.toLocaleString('en-US')} generated releases, median of ${rounds} rounds.`;
  const report = [head, await reading(folder)].join('\n\n');
  console.log(report);
  if (values.write) await writeResults(README, report, COMMANDS.dumps);
} finally {
  await rm(folder, { recursive: true });
}
