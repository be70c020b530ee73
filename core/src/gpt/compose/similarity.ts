/** How much two texts have in common. Pure. */
import { foldedLetters } from '../../lib/fold.ts';

function pairs(text: string): Map<string, number> {
  const found = new Map<string, number>();
  const letters = [...` ${text} `];
  for (let index = 1; index < letters.length; index += 1) {
    const pair = `${letters[index - 1]}${letters[index]}`;
    found.set(pair, (found.get(pair) ?? 0) + 1);
  }
  return found;
}

/** From 0 to 1: the share of neighbouring letters that both have (Dice). */
export function similarity(one: string, other: string): number {
  const [first, second] = [foldedLetters(one), foldedLetters(other)];
  if (first === second) return 1;
  if (first === '' || second === '') return 0;
  const [a, b] = [pairs(first), pairs(second)];
  const total = (counts: Map<string, number>): number =>
    [...counts.values()].reduce((sum, count) => sum + count, 0);
  let common = 0;
  for (const [pair, count] of a) common += Math.min(count, b.get(pair) ?? 0);
  return (2 * common) / (total(a) + total(b));
}
