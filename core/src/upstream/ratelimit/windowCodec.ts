/** The window as text, for stores that keep text. Names are short because every call writes it. */
import * as z from 'zod/mini';
import { once } from '../../lib/once.ts';
import type { BudgetPolicy } from './policy.ts';
import { emptyWindow, type WindowState } from './window.ts';

/** Tuples: slots are [id, key, conversation, sentAt], ended calls [at, conversation, calls], and so on. */
const stored = once(() => {
  const time = z.number();
  const calls = z.int().check(z.minimum(0));
  return z.object({
    v: z.literal(1),
    limit: z.int().check(z.minimum(1)),
    slots: z.array(z.tuple([z.string(), z.string(), z.string(), time])),
    ended: z.array(z.tuple([time, z.string(), calls])),
    foreign: z.tuple([calls, time]),
    pause: z.nullable(z.tuple([time, time, z.nullable(z.string())])),
    sent: time,
  });
});

/** The state as compact JSON. Whole milliseconds do; a share is an instance's own affair. */
export function encodeWindow({
  limit,
  inFlight,
  ended,
  external,
  cooldown,
  lastSentAt,
}: WindowState): string {
  const value: z.infer<ReturnType<typeof stored>> = {
    v: 1,
    limit,
    slots: inFlight.map((slot) => [slot.id, slot.key, slot.conversation, Math.ceil(slot.sentAt)]),
    ended: ended.map((end) => [Math.ceil(end.at), end.conversation, end.calls]),
    foreign: [external.calls, Math.ceil(external.until)],
    pause: cooldown ? [Math.ceil(cooldown.until), cooldown.lengthMs, cooldown.probe ?? null] : null,
    sent: Math.ceil(lastSentAt),
  };
  return JSON.stringify(value);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The state of a text; undefined for one that is not a state. */
export function readWindow(text: string): WindowState | undefined {
  const { success, data } = stored().safeParse(parse(text));
  if (!success) return undefined;
  const [foreignCalls, until] = data.foreign;
  const ended = data.ended.map(([at, conversation, count]) => ({ at, conversation, calls: count }));
  return {
    limit: data.limit,
    inFlight: data.slots.map(([id, key, conversation, sentAt]) => ({ id, key, conversation, sentAt })),
    ended: ended.sort((a, b) => a.at - b.at),
    endedCalls: ended.reduce((sum, end) => sum + end.calls, 0),
    external: { calls: foreignCalls, until },
    cooldown: data.pause
      ? { until: data.pause[0], lengthMs: data.pause[1], probe: data.pause[2] ?? undefined }
      : undefined,
    lastSentAt: data.sent,
  };
}

/** The state as a clock that is `ms` ahead sees it. */
export function shiftWindow(state: WindowState, ms: number): WindowState {
  if (ms === 0) return state;
  return {
    ...state,
    inFlight: state.inFlight.map((slot) => ({ ...slot, sentAt: slot.sentAt + ms })),
    ended: state.ended.map((end) => ({ ...end, at: end.at + ms })),
    external: { ...state.external, until: state.external.until + ms },
    cooldown: state.cooldown && { ...state.cooldown, until: state.cooldown.until + ms },
    lastSentAt: state.lastSentAt + ms,
  };
}

/** Text of one store. `aheadMs` is how far the clock of the text is ahead of ours. */
export interface WindowCodec {
  encode(state: WindowState, aheadMs: number): string;
  /** Of no text, or of one that is not a state, an empty window. */
  decode(text: string, aheadMs: number): WindowState;
}

/** The codec for a policy. A value, so that a store that is loaded on demand brings no second core with it. */
export const createWindowCodec = (policy: BudgetPolicy): WindowCodec => ({
  encode: (state, aheadMs) => encodeWindow(shiftWindow(state, aheadMs)),
  decode: (text, aheadMs) => shiftWindow(readWindow(text) ?? emptyWindow(policy), -aheadMs),
});
