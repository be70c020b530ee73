/** The share of the window that one requester may use beside others. Pure. */

import type { BudgetPolicy } from './policy.ts';
import type { FairnessMemory, Waiter } from './queued.ts';
import { freeCalls, heldBy, heldByKey, ownCalls, type WindowState } from './window.ts';

/** What a share depends on besides the requester. */
export interface ShareContext {
  readonly state: WindowState;
  /** Calls of others behind the same address, as they are counted now. */
  readonly externalCalls: number;
  readonly waiters: readonly Waiter[];
  readonly memory: FairnessMemory;
  readonly policy: BudgetPolicy;
  readonly now: number;
}

/** Whose share it is. */
export type Sharer = Pick<Waiter, 'priority' | 'key' | 'conversation'>;

/**
 * True when somebody else called in the last minutes, waits, or has calls in the window. The window counts because other
 * instances saw those callers, and all instances must come to the same conclusion.
 */
function othersActive(
  isOther: (caller: { readonly conversation: string }) => boolean,
  { state, waiters, memory, policy, now }: ShareContext,
): boolean {
  if (waiters.some((waiter) => waiter.priority !== 'refresh' && isOther(waiter))) return true;
  if (state.inFlight.some(isOther) || state.ended.some(isOther)) return true;
  for (const [conversation, activeAt] of memory.conversationActiveAt) {
    if (activeAt > now - policy.activeMs && isOther({ conversation })) return true;
  }
  return false;
}

/**
 * True while `key` leaves enough free calls to keys that have called less: as many as it holds itself, up to the reserve.
 * So the last calls of a window go to newcomers, one newcomer cannot take what the next one needs, and the window alone
 * decides, which is the same for all instances.
 */
function leavesReserve(key: string, free: number, reserve: number, state: WindowState): boolean {
  return free > reserve || free > heldByKey(state, key);
}

/** True when the window has a free call and fairness does not keep it for somebody else. */
export function hasShare({ priority, key, conversation }: Sharer, context: ShareContext): boolean {
  const { state, externalCalls, policy } = context;
  const free = freeCalls(state, externalCalls);
  if (free <= 0) return false;
  if (priority === 'refresh') return free > state.limit * policy.refreshReserve;
  // External usage is excluded before shares are computed.
  const ours = state.limit - externalCalls;
  const share = Math.max(1, Math.floor(ours * policy.conversationShare));
  // If external usage leaves little, the reserve is at most a third of the rest.
  const reserve = policy.severalKeys() ? Math.min(policy.newcomerReserve, ours - share) : 0;
  if (!leavesReserve(key, free, reserve, state)) return false;
  // The reserve for other keys reduces the crawling conversation's share, not that of others beside it.
  const talk = Math.max(1, Math.floor((ours - reserve) * policy.conversationShare));
  // Fast path: nobody can hold more than all do.
  if (ownCalls(state) < Math.min(talk, ours - policy.newcomerReserve)) return true;
  const isOtherTalk = (other: { readonly conversation: string }) => other.conversation !== conversation;
  const cap = othersActive(isOtherTalk, context) ? talk : ours - policy.newcomerReserve;
  if (heldBy(state, conversation) >= Math.max(1, cap)) return false;
  // Conversation ids are invented by callers: a key must not get another key's share by inventing some.
  const isOtherKey = (other: { readonly conversation: string }) => !other.conversation.startsWith(`${key}/`);
  return !othersActive(isOtherKey, context) || heldByKey(state, key) < share;
}
