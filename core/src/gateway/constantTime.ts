/** Comparison whose time does not tell how much of a secret was right. */

const encoder = new TextEncoder();

/**
 * True when both texts are equal. Takes time by the length of `given` alone, so it tells nothing about `expected`;
 * not even its length, beyond equal or not.
 */
export function constantTimeEqual(given: string, expected: string): boolean {
  const a = encoder.encode(given);
  const b = encoder.encode(expected);
  let difference = a.length ^ b.length;
  for (let index = 0; index < a.length; index += 1) {
    difference |= (a[index] ?? 0) ^ (b[index % Math.max(b.length, 1)] ?? 0);
  }
  return difference === 0;
}
