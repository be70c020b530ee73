/** Names of elements and attributes: one object for each, found by its bytes without making a string. */
import { CHARACTER_BITS, ENDS_NAME } from './characters.ts';
import { nameNumber } from './nameNumbers.ts';

const SLOTS = 4096;
/** Far above what any dump has; a file of random names must not fill the memory. */
const NAMES_MAX = 2000;

/** A name that was seen before. */
export interface Name {
  readonly number: number;
  readonly bytes: Uint8Array;
  /** False for a name that is in no known shape of a dump. */
  readonly known: boolean;
  /** The name that came after this one the last time: records are alike, so that it nearly always comes again. */
  follower: Name | undefined;
}

/** The names of one reader. */
export class Names {
  readonly #slots: (Name | undefined)[] = new Array<Name | undefined>(SLOTS).fill(undefined);
  readonly #all = new Map<string, Name>();

  constructor(known: Iterable<string>) {
    for (const text of known) {
      const bytes = new TextEncoder().encode(text);
      this.#slots[slotOf(bytes, 0, bytes.length)] = this.#add(text, bytes, true);
    }
  }

  /** The name in `bytes` between two positions; undefined where there are too many different names. */
  at(bytes: Uint8Array, from: number, to: number): Name | undefined {
    const slot = slotOf(bytes, from, to);
    const candidate = this.#slots[slot];
    if (candidate !== undefined && standsAt(candidate, bytes, from)) return candidate;
    // A copy: the bytes of a record are overwritten by later ones, and `slice` of a Buffer is no copy.
    return this.#slowly(new Uint8Array(bytes.subarray(from, to)), slot);
  }

  #slowly(bytes: Uint8Array, slot: number): Name | undefined {
    const text = new TextDecoder().decode(bytes);
    const existing = this.#all.get(text);
    if (existing === undefined && this.#all.size >= NAMES_MAX) return undefined;
    const name = existing ?? this.#add(text, bytes, false);
    this.#slots[slot] = name;
    return name;
  }

  #add(text: string, bytes: Uint8Array, known: boolean): Name {
    const name = { number: nameNumber(text), bytes, known, follower: undefined };
    this.#all.set(text, name);
    return name;
  }
}

function slotOf(bytes: Uint8Array, from: number, to: number): number {
  const [first, third, last] = [bytes[from] ?? 0, bytes[from + 2] ?? 0, bytes[to - 1] ?? 0];
  return (first * 961 + third * 131 + last * 31 + (to - from) * 7) & (SLOTS - 1);
}

/** Whether the name stands there as a whole. */
export function standsAt({ bytes: name }: Name, bytes: Uint8Array, from: number): boolean {
  const { length } = name;
  let index = 0;
  while (index < length && name[index] === bytes[from + index]) index += 1;
  return index === length && ((CHARACTER_BITS[bytes[from + length] ?? 0] ?? 0) & ENDS_NAME) !== 0;
}
