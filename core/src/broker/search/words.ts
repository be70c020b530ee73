/** Comparing normalized texts word by word. Pure. */
import { hasWords } from './normalize.ts';

/** Scripts that write words without spaces between them. */
const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u;

/**
 * Whether two normalized texts have the same words in the same order. A `-` inside a word may be a space or nothing in
 * the other text: `ac-dc` is `ac dc` and `acdc`. Empty texts are never the same.
 */
export function sameWords(a: string, b: string): boolean {
  if (a === '' || b === '') return false;
  if (!hasWords(a) || !hasWords(b)) return a === b;
  let left = 0;
  let right = 0;
  while (left < a.length || right < b.length) {
    const [one, two] = [a[left], b[right]];
    if (one === two || (one === '-' && two === ' ') || (one === ' ' && two === '-')) {
      left += 1;
      right += 1;
    } else if (one === '-') {
      left += 1;
    } else if (two === '-') {
      right += 1;
    } else {
      return false;
    }
  }
  return true;
}

const spaced = (text: string): string => ` ${text.replaceAll('-', ' ')} `;

/** Whether the words of a normalized text stand side by side in another; never inside a word of a spaced script. */
export function containsWords(text: string, wanted: string): boolean {
  if (wanted === '') return false;
  if (sameWords(text, wanted)) return true;
  if (!hasWords(wanted)) return false;
  return UNSPACED.test(wanted) ? text.includes(wanted) : spaced(text).includes(spaced(wanted));
}
