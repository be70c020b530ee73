/** The few figures that the tables show. */

/** Value at `share` (0 to 1) of samples that are sorted in ascending order: the nearest rank, never interpolated. */
export function percentile(sorted: ArrayLike<number>, share: number): number {
  const rank = Math.ceil(share * sorted.length);
  const value = sorted[Math.min(Math.max(rank, 1), sorted.length) - 1];
  if (value === undefined) throw new RangeError('no samples');
  return value;
}

/** The middle value, or the mean of the two in the middle. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const half = sorted.length / 2;
  const upper = sorted[Math.floor(half)];
  const lower = sorted[Math.ceil(half) - 1];
  if (upper === undefined || lower === undefined) throw new RangeError('no samples');
  return (upper + lower) / 2;
}

/** The mean of ratios: twice as fast and half as fast cancel out. */
export function geometricMean(values: readonly number[]): number {
  if (values.length === 0) throw new RangeError('no samples');
  return Math.exp(values.reduce((sum, value) => sum + Math.log(value), 0) / values.length);
}
