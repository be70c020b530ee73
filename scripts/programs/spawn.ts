/** Runs a program in the foreground. */
import { spawn } from 'node:child_process';

/** How to run it. */
export interface RunOptions {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
}

/** npm, npx and, where npm installed it, func are command files on Windows, which only a shell can start. */
export const viaShell = (program: string): boolean =>
  process.platform === 'win32' && /^(npx?|func)$/.test(program);

/** Resolves with the exit code; 1 when the program cannot be started or a signal ended it. */
export function run(program: string, args: readonly string[], options: RunOptions = {}): Promise<number> {
  return new Promise((resolve) => {
    const child = spawn(program, args, { stdio: 'inherit', shell: viaShell(program), ...options });
    child.once('error', (error) => {
      console.error(`Cannot start ${program}: ${error.message}`);
      resolve(1);
    });
    // Ctrl-C reaches both through the terminal; other signals reach this process alone.
    const forward = (signal: NodeJS.Signals): boolean => child.kill(signal);
    process.on('SIGTERM', forward).on('SIGHUP', forward);
    child.once('exit', (code) => {
      process.off('SIGTERM', forward).off('SIGHUP', forward);
      resolve(code ?? 1);
    });
  });
}
