/** What to say of a path that no operation has: what is served, and the path that was probably meant. */
import { catalog } from './index.ts';
import { isInteger } from './parameters.ts';

/** As many letters may be wrong in all literal segments together. */
const MAX_DISTANCE = 2;
/** Longer values are not repeated. */
const MAX_VALUE_CHARS = 100;

const segmentsOf = (path: string): readonly string[] => path.split('/').filter((segment) => segment !== '');

/** The literal beginnings of all paths of Discogs that are served, but for its root, in the order of the catalog. */
export const servedPrefixes: readonly string[] = [
  ...new Set(
    catalog
      .filter(({ handledBy, path }) => handledBy !== 'gateway' && path !== '/')
      .map(({ path }) => path.replace(/\/\{.*$/, '')),
  ),
];

/** Letters to add, drop or replace; anything above the limit counts as one more than it. */
function distance(a: string, b: string): number {
  if (Math.abs(a.length - b.length) > MAX_DISTANCE) return MAX_DISTANCE + 1;
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (const [index, letter] of [...a].entries()) {
    const next = [index + 1];
    for (let column = 1; column <= b.length; column += 1) {
      const replaced = (row[column - 1] ?? 0) + (letter === b[column - 1] ? 0 : 1);
      next.push(Math.min(replaced, (row[column] ?? 0) + 1, (next[column - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}

interface Guess {
  readonly distance: number;
  readonly path: string;
}

/** A value as it would stand in the path; Discogs' web pages put a title behind the id. */
function valueFor(name: string, value: string, isId: boolean): string {
  const kept = isId ? (/^[0-9]{1,10}(?=-|$)/.exec(value)?.[0] ?? '') : value;
  return /^[\w.~%-]+$/.test(kept) && kept.length <= MAX_VALUE_CHARS ? kept : name;
}

/** How far `segments` are from the path of an operation; undefined where its form differs. */
function guess(
  { path, pathParameters }: (typeof catalog)[number],
  segments: readonly string[],
): Guess | undefined {
  const patterns = segmentsOf(path);
  if (patterns.length !== segments.length) return undefined;
  let total = 0;
  const filled = patterns.map((pattern, index) => {
    const segment = segments[index] ?? '';
    const parameter = pathParameters[pattern.slice(1, -1)];
    if (parameter) return valueFor(pattern, segment, isInteger(parameter));
    total += distance(segment.toLowerCase(), pattern);
    return pattern;
  });
  return total <= MAX_DISTANCE ? { distance: total, path: `/${filled.join('/')}` } : undefined;
}

/** The served path that `path` was probably meant to be, with its values; undefined where none is near. */
export function nearestPath(path: string): string | undefined {
  const segments = segmentsOf(path);
  if (segments.length === 0) return '/status/page';
  if (segments.join('/').toLowerCase() === 'search') return '/database/search';
  const guesses = catalog.map((operation) => guess(operation, segments)).filter((one) => one !== undefined);
  return guesses.sort((a, b) => a.distance - b.distance)[0]?.path;
}
