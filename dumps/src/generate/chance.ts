/** Chance from a seed, the same on every machine. */
import type { Spread } from './frequencies.ts';

/** Mixes two whole numbers into 32 bits. */
export function mix(a: number, b: number): number {
  let hash = Math.imul(a ^ 0x9e3779b9, 0x85ebca6b) ^ Math.imul(b + 0x165667b1, 0xc2b2ae35);
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  hash = Math.imul(hash ^ (hash >>> 12), 0x297a2d39);
  return (hash ^ (hash >>> 15)) >>> 0;
}

/** A stream of numbers; xorshift with 32 bits of state is enough to deal shapes with. */
export class Chance {
  #state: number;

  constructor(seed: number) {
    this.#state = mix(seed, 1) || 1;
  }

  /** In [0, 1). */
  next(): number {
    let state = this.#state;
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    this.#state = state;
    return (state >>> 0) / 2 ** 32;
  }

  /** A whole number from 0 to `limit` - 1. */
  below(limit: number): number {
    return Math.floor(this.next() * limit);
  }

  is(probability: number): boolean {
    return this.next() < probability;
  }

  /** One of the rows. */
  of<Row>(rows: readonly Row[]): Row {
    const row = rows[this.below(rows.length)];
    if (row === undefined) throw new Error('nothing to choose from');
    return row;
  }

  /** A number that is spread as measured. The highest tenth is bent so that its mean is the measured one. */
  spread({ none, deciles, highest }: Spread): number {
    if (this.next() < none || deciles.length === 0) return 0;
    const place = this.next() * 10;
    const index = Math.floor(place);
    const [low = 0, high = low] = deciles.slice(index, index + 2);
    const bend = index === 9 && highest > low ? Math.max(1, (high - low) / (highest - low) - 1) : 1;
    return Math.round(low + (high - low) * (place - index) ** bend);
  }
}
