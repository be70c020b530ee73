/** Tools that are too large for everybody's install: each has a folder below `tools`, with a lock file of its own. */
import { fileURLToPath } from 'node:url';
import { ensureInstalled } from './launch/install.mjs';

/** The folder in which the tool is installed, or what went wrong. Every package is checked against the lock file's hash. */
export async function installTool(
  name: string,
): Promise<{ readonly folder: string } | { readonly problem: string }> {
  const folder = fileURLToPath(new URL(`../tools/${name}`, import.meta.url));
  const problem = await ensureInstalled(folder);
  return problem === undefined ? { folder } : { problem };
}
