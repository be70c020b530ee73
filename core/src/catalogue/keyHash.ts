/** Hashes of keys. Stores keep 64 bits instead of a text: a third of the size, and every row has the same length. */

/** Two unsigned 32-bit words. */
export interface KeyHash {
  readonly high: number;
  readonly low: number;
}

/** The finalizer of MurmurHash3: each bit of the input changes half of the output. */
function mix(word: number): number {
  let h = word;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}

/**
 * The hash of a key. Keys of two namespaces never meet on purpose. Among 100 million keys the odds that any two share
 * all 64 bits are one in 3,700.
 */
export function keyHash(namespace: string, key: string): KeyHash {
  let high = 0xdeadbeef;
  let low = 0x41c6ce57;
  const text = `${namespace}\0${key}`;
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    high = Math.imul(high ^ unit, 0x9e3779b1);
    high = (high << 13) | (high >>> 19);
    low = Math.imul(low ^ unit, 0x5f356495);
    low = (low << 11) | (low >>> 21);
  }
  high = mix(high ^ text.length);
  low = mix(low ^ high);
  return { high: high >>> 0, low: low >>> 0 };
}
