/** Draws from what was measured of one kind of records. */
import type { RecordKind } from '@discogs-agent/core/catalogue';
import type { Chance } from './chance.ts';
import measured from './frequencies.json' with { type: 'json' };
import type { Frequencies, Spread } from './frequencies.ts';

const FREQUENCIES: Readonly<Record<RecordKind, Frequencies>> = measured;
const ALWAYS_ONE: Spread = { none: 0, deciles: [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1], highest: 1 };

interface Vocabulary {
  readonly values: readonly string[];
  /** Sums of the weights up to each value. */
  readonly sums: readonly number[];
}

function vocabularyOf(values: readonly string[], weights: readonly number[]): Vocabulary {
  let sum = 0;
  const sums = weights.map((weight) => {
    sum += weight;
    return sum;
  });
  return { values, sums };
}

/** The shapes of one kind, by path below the record. */
export class Shapes {
  readonly #counts: ReadonlyMap<string, Spread>;
  readonly #lengths: ReadonlyMap<string, Spread>;
  readonly #vocabularies: ReadonlyMap<string, Vocabulary>;

  constructor(kind: RecordKind) {
    const { counts, lengths, values, weights } = FREQUENCIES[kind];
    this.#counts = new Map(Object.entries(counts));
    this.#lengths = new Map(Object.entries(lengths));
    this.#vocabularies = new Map(
      Object.entries(values).map(([path, words]) => [path, vocabularyOf(words, weights[path] ?? [])]),
    );
  }

  /** How many elements of this path one parent has. */
  count(path: string, chance: Chance): number {
    return chance.spread(this.#counts.get(path) ?? ALWAYS_ONE);
  }

  /** Whether there is one. */
  has(path: string, chance: Chance): boolean {
    return this.count(path, chance) > 0;
  }

  /** How long a text is; 0 for an empty one. */
  length(path: string, chance: Chance): number {
    const spread = this.#lengths.get(path);
    if (spread === undefined) throw new Error(`no lengths of ${path} were measured`);
    return chance.spread(spread);
  }

  /** A word of the vocabulary. */
  value(path: string, chance: Chance): string {
    const vocabulary = this.#vocabularies.get(path);
    if (vocabulary === undefined) throw new Error(`no values of ${path} were measured`);
    const { values, sums } = vocabulary;
    const drawn = chance.next() * (sums.at(-1) ?? 0);
    return values[sums.findIndex((sum) => sum > drawn)] ?? '';
  }
}
