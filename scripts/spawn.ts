/** Runs a program in the foreground. */
import { spawn } from 'node:child_process';

/** How to run it. */
export interface RunOptions {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
}

/** Resolves with the exit code; 1 when the program cannot be started or a signal ended it. */
export function run(program: string, args: readonly string[], options: RunOptions = {}): Promise<number> {
  // npm and npx are command files on Windows, which only a shell can start.
  const shell = process.platform === 'win32' && /^npx?$/.test(program);
  return new Promise((resolve) => {
    const child = spawn(program, args, { stdio: 'inherit', shell, ...options });
    child.once('error', (error) => {
      console.error(`Cannot start ${program}: ${error.message}`);
      resolve(1);
    });
    child.once('exit', (code) => resolve(code ?? 1));
  });
}
