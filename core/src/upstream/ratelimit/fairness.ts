/** What the rate limiter remembers about keys and conversations, bounded in size. */

import type { BudgetPolicy } from './policy.ts';
import type { FairnessMemory, Waiter } from './schedule.ts';

/** Who was served and who is active. */
export interface Fairness {
  readonly memory: FairnessMemory;
  /** The name under which a conversation is scheduled. */
  nameOf(key: string, conversation: string): string;
  /** Records an arrival; returns the name under which the conversation is scheduled. */
  arrived(key: string, conversation: string, now: number): string;
  served(waiter: Waiter, now: number): void;
}

/** Makes an empty memory. */
export function createFairness(policy: BudgetPolicy): Fairness {
  const { conversationsPerKey } = policy;
  const keyServedAt = new Map<string, number>();
  const conversationServedAt = new Map<string, number>();
  const conversationActiveAt = new Map<string, number>();
  const conversationsOf = new Map<string, Set<string>>();

  function forgetIdle(known: Set<string>, now: number): void {
    for (const name of known) {
      if ((conversationActiveAt.get(name) ?? 0) > now - policy.activeMs) continue;
      known.delete(name);
      conversationActiveAt.delete(name);
      conversationServedAt.delete(name);
    }
  }

  function nameOf(key: string, conversation: string): string {
    const known = conversationsOf.get(key);
    const name = `${key}/${conversation}`;
    // The shared bucket has an empty id, which no conversation can have.
    return !known || known.has(name) || known.size < conversationsPerKey ? name : `${key}/`;
  }

  function placeOf(key: string, conversation: string, now: number): string {
    const known = conversationsOf.get(key) ?? new Set();
    conversationsOf.set(key, known);
    if (known.size >= conversationsPerKey && !known.has(`${key}/${conversation}`)) forgetIdle(known, now);
    const name = nameOf(key, conversation);
    if (known.size < conversationsPerKey) known.add(name);
    return name;
  }

  return {
    memory: { keyServedAt, conversationServedAt, conversationActiveAt },
    nameOf,
    arrived(key, conversation, now) {
      const place = placeOf(key, conversation, now);
      conversationActiveAt.set(place, now);
      return place;
    },
    served({ key, conversation }, now) {
      keyServedAt.set(key, now);
      conversationServedAt.set(conversation, now);
    },
  };
}
