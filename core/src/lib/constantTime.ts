/** Comparison whose time does not tell how much of a secret was right. */

/**
 * True when both texts are equal. Takes time by the length of `given` alone, so it tells nothing about `expected`;
 * not even its length, beyond equal or not.
 */
export function constantTimeEqual(given: string, expected: string): boolean {
  let difference = given.length ^ expected.length;
  const round = Math.max(expected.length, 1);
  for (let index = 0; index < given.length; index += 1) {
    difference |= given.charCodeAt(index) ^ expected.charCodeAt(index % round);
  }
  return difference === 0;
}
