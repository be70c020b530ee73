/** How a check of a client ends, and how a missing tool becomes a skipped one. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/** True: passed. False: failed. */
export type Outcome = boolean | { readonly skipped: string };

/** Works in an empty folder that is deleted afterwards. */
export type Check = (folder: string) => Promise<Outcome>;

const LIMIT_MS = 15 * 60_000;

/** Runs what only installs something; a failure means that it cannot be had here. */
export async function tryTo(
  program: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<Outcome | undefined> {
  try {
    await promisify(execFile)(program, args, { timeout: LIMIT_MS, env: { ...process.env, ...env } });
    return undefined;
  } catch (error) {
    const [line = 'unknown'] = (error instanceof Error ? error.message : '').split('\n', 1);
    return { skipped: line };
  }
}
