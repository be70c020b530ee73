/** Finds bytes in bytes, for hosts that have no `Buffer`. */

/** Index of the first occurrence at or after `from`; -1 for none. */
export type Finder = (haystack: Uint8Array, from: number) => number;

/**
 * Makes a finder for a non-empty `needle` by Horspool's method: it looks at the needle's last byte first, and skips
 * most of the haystack unseen.
 */
export function createFinder(needle: Uint8Array): Finder {
  const last = needle.length - 1;
  const skip = new Uint32Array(256).fill(needle.length);
  for (let index = 0; index < last; index += 1) skip[needle[index] ?? 0] = last - index;
  const lastByte = needle[last];
  return (haystack, from) => {
    for (let end = from + last; end < haystack.length; ) {
      const byte = haystack[end] ?? 0;
      if (byte === lastByte) {
        let index = last - 1;
        while (index >= 0 && haystack[end - last + index] === needle[index]) index -= 1;
        if (index < 0) return end - last;
      }
      end += skip[byte] ?? 1;
    }
    return -1;
  };
}
