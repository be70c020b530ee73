/** Two minutes by the clock on the wall: every candidate at the same time, each in front of a Discogs of its own. */
import { COMPOSED_RECORDS_FROM } from '@discogs-agent/sandbox';
import { type Apps, buildApps } from '../../apps.ts';
import { type CandidateResult, measureForwarding } from '../../forwarding/measure.ts';
import { startChild } from '../../processes/child.ts';
import { findCores, pinSelf } from '../../processes/pinning.ts';
import { machineReport } from '../../report/machine.ts';
import { figures } from '../figures.ts';
import { play } from '../play.ts';
import type { Row } from '../report.ts';
import type { Contender } from '../systems.ts';
import { type Workload, zipfLookUps } from '../workloads.ts';
import { realCandidates } from './candidates.ts';
import { KEPT_EFFORT, keptCandidates } from './keptAnswers.ts';
import { type Prepared, prepare } from './play.ts';
import { realReport } from './report.ts';

/** What to run. */
export interface RealTimeOptions {
  readonly seed: number;
  readonly minutes: number;
  /** Play the same workload in virtual time, as a check of the models. */
  readonly contenders: readonly Contender[];
  readonly progress: (line: string) => void;
}

/** The calls that each of the look-ups may cost, repeats and refreshes included. */
const CALLS_PER_LOOK_UP = 2;

async function playAll(apps: Apps, workload: Workload, seed: number): Promise<readonly Row[]> {
  const prepared: Prepared[] = [];
  try {
    for (const candidate of realCandidates(apps)) {
      prepared.push(await prepare(candidate, seed, CALLS_PER_LOOK_UP * workload.arrivals.length));
    }
    // All at once: ten look-ups a second are little work, and what is measured are waits of seconds.
    return await Promise.all(
      prepared.map(async (each) => ({
        title: each.title,
        figures: figures(await each.play(workload)),
      })),
    );
  } finally {
    await Promise.all(prepared.map((each) => each.stop()));
  }
}

async function playVirtually(
  workload: Workload,
  { contenders, seed }: RealTimeOptions,
): Promise<readonly Row[]> {
  const rows: Row[] = [];
  for (const contender of contenders) {
    const played = await play(workload, contender, { seed, strangersPerMinute: 0 });
    rows.push({ title: `virtual time: ${contender.title}`, figures: figures(played) });
  }
  return rows;
}

async function measureKept(
  apps: Apps,
  candidateCore: string | undefined,
  loadCore: string | undefined,
  progress: (line: string) => void,
): Promise<readonly CandidateResult[]> {
  const upstream = await startChild({ script: apps.script('upstream'), core: loadCore });
  try {
    const options = { apps, upstreamPort: upstream.port, core: candidateCore, profile: undefined };
    return await measureForwarding(keptCandidates(options), upstream, KEPT_EFFORT, progress);
  } finally {
    await upstream.stop();
  }
}

/** Runs it and returns Markdown. */
export async function realTime(options: RealTimeOptions): Promise<string> {
  const { seed, minutes, progress } = options;
  const workload = zipfLookUps(seed, minutes, COMPOSED_RECORDS_FROM);
  progress('building');
  const apps = await buildApps();
  try {
    progress(`${workload.title}, in real time`);
    const rows = await playAll(apps, workload, seed);
    const models = await playVirtually(workload, options);
    // From here on CPU is measured, one candidate at a time.
    const cores = findCores();
    if (cores) pinSelf(cores.load);
    progress('answers from the cache');
    const kept = await measureKept(apps, cores?.candidate, cores?.load, progress);
    const machine = await machineReport(cores);
    return realReport({
      machine,
      seed,
      section: { title: workload.title, rows: [...rows, ...models] },
      kept,
    });
  } finally {
    await apps.remove();
  }
}
