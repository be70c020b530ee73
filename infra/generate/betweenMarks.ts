/** Generated parts of pages that people write. */

const mark = (name: string, end: 'begin' | 'end') => `<!-- ${end} ${name}: written by npm run generate -->`;

/** Puts `part` between the two marks of `name`. Throws where `page` has not both of them. */
export function betweenMarks(page: string, name: string, part: string): string {
  const [begin, end] = [mark(name, 'begin'), mark(name, 'end')];
  const from = page.indexOf(begin);
  const to = page.indexOf(end);
  if (from < 0 || to < from) throw new Error(`the page has no part between ${begin} and ${end}`);
  return `${page.slice(0, from + begin.length)}\n${part}\n${page.slice(to)}`;
}
