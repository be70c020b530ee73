/** A range source that counts its reads, and does what a test tells it to do. */
import type { RangeAnswer, RangeSource } from '@discogs-agent/core/catalogue/pack';

export interface CountingSource extends RangeSource {
  /** Names of what was read since it was emptied. */
  readonly reads: string[];
  /** Runs before a read; what it returns is the answer. */
  intercept: ((name: string) => Promise<RangeAnswer | undefined>) | undefined;
}

export function countingSource(inner: RangeSource): CountingSource {
  const reads: string[] = [];
  const source: CountingSource = {
    reads,
    intercept: undefined,
    async read(name, ...range) {
      reads.push(name);
      return (await source.intercept?.(name)) ?? inner.read(name, ...range);
    },
    close: () => inner.close(),
  };
  return source;
}
