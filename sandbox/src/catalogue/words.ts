/** Text matching as a searcher expects it: case, accents and punctuation do not matter, whole words do. */

export const foldText = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(/['’]/g, '')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

const WRITTEN_WITH_SPACES = /^[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}\p{N}]+$/u;

/** The texts of the catalogue are searched again and again, so each is folded once. */
const haystacks = new Map<string, string>();

function haystackOf(text: string): string {
  const known = haystacks.get(text) ?? ` ${foldText(text)} `;
  haystacks.set(text, known);
  return known;
}

/** Whether every word of `query` is in `text`. Scripts without spaces match inside a word. */
export function containsWords(text: string, query: string): boolean {
  const haystack = haystackOf(text);
  return foldText(query)
    .split(' ')
    .every((word) => haystack.includes(WRITTEN_WITH_SPACES.test(word) ? ` ${word} ` : word));
}
