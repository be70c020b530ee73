/** Puts the report of a run between two markers of a Markdown file. */
import { readFile, writeFile } from 'node:fs/promises';

const BEGIN = '<!-- results: begin (written by npm run bench -- --write) -->';
const END = '<!-- results: end -->';

/** `text` with everything between the markers replaced; throws where they are missing. */
export function withResults(text: string, report: string): string {
  const [begin, end] = [text.indexOf(BEGIN), text.indexOf(END)];
  if (begin === -1 || end < begin) throw new Error('the markers of the results are missing');
  return `${text.slice(0, begin + BEGIN.length)}\n\n${report}\n\n${text.slice(end)}`;
}

/** Rewrites the file. */
export async function writeResults(path: string | URL, report: string): Promise<void> {
  await writeFile(path, withResults(await readFile(path, 'utf8'), report));
}
