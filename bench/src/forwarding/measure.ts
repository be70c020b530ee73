/** Part A: all candidates against the same upstream, in turns. */
import { BODIES, type BodyKind, releaseId } from '../bodies.ts';
import { type LoadResult, runLoad } from '../load/runLoad.ts';
import type { Child } from '../processes/child.ts';
import { median, percentile } from '../stats.ts';
import type { Candidate } from './candidates.ts';
import { checkAnswer } from './checkAnswer.ts';

/** Figures of one candidate for one body; medians over the rounds. */
export interface Figures {
  /** CPU per call at 50 callers: calls come in bunches, and one wake-up serves many. */
  readonly cpuOf50: number;
  /** CPU per call at one caller: each call pays for waking up. Misses look like this, one a second. */
  readonly cpuOf1: number;
  readonly perSecond50: number;
  readonly p50Of50: number;
  readonly p99Of50: number;
  readonly perSecond1: number;
  readonly p50Of1: number;
  readonly p99Of1: number;
}

/** One candidate's part of the table. */
export interface CandidateResult {
  readonly candidate: Candidate;
  /** In the order of `BODIES`. */
  readonly figures: readonly Figures[];
  readonly calls: number;
  /** Upstream connections opened per 1,000 sequential calls of a fresh process; undefined without an upstream. */
  readonly connections: number | undefined;
}

/** How long, and how often. */
export interface Effort {
  readonly rounds: number;
  readonly seconds: number;
  readonly warmUpSeconds: number;
  readonly sequentialCalls: number;
  /** So many ids of each size are asked for in turn, for answers from a cache; undefined: no id twice. */
  readonly ids?: number;
}

const CALLERS = 50;

interface Running {
  readonly candidate: Candidate;
  readonly child: Child;
  readonly rounds: Figures[][];
  readonly nextIndex: () => number;
  calls: number;
  connections: number | undefined;
}

/** A counter shared by all candidates: whoever asks, the id is new. */
let counter = 1;

async function load(
  running: Running,
  body: BodyKind,
  callers: number,
  limit: { readonly seconds: number } | { readonly calls: number },
): Promise<LoadResult> {
  const result = await runLoad({
    port: running.child.port,
    callers,
    limit,
    nextPath: () => `/api/releases/${releaseId(body, running.nextIndex())}`,
    // Rewriting makes a body a little shorter or longer, and a wrong answer much shorter.
    leastBytes: body.bytes * 0.7,
  });
  running.calls += result.calls;
  return result;
}

/** Runs a load, and asks before and after it what the candidate has used. */
async function loadWithCpu(
  running: Running,
  body: BodyKind,
  callers: number,
  seconds: number,
): Promise<LoadResult & { readonly cpuMicros: number }> {
  const before = await running.child.figure('cpuMicros');
  const result = await load(running, body, callers, { seconds });
  const after = await running.child.figure('cpuMicros');
  return { ...result, cpuMicros: (after - before) / result.calls };
}

async function measureBody(running: Running, body: BodyKind, seconds: number): Promise<Figures> {
  const busy = await loadWithCpu(running, body, CALLERS, seconds);
  const single = await loadWithCpu(running, body, 1, seconds);
  return {
    cpuOf50: busy.cpuMicros,
    cpuOf1: single.cpuMicros,
    perSecond50: busy.calls / busy.seconds,
    p50Of50: percentile(busy.latencies, 0.5),
    p99Of50: percentile(busy.latencies, 0.99),
    perSecond1: single.calls / single.seconds,
    p50Of1: percentile(single.latencies, 0.5),
    p99Of1: percentile(single.latencies, 0.99),
  };
}

async function countConnections(running: Running, upstream: Child, calls: number): Promise<void> {
  if (!running.candidate.forwards) return;
  const before = await upstream.figure('connections');
  await load(running, BODIES[0], 1, { calls });
  running.connections = (((await upstream.figure('connections')) - before) / calls) * 1000;
}

/** The median of each figure. */
function medians(rounds: readonly Figures[]): Figures {
  const of = (name: keyof Figures): number => median(rounds.map((figures) => figures[name]));
  return {
    cpuOf50: of('cpuOf50'),
    cpuOf1: of('cpuOf1'),
    perSecond50: of('perSecond50'),
    p50Of50: of('p50Of50'),
    p99Of50: of('p99Of50'),
    perSecond1: of('perSecond1'),
    p50Of1: of('p50Of1'),
    p99Of1: of('p99Of1'),
  };
}

/** Runs everything; rejects if a single call goes wrong. */
export async function measureForwarding(
  candidates: readonly Candidate[],
  upstream: Child,
  effort: Effort,
  progress: (line: string) => void = () => {},
): Promise<readonly CandidateResult[]> {
  const all: Running[] = [];
  try {
    for (const candidate of candidates) {
      const running: Running = {
        candidate,
        child: await candidate.start(),
        rounds: BODIES.map(() => []),
        nextIndex: () => counter++ % (effort.ids ?? Number.POSITIVE_INFINITY),
        calls: 0,
        connections: undefined,
      };
      all.push(running);
      await countConnections(running, upstream, effort.sequentialCalls);
      await checkAnswer(running.candidate, running.child.port, running.nextIndex);
      for (const body of BODIES) await load(running, body, CALLERS, { seconds: effort.warmUpSeconds });
      progress(`warm: ${candidate.label}`);
    }
    for (let round = 0; round < effort.rounds; round += 1) {
      for (const [index, body] of BODIES.entries()) {
        for (const running of all) {
          running.rounds[index]?.push(await measureBody(running, body, effort.seconds));
        }
      }
      progress(`round ${round + 1} of ${effort.rounds}`);
    }
  } finally {
    await Promise.all(all.map(({ child }) => child.stop()));
  }
  return all.map(({ candidate, rounds, calls, connections }) => ({
    candidate,
    figures: rounds.map(medians),
    calls,
    connections,
  }));
}
