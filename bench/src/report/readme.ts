/** Puts the report of a run between two markers of a Markdown file. */
import { readFile, writeFile } from 'node:fs/promises';

/** The commands that write a table; the README names each of them above its table. */
export const COMMANDS = {
  bench: 'npm run bench -- --write',
  budget: 'npm run bench:budget -- --write',
  budgetInRealTime: 'npm run bench:budget -- --real --write',
  broker: 'npm run bench:broker -- --write',
  dumps: 'npm run bench:dumps -- --write',
} as const;
export type Command = (typeof COMMANDS)[keyof typeof COMMANDS];

const END = '<!-- results: end -->';

/** `text` with everything between the markers of a command replaced; throws where they are missing. */
export function withResults(text: string, report: string, command: Command): string {
  const marker = `<!-- results: begin (written by ${command}) -->`;
  const begin = text.indexOf(marker);
  const end = text.indexOf(END, begin);
  if (begin === -1 || end === -1) throw new Error(`the README has no table of ${command}`);
  return `${text.slice(0, begin + marker.length)}\n\n${report}\n\n${text.slice(end)}`;
}

/** Rewrites the file. */
export async function writeResults(path: string | URL, report: string, command: Command): Promise<void> {
  await writeFile(path, withResults(await readFile(path, 'utf8'), report, command));
}
