/** Tools that are too large for everybody's install: each has a folder below `tools`, with a lock file of its own. */
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureInstalled } from '../launch/install.mjs';
import { run } from './spawn.ts';

/** The folder in which the tool is installed, or what went wrong. Every package is checked against the lock file's hash. */
export async function installTool(
  name: string,
): Promise<{ readonly folder: string } | { readonly problem: string }> {
  const folder = fileURLToPath(new URL(`../../tools/${name}`, import.meta.url));
  const problem = await ensureInstalled(folder);
  return problem === undefined ? { folder } : { problem };
}

/** Runs a program of a tool in the repository's folder, and gives its exit code; 1 where the tool cannot be installed. */
export async function runTool(
  name: string,
  program: string,
  args: readonly string[],
  variables: Readonly<Record<string, string>> = {},
): Promise<number> {
  const tool = await installTool(name);
  if ('problem' in tool) {
    console.error(tool.problem);
    return 1;
  }
  return run(process.execPath, [join(tool.folder, 'node_modules', program), ...args], {
    cwd: fileURLToPath(new URL('../..', import.meta.url)),
    env: { ...process.env, ...variables },
  });
}
