/** Whether `node_modules` holds what the lock file lists. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** @returns {Record<string, { version?: string, integrity?: string, link?: boolean, optional?: boolean }> | undefined} */
function packagesOf(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8')).packages;
  } catch {
    return undefined;
  }
}

/**
 * Compared by content: git gives every file that it writes a new time, and npm writes its own list last. What is there
 * in addition does no harm, and an optional package may be for another platform.
 * @param {string} root
 * @returns {'current' | 'missing' | 'older'}
 */
export function installState(root) {
  const found = packagesOf(join(root, 'node_modules', '.package-lock.json'));
  if (found === undefined) return 'missing';
  const wanted = packagesOf(join(root, 'package-lock.json')) ?? {};
  const current = Object.entries(wanted).every(([path, { version, integrity, link, optional }]) => {
    if (!path.includes('node_modules/')) return true;
    const there = found[path];
    if (there === undefined) return optional === true;
    return there.link === link && there.version === version && there.integrity === integrity;
  });
  return current ? 'current' : 'older';
}

/** How many packages the lock file lists, those of other platforms included. */
export const listedPackages = (root) =>
  Object.keys(packagesOf(join(root, 'package-lock.json')) ?? {}).filter((path) =>
    path.includes('node_modules/'),
  ).length;
