/** Which signed requests have been here: a nonce counts once for its time and token. */

export interface Nonces {
  /** False when it was seen before. `at` and `now` are seconds. */
  take(nonce: string, at: number, now: number): boolean;
}

/** `keepSeconds`: older ones are refused for their timestamp anyway. */
export function createNonces(keepSeconds: number): Nonces {
  const seen = new Map<string, number>();
  return {
    take(nonce, at, now) {
      if (seen.has(nonce)) return false;
      // A map keeps the order of arrival, so what can be forgotten stands first.
      for (const [old, lastUse] of seen) {
        if (lastUse + keepSeconds >= now) break;
        seen.delete(old);
      }
      seen.set(nonce, at);
      return true;
    },
  };
}
