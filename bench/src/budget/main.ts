/**
 * `npm run bench:budget`: plays the workloads in virtual time and prints the tables; `--real` adds two minutes in real
 * time and the price of a kept answer; `--write` keeps what was run.
 */
import { parseArgs } from 'node:util';
import { COMMANDS, writeResults } from '../report/readme.ts';
import { figures } from './figures.ts';
import { play } from './play.ts';
import { realTime } from './realTime/run.ts';
import { budgetReport, type Section } from './report.ts';
import { type Contender, passThrough, plainCache } from './systems.ts';
import { thisGateway } from './thisGateway.ts';
import { type Workload, workloads } from './workloads.ts';

const README = new URL('../../README.md', import.meta.url);
/** Calls of strangers in the runs that have some. */
const STRANGERS_PER_MINUTE = 30;

const OURS: readonly Contender[] = [
  { title: 'this gateway, 1 instance', build: thisGateway(1) },
  { title: 'this gateway, 4 instances', build: thisGateway(4) },
];
/** In virtual time only: what a store costs is measured elsewhere. */
const WITH_CATALOGUE: readonly Contender[] = (['fallback', 'first'] as const).map((when) => ({
  title: `this gateway, 1 instance, CATALOGUE=${when}`,
  build: thisGateway(1, { CATALOGUE: when }),
}));
const MODELS: readonly Contender[] = [
  { title: 'model: the original (pass-through)', build: passThrough },
  { title: 'model: a plain cache with lock', build: plainCache },
];

async function section(workload: Workload, seed: number, strangersPerMinute: number): Promise<Section> {
  const rows = [];
  for (const contender of [...OURS, ...WITH_CATALOGUE, ...MODELS]) {
    console.error(`${workload.title}: ${contender.title}`);
    const played = await play(workload, contender, { seed, strangersPerMinute });
    rows.push({ title: contender.title, figures: figures(played) });
  }
  const suffix =
    strangersPerMinute === 0 ? '' : `, and strangers who send ${strangersPerMinute} calls a minute`;
  return { title: workload.title + suffix, rows };
}

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    write: { type: 'boolean', default: false },
    real: { type: 'boolean', default: false },
    minutes: { type: 'string', default: '2' },
  },
});
const seed = Number(values.seed);
const minutes = Number(values.minutes);
if (!(minutes > 0)) throw new Error('--minutes must be a number above 0');
const sections: Section[] = [];
for (const strangersPerMinute of [0, STRANGERS_PER_MINUTE]) {
  for (const workload of workloads(seed)) sections.push(await section(workload, seed, strangersPerMinute));
}
const report = budgetReport(seed, sections);
console.log(report);
if (values.write) await writeResults(README, report, COMMANDS.budget);
if (values.real) {
  const contenders = [...OURS, ...MODELS];
  const realReport = await realTime({ seed, minutes, contenders, progress: console.error });
  console.log(`\n${realReport}`);
  if (values.write) await writeResults(README, realReport, COMMANDS.budgetInRealTime);
}
