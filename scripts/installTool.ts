/** Tools that are too large for everybody's `npm ci`: each has a folder below `tools`, with a lock file of its own. */
import { execFile } from 'node:child_process';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { viaShell } from './spawn.ts';

const FETCH_LIMIT_MS = 10 * 60_000;

const changedAt = (path: string): Promise<number> =>
  stat(path).then(
    ({ mtimeMs }) => mtimeMs,
    () => Number.NaN,
  );

/** The folder in which the tool is installed, or what went wrong. Every package is checked against the lock file's hash. */
export async function installTool(
  name: string,
): Promise<{ readonly folder: string } | { readonly problem: string }> {
  const folder = fileURLToPath(new URL(`../tools/${name}`, import.meta.url));
  // npm writes this file last. A lock file that is newer means another set of packages.
  const installed = await changedAt(join(folder, 'node_modules/.package-lock.json'));
  if (installed >= (await changedAt(join(folder, 'package-lock.json')))) return { folder };
  try {
    await promisify(execFile)('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], {
      cwd: folder,
      timeout: FETCH_LIMIT_MS,
      shell: viaShell('npm'),
    });
    return { folder };
  } catch (error) {
    const [line = 'unknown'] = (error instanceof Error ? error.message : '').split('\n', 1);
    return { problem: line };
  }
}
