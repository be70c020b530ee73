/** Puts the report of a run between two markers of a Markdown file. */
import { readFile, writeFile } from 'node:fs/promises';

const END = '<!-- results: end -->';

/** `text` with everything between the markers of a command replaced; throws where they are missing. */
export function withResults(text: string, report: string, command = 'npm run bench -- --write'): string {
  const marker = `<!-- results: begin (written by ${command}) -->`;
  const begin = text.indexOf(marker);
  const end = text.indexOf(END, begin);
  if (begin === -1 || end === -1) throw new Error('the markers of the results are missing');
  return `${text.slice(0, begin + marker.length)}\n\n${report}\n\n${text.slice(end)}`;
}

/** Rewrites the file. */
export async function writeResults(path: string | URL, report: string, command?: string): Promise<void> {
  await writeFile(path, withResults(await readFile(path, 'utf8'), report, command));
}
