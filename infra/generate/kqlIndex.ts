/** The list of queries for `docs/kql/README.md`. */
import type { KqlFile } from './kqlFiles.ts';

/** One row for each query: its file, and what it answers. */
export function kqlIndex(files: readonly KqlFile[]): string {
  const rows = files.map(
    ({ path, question }) => `| [${path}](${path}) | ${question.replaceAll('|', '\\|')} |`,
  );
  return ['| File | Question |', '|---|---|', ...rows].join('\n');
}
