/** How often things happened in the last hour, in minutes, so that nothing grows. */

const MINUTES = 60;
const MINUTE_MS = 60_000;

/** Counts by name. */
export interface RecentCounts<Name extends string> {
  add(...names: readonly Name[]): void;
  /** All names, those that never happened included. */
  sums(): Readonly<Record<string, number>>;
}

/** Makes counters that forget after an hour. */
export function createRecentCounts<const Name extends string>(
  names: readonly Name[],
  now: () => number,
): RecentCounts<Name> {
  /** By minute, modulo an hour. */
  const minutes = new Map<number, { readonly minute: number; readonly counts: Map<Name, number> }>();
  const current = (): number => Math.floor(now() / MINUTE_MS);
  return {
    add(...happened) {
      const minute = current();
      const slot = minute % MINUTES;
      const known = minutes.get(slot);
      const counts = known?.minute === minute ? known.counts : new Map<Name, number>();
      for (const name of happened) counts.set(name, (counts.get(name) ?? 0) + 1);
      minutes.set(slot, { minute, counts });
    },
    sums() {
      const oldest = current() - MINUTES;
      const recent = [...minutes.values()].filter(({ minute }) => minute > oldest);
      const sum = (name: Name): number =>
        recent.reduce((total, { counts }) => total + (counts.get(name) ?? 0), 0);
      return Object.fromEntries(names.map((name) => [name, sum(name)]));
    },
  };
}

/** What a status says about a request, for counters of these names; nothing for a success. */
export function outcomeOf(status: number): readonly ('client_errors' | 'rate_limited' | 'errors')[] {
  if (status === 429) return ['rate_limited'];
  if (status >= 500) return ['errors'];
  return status >= 400 ? ['client_errors'] : [];
}
