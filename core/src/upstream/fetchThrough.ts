/** One answer from outside this process: from the shared store, else from Discogs, and kept for the next caller. */
import type { Operation } from '../catalog/operation.ts';
import { isWorseThanStale } from '../discogs/responseOutcome.ts';
import type { AnswerCache } from './cache/answerCache.ts';
import type { StoredAnswer } from './cache/answerCodec.ts';
import { asFetched, keep, toStored } from './cache/cachedAnswer.ts';
import type { Freshness } from './cache/freshness.ts';
import type { ReadAnswer } from './cache/readAnswer.ts';
import type { Quest, SharedTier } from './cache/sharedCache.ts';
import type { Party, Turn } from './ratelimit/waiterGroup.ts';
import { type ClientDependencies, type Sent, sendToDiscogs } from './send.ts';
import type { Got, Want } from './upstreamRequest.ts';

/** Asks outside. */
export interface Fetching {
  /** `party` is the way through the gate; `name` is what the answer is kept under. */
  read(want: Want, name: string, lane: Turn['lane'], party: Party): Promise<Got>;
  write(want: Want): Promise<Sent>;
}

/** Seams. */
export interface FetchingDependencies extends ClientDependencies {
  /** The clock of `storedAt`. */
  readonly ageNow: () => number;
  readonly answers: AnswerCache;
  readonly rate: (operation: Operation, kept: StoredAnswer | undefined) => Freshness;
  readonly sharedTier?: SharedTier | undefined;
  readonly readAnswer: ReadAnswer;
}

/** Who waited for another instance in vain sends no call with less time than this: it would look like Discogs' failure. */
const LEAST_MS = 1000;

const turnOf = ({ key, conversation }: Want, lane: Turn['lane']): Turn => ({ lane, key, conversation });

const WAITED_TOO_LONG = 'the call that this one waited for took too long';

/** For whoever waited for the call of another, in this process or elsewhere, until no time was left. */
export const TOO_LATE: Got = {
  result: { kind: 'failure', cause: 'timeout', name: 'TimeoutException', detail: WAITED_TOO_LONG },
  meaning: { code: 'timeout', detail: WAITED_TOO_LONG },
  isGood: false,
  attempts: 0,
  waitedMs: 0,
};

/** What came of a call that nobody claimed. */
function called({ result, attempts, waitedMs }: Awaited<ReturnType<typeof sendToDiscogs>>): Sent {
  if (result.kind === 'elsewhere')
    throw new TypeError('a call that nobody claimed was left to somebody else');
  return { result, attempts, waitedMs };
}

/** Makes it for one process. */
export function createFetching(dependencies: FetchingDependencies): Fetching {
  const { fetcher, gate, breaker, now, ageNow, random, sleep, answers, rate, sharedTier, readAnswer } =
    dependencies;

  async function gotten({ result, attempts, waitedMs }: Sent): Promise<Got> {
    const meaning = await readAnswer(result);
    return { result, attempts, waitedMs, isGood: !isWorseThanStale(meaning), meaning };
  }

  /** What another instance knows, unless it is too old for its purpose. It is remembered here in any case. */
  async function taken(
    found: StoredAnswer | undefined,
    want: Want,
    name: string,
    lane: Turn['lane'],
  ): Promise<Got | undefined> {
    if (!found) return undefined;
    const rating = rate(want.operation, found);
    if (rating === 'gone') return undefined;
    const result = asFetched(found);
    // Read again, although another instance has read it: this finds the links, and trusts no store.
    const kept = keep(found, await readAnswer(result));
    if (!kept) return undefined;
    if (kept.storedAt > (answers.get(name)?.storedAt ?? 0)) answers.put(name, kept);
    const isGood = rating === 'fresh' || (rating === 'ageing' && lane === 'caller');
    return isGood ? { result, attempts: 0, waitedMs: 0, isGood, meaning: kept.meaning, kept } : undefined;
  }

  function store({ result, meaning }: Got, name: string, quest: Quest | undefined): void {
    const kept = result.kind === 'answer' ? keep(toStored(result, ageNow()), meaning) : undefined;
    // What this memory has no room for is not shared, either: each look at it would cost as much as a call.
    if (kept && answers.put(name, kept)) quest?.publish(kept);
    else quest?.letGo();
  }

  const send = (
    want: Want,
    lane: Turn['lane'],
    through: ClientDependencies['gate'],
    claim?: Quest['claim'],
  ) =>
    sendToDiscogs(
      { fetcher, gate: through, breaker, now, random, sleep },
      { request: want.request, turn: turnOf(want, lane), deadline: want.deadline, log: want.log, claim },
    );

  /** For answers that no other instance can have. */
  async function alone(want: Want, name: string, lane: Turn['lane'], party: Party): Promise<Got> {
    if (want.deadline.leftMs() < 1) return TOO_LATE;
    const got = await gotten(called(await send(want, lane, party)));
    if (want.operation.keepSeconds > 0) store(got, name, undefined);
    return got;
  }

  async function together(
    want: Want,
    name: string,
    lane: Turn['lane'],
    party: Party,
    quest: Quest,
  ): Promise<Got> {
    const { deadline, noCache } = want;
    const claim = noCache ? undefined : quest.claim;
    let leastMs = 1;
    const awaited = async (): Promise<Got | undefined> => {
      leastMs = LEAST_MS;
      return taken(await quest.await(deadline.leftMs), want, name, lane);
    };
    let got = noCache ? undefined : await taken(await quest.look(), want, name, lane);
    // Whoever has the lease has a slot, too: there is nothing to queue for.
    if (!got && quest.isTaken()) got = await awaited();
    while (!got) {
      if (deadline.leftMs() < leastMs) return TOO_LATE;
      const sent = await send(want, lane, party, claim);
      if (sent.result.kind !== 'elsewhere') {
        const mine = await gotten({ ...sent, result: sent.result });
        store(mine, name, quest);
        // The lease went to another instance meanwhile, which may do better.
        const theirs = !mine.isGood && quest.isTaken() ? await awaited() : undefined;
        return theirs ? { ...theirs, attempts: mine.attempts, waitedMs: mine.waitedMs } : mine;
      }
      got = await awaited();
    }
    return got;
  }

  function read(want: Want, name: string, lane: Turn['lane'], party: Party): Promise<Got> {
    const { keepSeconds, personal } = want.operation;
    // A user's own data never leaves this process.
    const quest = keepSeconds > 0 && !personal ? sharedTier?.quest(name) : undefined;
    return quest ? together(want, name, lane, party, quest) : alone(want, name, lane, party);
  }

  const write = async (want: Want): Promise<Sent> => called(await send(want, 'caller', gate));

  return { read, write };
}
