/** Chance from a seed: the same numbers on every machine, so that a run can be repeated. */

/** A number in [0, 1). */
export type Random = () => number;

/** Mulberry32: 32 bits of state, good enough to deal cards with. */
export function seeded(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Draws ranks 0 … `size` − 1, where rank r comes up in proportion to 1 / (r + 1)^`exponent`. */
export function zipf(size: number, exponent: number, random: Random): () => number {
  let sum = 0;
  const sums = Array.from({ length: size }, (_, rank) => {
    sum += 1 / (rank + 1) ** exponent;
    return sum;
  });
  return () => {
    const drawn = random() * sum;
    let [low, high] = [0, size - 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((sums[middle] ?? 0) > drawn) high = middle;
      else low = middle + 1;
    }
    return low;
  };
}

/** A number between `low` and `high`, all alike likely. */
export const between = (low: number, high: number, random: Random): number => low + (high - low) * random();

/** Milliseconds to the next event of a Poisson process. */
export const poissonGapMs = (perMinute: number, random: Random): number =>
  (-Math.log(1 - random()) * 60_000) / perMinute;
