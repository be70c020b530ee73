/** What is compared: this gateway's own code, and small models of two simpler ways. */
import type { FetchedAnswer } from '@discogs-agent/core';
import { match } from '@discogs-agent/core';
import type { VirtualTime } from '../../../core/test/support/virtualTime.ts';
import type { VirtualDiscogs } from './virtualDiscogs.ts';

/** What a caller got. */
export interface Reply {
  readonly ok: boolean;
  /** Seconds since Discogs said it. */
  readonly ageSeconds: number;
  /** What a refusal tells the caller to wait; undefined when it does not say. */
  readonly retryAfterMs: number | undefined;
}

/** Something that answers look-ups. */
export interface System {
  ask(target: string, conversation: string | undefined): Promise<Reply>;
}

/** Everything a system of one run is made from. */
export interface World {
  readonly time: VirtualTime;
  readonly discogs: VirtualDiscogs;
  readonly seed: number;
}

/** A row of the table. */
export interface Contender {
  readonly title: string;
  readonly build: (world: World) => System;
}

const asReply = (answer: FetchedAnswer, ageSeconds: number): Reply => ({
  ok: answer.status === 200,
  ageSeconds,
  retryAfterMs: undefined,
});

/** The original: each call is forwarded. It repeats once after a fault of the connection, of which this run has none. */
export const passThrough = ({ discogs }: World): System => ({
  ask: async (target) => asReply(await discogs.fetch(target), 0),
});

function keepMsOf(target: string): number {
  const matched = match('GET', target.split('?', 1)[0] ?? '');
  return matched.kind === 'operation' ? matched.operation.cacheSeconds * 1000 : 0;
}

/** A cache with a lock, as a reverse proxy has it: identical calls wait for one. It knows no budget. */
export function plainCache({ time, discogs }: World): System {
  const kept = new Map<string, { readonly answer: FetchedAnswer; readonly at: number }>();
  const underWay = new Map<string, Promise<FetchedAnswer>>();

  async function fetchAndKeep(target: string): Promise<FetchedAnswer> {
    const answer = await discogs.fetch(target);
    underWay.delete(target);
    if (answer.status === 200) kept.set(target, { answer, at: time.now() });
    return answer;
  }

  return {
    async ask(target) {
      const known = kept.get(target);
      if (known && time.now() - known.at < keepMsOf(target)) {
        return asReply(known.answer, (time.now() - known.at) / 1000);
      }
      const call = underWay.get(target) ?? fetchAndKeep(target);
      underWay.set(target, call);
      return asReply(await call, 0);
    },
  };
}
