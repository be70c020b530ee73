/** Entries of the lists of artists, labels and masters. */
import { CHUNK_ENTRIES } from './format.ts';

/** A position, and a number whose meaning depends on the list: two 32-bit words. */
export interface ListEntry {
  /** Of a master, not of a release. */
  readonly isMaster: boolean;
  readonly position: number;
  /** 0, or the number of a credit or a catalogue number of the release. */
  readonly detail: number;
}

const MASTER = 0x80000000;
const ENTRY_WORDS = 2;
const ENTRY_BYTES = ENTRY_WORDS * 4;

/** The first word of an entry. */
export const entryWord = (position: number, isMaster: boolean): number =>
  isMaster ? (position | MASTER) >>> 0 : position;

export const isMasterWord = (word: number): boolean => word >= MASTER;

/** Cuts words of entries into chunks of bytes. */
export function* chunksOf(words: Uint32Array): Generator<Uint8Array> {
  const step = CHUNK_ENTRIES * ENTRY_WORDS;
  for (let at = 0; at < words.length; at += step) {
    const part = words.slice(at, at + step);
    yield new Uint8Array(part.buffer);
  }
}

export const entriesIn = (words: Uint32Array): number => words.length / ENTRY_WORDS;

/** The entries of a chunk. */
export function decodeEntries(bytes: Uint8Array): readonly ListEntry[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Array.from({ length: Math.floor(bytes.length / ENTRY_BYTES) }, (_, index) => {
    const word = view.getUint32(index * ENTRY_BYTES, true);
    return {
      isMaster: isMasterWord(word),
      position: word & ~MASTER,
      detail: view.getUint32(index * ENTRY_BYTES + 4, true),
    };
  });
}
