/** Runs the pinned wrangler on the pinned Node, in the folder of the Worker. */
import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

/** The folder of `wrangler.toml`. */
export const BROKER_DIRECTORY = fileURLToPath(new URL('..', import.meta.url));

/** What wrangler would otherwise tell or ask of servers while it works on this machine. */
const QUIET = {
  WRANGLER_SEND_METRICS: 'false',
  WRANGLER_SEND_ERROR_REPORTS: 'false',
  WRANGLER_NO_SKILLS_UPDATE_PROMPTS: 'true',
  // The banner looks for a newer version.
  WRANGLER_HIDE_BANNER: 'true',
  CLOUDFLARE_CF_FETCH_ENABLED: 'false',
};

/** Resolves with the exit code; 0 after a signal to this process, which is handed on so that wrangler ends by itself. */
export function wrangler(args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<number> {
  // Its program, not its starter: that one does not hand signals on.
  const program = createRequire(import.meta.url).resolve('wrangler');
  return new Promise((resolve) => {
    const child = spawn(process.execPath, ['--no-warnings', program, ...args], {
      cwd: BROKER_DIRECTORY,
      env: { ...process.env, ...QUIET, ...env },
      stdio: 'inherit',
    });
    let isStopped = false;
    const forward = (signal: NodeJS.Signals): void => {
      isStopped = true;
      child.kill(signal);
    };
    process.on('SIGINT', forward).on('SIGTERM', forward);
    child.once('exit', (code) => {
      process.off('SIGINT', forward).off('SIGTERM', forward);
      resolve(isStopped ? 0 : (code ?? 1));
    });
  });
}
