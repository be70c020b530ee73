/** Writes of each Discogs user in this process: a number in the names of kept answers, which a write raises. */

/** Numbers by owner, bounded in memory. */
export interface Epochs {
  /** 0 before the first write; later one that no other process has, so that a shared cache never mixes them. */
  of(owner: string): number;
  raise(owner: string): void;
}

/** A broker has many users; more owners than this start a new count for all. */
const MAX_OWNERS = 1000;
/** Processes begin at random numbers, this far apart at most. */
const FIRST_BELOW = 2 ** 48;

/** All owners begin with the same number. */
export function createEpochs(random: () => number): Epochs {
  const raised = new Map<string, number>();
  let highest = Math.floor(random() * FIRST_BELOW);
  /** What owners have that are not in the map: never a number that one of them had before its last write. */
  let others = 0;
  return {
    of: (owner) => raised.get(owner) ?? others,
    raise(owner) {
      highest += 1;
      if (raised.size >= MAX_OWNERS && !raised.has(owner)) {
        raised.clear();
        others = highest;
        highest += 1;
      }
      raised.set(owner, highest);
    },
  };
}
