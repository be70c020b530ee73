/** The queries of `docs/kql`, as they are on disk. */
import { readdirSync, readFileSync } from 'node:fs';

/** One query. */
export interface KqlFile {
  /** Path below `docs/kql`, such as `alerts/no-traffic.kql`. */
  readonly path: string;
  /** What the query answers: its first line, which is a comment. */
  readonly question: string;
  /** The whole file, the comment included. */
  readonly text: string;
}

const folder = new URL('../../docs/kql/', import.meta.url);

/** Reads every query, in the order of the paths. Throws where a file does not begin with its question. */
export function readKqlFiles(): readonly KqlFile[] {
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => path.endsWith('.kql'))
    .sort();
  return paths.map((path) => {
    const text = readFileSync(new URL(path, folder), 'utf8');
    const question = /^\/\/ (.+)\n/.exec(text)?.[1];
    if (question === undefined)
      throw new Error(`${path} does not begin with a comment that says what it answers`);
    return { path, question, text };
  });
}
