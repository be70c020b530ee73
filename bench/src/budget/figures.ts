/** The figures of one run. */
import { percentile } from '../stats.ts';
import { CRAWL, type Outcome, type Played } from './play.ts';

/** Minute from which a cold start is over. */
const WARM_MS = 20 * 60_000;
/** Two 429s closer than this came from somebody who did not pause. */
const PAUSE_MS = 1000;

/** A row. The crawl has figures of its own: all others are about those who do not crawl. */
export interface Figures {
  /** All answers, those of the crawl included. */
  readonly answersPerCall: number;
  /** Answers to conversations for each call that was spent for them. */
  readonly talkAnswersPerCall: number;
  readonly answered: number;
  /** From minute 20 on; undefined for a shorter run. */
  readonly answeredWarm: number | undefined;
  /** 429s that Discogs sent. */
  readonly limited: number;
  readonly limitedPerMinute: number;
  /** 429s that followed another one within a second. */
  readonly limitedInARow: number;
  readonly waitP50Ms: number;
  readonly waitP95Ms: number;
  /** Share answered of the conversation that fared worst. */
  readonly worstAnswered: number;
  readonly oldestSeconds: number;
  readonly crawledPerMinute: number | undefined;
  readonly calls: number;
}

const shareOk = (outcomes: readonly Outcome[]): number =>
  outcomes.length === 0 ? 1 : outcomes.filter(({ ok }) => ok).length / outcomes.length;

function worstShare(outcomes: readonly Outcome[]): number {
  const byConversation = new Map<string, Outcome[]>();
  for (const outcome of outcomes) {
    const known = byConversation.get(outcome.conversation);
    if (known) known.push(outcome);
    else byConversation.set(outcome.conversation, [outcome]);
  }
  return Math.min(...[...byConversation.values()].map(shareOk));
}

function waits(outcomes: readonly Outcome[]): readonly [number, number] {
  const sorted = outcomes
    .filter(({ ok }) => ok)
    .map(({ tookMs }) => tookMs)
    .sort((a, b) => a - b);
  return sorted.length === 0 ? [Number.NaN, Number.NaN] : [percentile(sorted, 0.5), percentile(sorted, 0.95)];
}

/** Works them out. */
export function figures({ outcomes, calls, minutes }: Played): Figures {
  const talks = outcomes.filter(({ conversation }) => conversation !== CRAWL);
  const crawled = outcomes.filter(({ conversation }) => conversation === CRAWL);
  const answers = outcomes.filter(({ ok }) => ok).length;
  const talked = new Set(talks.map(({ target }) => target));
  const callsForTalks = calls.filter(({ target }) => talked.has(target)).length;
  const warm = talks.filter(({ askedAt }) => askedAt >= WARM_MS);
  const limited = calls.filter((call) => call.limited).map(({ at }) => at);
  const [waitP50Ms, waitP95Ms] = waits(talks);
  const crawlBegan = crawled[0]?.askedAt;
  return {
    answersPerCall: answers / calls.length,
    talkAnswersPerCall: talks.filter(({ ok }) => ok).length / callsForTalks,
    answered: shareOk(talks),
    answeredWarm: warm.length === 0 ? undefined : shareOk(warm),
    limited: limited.length,
    limitedPerMinute: limited.length / minutes,
    limitedInARow: limited.filter((at, index) => index > 0 && at - (limited[index - 1] ?? 0) < PAUSE_MS)
      .length,
    waitP50Ms,
    waitP95Ms,
    worstAnswered: worstShare(talks),
    oldestSeconds: outcomes.reduce(
      (oldest, { ok, ageSeconds }) => (ok ? Math.max(oldest, ageSeconds) : oldest),
      0,
    ),
    crawledPerMinute:
      crawlBegan === undefined
        ? undefined
        : (shareOk(crawled) * crawled.length) / (minutes - crawlBegan / 60_000),
    calls: calls.length,
  };
}
