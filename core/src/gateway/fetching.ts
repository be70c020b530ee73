/** One answer from outside this process: from the shared store, else from Discogs, and kept for the next caller. */
import type { Operation } from '../catalog/operation.ts';
import { type ClientDependencies, type Sent, sendToDiscogs } from '../discogs/client.ts';
import { isWorseThanStale } from '../discogs/interpret.ts';
import type { Party, Turn } from './budget/party.ts';
import type { AnswerCache, KeptAnswer } from './cache/answerCache.ts';
import type { Freshness } from './cache/freshness.ts';
import { asFetched, isKeepable, keep } from './cache/keptAnswers.ts';
import type { Quest, SharedTier } from './cache/sharedTier.ts';
import type { Want } from './economy.ts';

/** What came of it. */
export interface Got extends Sent {
  /** False where an older answer is better than this one. */
  readonly isGood: boolean;
  /** The shared store had it: another instance has asked. */
  readonly kept?: KeptAnswer | undefined;
}

/** Asks outside. */
export interface Fetching {
  /** `party` is the way through the gate; `name` is what the answer is kept under. */
  read(want: Want, name: string, lane: Turn['lane'], party: Party): Promise<Got>;
  write(want: Want): Promise<Sent>;
}

/** Seams. */
export interface FetchingDependencies extends ClientDependencies {
  readonly answers: AnswerCache;
  readonly rate: (operation: Operation, kept: KeptAnswer | undefined) => Freshness;
  readonly sharedTier?: SharedTier | undefined;
}

/** Who waited for another instance in vain sends no call with less time than this: it would look like Discogs' failure. */
const LEAST_MS = 1000;

/** For whoever waited for the call of another, in this process or elsewhere, until no time was left. */
export const TOO_LATE: Sent['result'] = {
  kind: 'failure',
  cause: 'timeout',
  name: 'TimeoutException',
  detail: 'the call that this one waited for took too long',
};

const turnOf = ({ key, conversation }: Want, lane: Turn['lane']): Turn => ({ lane, key, conversation });

/** Makes it for one process. */
export function createFetching(dependencies: FetchingDependencies): Fetching {
  const { fetcher, gate, breaker, now, random, sleep, answers, rate, sharedTier } = dependencies;

  /** What another instance knows, unless it is too old for its purpose. It is remembered here in any case. */
  function taken(
    found: KeptAnswer | undefined,
    want: Want,
    name: string,
    lane: Turn['lane'],
  ): Got | undefined {
    if (!found) return undefined;
    const rating = rate(want.operation, found);
    if (rating === 'gone') return undefined;
    if (found.storedAt > (answers.get(name)?.storedAt ?? 0)) answers.put(name, found);
    const isGood = rating === 'fresh' || (rating === 'ageing' && lane === 'caller');
    if (!isGood) return undefined;
    return { result: asFetched(found), attempts: 0, waitedMs: 0, isGood, kept: found };
  }

  function store({ result, isGood }: Got, name: string, quest: Quest | undefined): void {
    if (isGood && result.kind === 'answer' && isKeepable(result)) {
      const kept = keep(result, now());
      answers.put(name, kept);
      quest?.publish(kept);
    } else {
      quest?.letGo();
    }
  }

  async function read(want: Want, name: string, lane: Turn['lane'], party: Party): Promise<Got> {
    const { operation, request, deadline, log, noCache } = want;
    const client = { fetcher, gate: party, breaker, now, random, sleep };
    const isKept = operation.keepSeconds > 0;
    // A user's own data never leaves this process.
    const quest = isKept && !operation.personal ? sharedTier?.quest(name) : undefined;
    const claim = noCache ? undefined : quest?.claim;
    let leastMs = 1;
    const awaited = async (): Promise<Got | undefined> => {
      leastMs = LEAST_MS;
      return taken(await quest?.await(deadline.leftMs), want, name, lane);
    };
    let got = noCache ? undefined : taken(await quest?.look(), want, name, lane);
    // Whoever has the lease has a slot, too: there is nothing to queue for.
    if (!got && quest?.isTaken()) got = await awaited();
    while (!got) {
      if (deadline.leftMs() < leastMs) return { result: TOO_LATE, attempts: 0, waitedMs: 0, isGood: false };
      const sent = await sendToDiscogs(client, { request, turn: turnOf(want, lane), deadline, log, claim });
      const { result, attempts, waitedMs } = sent;
      if (result.kind !== 'elsewhere') {
        const mine = { result, attempts, waitedMs, isGood: !isWorseThanStale(result) };
        if (isKept) store(mine, name, quest);
        // The lease went to another instance meanwhile, which may do better.
        const theirs = !mine.isGood && quest?.isTaken() ? await awaited() : undefined;
        return theirs ? { ...theirs, attempts, waitedMs } : mine;
      }
      got = await awaited();
    }
    return got;
  }

  async function write(want: Want): Promise<Sent> {
    const { request, deadline, log } = want;
    const client = { fetcher, gate, breaker, now, random, sleep };
    const sent = await sendToDiscogs(client, { request, turn: turnOf(want, 'caller'), deadline, log });
    // Nobody claims a write.
    if (sent.result.kind === 'elsewhere') throw new TypeError('a write was left to somebody else');
    return { ...sent, result: sent.result };
  }

  return { read, write };
}
