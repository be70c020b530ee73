/** Plays arrivals against a candidate by the clock on the wall, and writes down what everybody got. */
import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Outcome, Played } from '../play.ts';
import type { Workload } from '../workloads.ts';
import { createCaller } from './caller.ts';
import type { RealCandidate } from './candidates.ts';
import { startRealDiscogs } from './discogs.ts';

/** A candidate beside its own upstream, ready for the first look-up. */
export interface Prepared {
  readonly title: string;
  /** Once: nothing brings the caches and the window back to their start. */
  play(workload: Workload): Promise<Played>;
  stop(): Promise<void>;
}

/** Starts candidate and upstream. `mostCalls` as for {@link startRealDiscogs}. */
export async function prepare(candidate: RealCandidate, seed: number, mostCalls: number): Promise<Prepared> {
  const discogs = await startRealDiscogs(seed, mostCalls);
  const served = await candidate.start(discogs.port);
  const caller = createCaller();
  let turn = 0;

  return {
    title: candidate.title,
    async play({ arrivals }) {
      const start = performance.now();
      const sinceStart = (): number => performance.now() - start;
      const outcomes = await Promise.all(
        arrivals.map(async ({ atMs, target, conversation }): Promise<Outcome> => {
          await sleep(Math.max(0, atMs - sinceStart()));
          const askedAt = sinceStart();
          turn += 1;
          const { ok, ageSeconds } = await caller.ask(
            served.ports[turn % served.ports.length] ?? 0,
            target,
            conversation,
          );
          return { conversation, target, askedAt, tookMs: sinceStart() - askedAt, ok, ageSeconds };
        }),
      );
      return { outcomes, calls: [...discogs.calls], minutes: sinceStart() / 60_000 };
    },
    async stop() {
      await caller.close();
      await served.stop();
      await discogs.close();
    },
  };
}
