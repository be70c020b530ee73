/** The command line of the benchmark. */
import { parseArgs } from 'node:util';

/** What `npm run bench -- …` was told. */
export interface Options {
  readonly parts: readonly Part[];
  readonly rounds: number;
  /** Length of one measurement. */
  readonly seconds: number;
  /** Length of the warm-up of each body. */
  readonly warmUpSeconds: number;
  /** Calls of the connection count. */
  readonly sequentialCalls: number;
  /** Cold starts of each kind. */
  readonly starts: number;
  /** Writes the tables into the README. */
  readonly write: boolean;
  /** Folder for CPU profiles of the Node candidates; undefined for none. */
  readonly profile: string | undefined;
  /** Another checkout of this project, with its packages installed, to measure beside this one. */
  readonly beside: string | undefined;
}

/** The three parts, in the order in which they run. */
export const PARTS = ['forwarding', 'start', 'rewriting'] as const;

export type Part = (typeof PARTS)[number];

function positive(name: string, text: string): number {
  const value = Number(text);
  if (!(value > 0)) throw new Error(`--${name} must be a number above 0`);
  return value;
}

function partsOf(words: readonly string[] | undefined): readonly Part[] {
  if (words === undefined) return PARTS;
  const parts = PARTS.filter((part) => words.includes(part));
  if (parts.length !== words.length) throw new Error(`--only takes ${PARTS.join(', ')}`);
  return parts;
}

/** Reads the command line; throws an error that names the option. `--quick` is for trying the harness. */
export function readOptions(args: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...args],
    options: {
      rounds: { type: 'string' },
      seconds: { type: 'string' },
      starts: { type: 'string' },
      only: { type: 'string', multiple: true },
      quick: { type: 'boolean', default: false },
      write: { type: 'boolean', default: false },
      profile: { type: 'string' },
      beside: { type: 'string' },
    },
  });
  const { quick, write, profile, beside } = values;
  return {
    parts: partsOf(values.only),
    rounds: Math.ceil(positive('rounds', values.rounds ?? (quick ? '1' : '4'))),
    seconds: positive('seconds', values.seconds ?? (quick ? '0.5' : '2')),
    warmUpSeconds: quick ? 0.5 : 5,
    sequentialCalls: 1000,
    starts: Math.ceil(positive('starts', values.starts ?? (quick ? '3' : '12'))),
    write,
    profile,
    beside,
  };
}
