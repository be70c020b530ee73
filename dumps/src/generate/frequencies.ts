/** How the elements of real dumps are spread; measured by `measureFrequencies.ts`, used by the generator. */

/** How often there is nothing, and the deciles of everything else, from the least to the most. */
export interface Spread {
  readonly none: number;
  readonly deciles: readonly number[];
  /** The mean of the highest tenth, which holds a few numbers far above the others. */
  readonly highest: number;
}

/** By path below the record, as in `knownShapes.ts`. */
export interface Frequencies {
  /** Elements of this name in their parent, where that is not always one. */
  readonly counts: Readonly<Record<string, Spread>>;
  /** Characters of a text or attribute. */
  readonly lengths: Readonly<Record<string, Spread>>;
  /** Values of a vocabulary, the most frequent first. */
  readonly values: Readonly<Record<string, readonly string[]>>;
  /** How often each of these values comes up. */
  readonly weights: Readonly<Record<string, readonly number[]>>;
}

/** Sums up what was measured. */
export function spreadOf(values: readonly number[]): Spread {
  const some = values.filter((value) => value > 0).sort((a, b) => a - b);
  const decile = (index: number): number => some[Math.round((index / 10) * (some.length - 1))] ?? 0;
  const highest = some.slice(Math.round(0.9 * (some.length - 1)));
  const mean = highest.reduce((sum, value) => sum + value, 0) / Math.max(1, highest.length);
  return {
    none: Number(((values.length - some.length) / Math.max(1, values.length)).toFixed(4)),
    deciles: some.length === 0 ? [] : Array.from({ length: 11 }, (_, index) => decile(index)),
    highest: Number(mean.toFixed(2)),
  };
}
