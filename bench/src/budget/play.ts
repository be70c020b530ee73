/** Plays a workload against a system in virtual time, and writes down what everybody got. */
import { type VirtualTime, virtualTime } from '../../../core/test/support/virtualTime.ts';
import type { Contender, System } from './systems.ts';
import { createVirtualDiscogs, type UpstreamCall } from './virtualDiscogs.ts';
import type { Conversation, Crawl, Workload } from './workloads.ts';

/** The name under which the crawl is written down. */
export const CRAWL = 'crawl';

/** One look-up and what came of it. */
export interface Outcome {
  readonly conversation: string;
  readonly target: string;
  /** Milliseconds since the start of the run. */
  readonly askedAt: number;
  /** From question to answer or refusal, the way to Discogs included. */
  readonly tookMs: number;
  readonly ok: boolean;
  readonly ageSeconds: number;
}

/** One whole run. */
export interface Played {
  readonly outcomes: readonly Outcome[];
  readonly calls: readonly UpstreamCall[];
  readonly minutes: number;
}

/** What a run needs beside its workload. */
export interface PlayOptions {
  readonly seed: number;
  readonly strangersPerMinute: number;
}

/** A crawl that is refused without a word about waiting gives the window a whole minute. */
const WAIT_WHEN_UNTOLD_MS = 60_000;

type Asking = (target: string, conversation: string) => ReturnType<System['ask']>;

async function talk({ id, startMs, lookUps }: Conversation, ask: Asking, time: VirtualTime): Promise<void> {
  await time.sleep(startMs);
  for (const { target, thinkMs } of lookUps) {
    await time.sleep(thinkMs);
    await ask(target, id);
  }
}

async function crawl(
  { startMs, targets }: Crawl,
  ask: Asking,
  time: VirtualTime,
  ended: () => boolean,
): Promise<void> {
  await time.sleep(startMs);
  for (let next = 0; next < targets.length && !ended(); ) {
    const { ok, retryAfterMs } = await ask(targets[next] ?? '', CRAWL);
    if (ok) next += 1;
    else await time.sleep(retryAfterMs ?? WAIT_WHEN_UNTOLD_MS);
  }
}

/** Plays it to the end. */
export async function play(
  workload: Workload,
  contender: Contender,
  { seed, strangersPerMinute }: PlayOptions,
): Promise<Played> {
  const time = virtualTime();
  const start = time.now();
  const discogs = createVirtualDiscogs({ time, seed, strangersPerMinute });
  const system = contender.build({ time, discogs, seed });
  const outcomes: Outcome[] = [];
  let ended = false;

  const ask: Asking = async (target, conversation) => {
    const askedAt = time.now();
    const reply = await system.ask(target, conversation === CRAWL ? undefined : conversation);
    const { ok, ageSeconds } = reply;
    const tookMs = time.now() - askedAt;
    if (!ended) outcomes.push({ conversation, target, askedAt: askedAt - start, tookMs, ok, ageSeconds });
    return reply;
  };

  const arrivals = workload.arrivals.map(async ({ atMs, target, conversation }) => {
    await time.sleep(atMs);
    await ask(target, conversation);
  });
  const talks = workload.conversations.map((conversation) => talk(conversation, ask, time));
  if (workload.crawl) void crawl(workload.crawl, ask, time, () => ended);
  await time.until(Promise.all([...arrivals, ...talks]));
  ended = true;
  return { outcomes, calls: [...discogs.calls], minutes: (time.now() - start) / 60_000 };
}
