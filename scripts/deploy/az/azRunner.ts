/** Starts the Azure CLI. */
import { spawn } from 'node:child_process';
import { VAULT_NAMES } from '../secretNames.ts';
import { windowsCommand } from './windowsCommand.ts';

/** What one `az` process left behind. */
export type AzReply =
  | { readonly ended: 'exited'; readonly code: number; readonly stdout: string; readonly stderr: string }
  | { readonly ended: 'missing' | 'timed_out' }
  | { readonly ended: 'unsafe'; readonly argument: string };

/** `input` is the standard input; without it there is none. */
export type AzRunner = (
  args: readonly string[],
  timeoutMs: number,
  input?: string | undefined,
) => Promise<AzReply>;

function azEnvironment(environment: Readonly<Record<string, string | undefined>>): NodeJS.ProcessEnv {
  const rest = { ...environment };
  // Secrets reach az by its standard input; its environment must not hold them a second time.
  for (const name of Object.keys(VAULT_NAMES)) delete rest[name];
  return { ...rest, AZURE_CORE_ONLY_SHOW_ERRORS: 'true', AZURE_CORE_NO_COLOR: 'true' };
}

/** Runs `az` as PATH has it. `platform` is `process.platform` unless a test says otherwise. */
export function azRunner(
  environment: Readonly<Record<string, string | undefined>>,
  platform: NodeJS.Platform = process.platform,
): AzRunner {
  return (args, timeoutMs, input) => {
    const windows = platform === 'win32';
    const command = windows ? windowsCommand('az.cmd', args) : { program: 'az', args };
    if ('unsafe' in command) return Promise.resolve({ ended: 'unsafe', argument: command.unsafe });
    return new Promise((resolve) => {
      const child = spawn(command.program, command.args, {
        env: azEnvironment(environment),
        stdio: ['pipe', 'pipe', 'pipe'],
        windowsVerbatimArguments: windows,
        windowsHide: true,
        // Away from the terminal's group, so that Ctrl-C ends a step between two calls and never inside one.
        detached: !windows,
      });
      // An az that ends before it has read everything says itself what was wrong.
      child.stdin.on('error', () => {}).end(input);
      let stdout = '';
      let stderr = '';
      let late = false;
      child.stdout.setEncoding('utf8').on('data', (text: string) => {
        stdout += text;
      });
      child.stderr.setEncoding('utf8').on('data', (text: string) => {
        stderr += text;
      });
      const timer = setTimeout(() => {
        late = true;
        // az is a shell script that starts Python: the whole group has to go.
        if (windows || child.pid === undefined) child.kill();
        else process.kill(-child.pid);
      }, timeoutMs);
      child.once('error', () => {
        clearTimeout(timer);
        resolve({ ended: 'missing' });
      });
      child.once('close', (code) => {
        clearTimeout(timer);
        // cmd.exe says 9009 for a program that it cannot find.
        if (windows && code === 9009) resolve({ ended: 'missing' });
        else resolve(late ? { ended: 'timed_out' } : { ended: 'exited', code: code ?? 1, stdout, stderr });
      });
    });
  };
}
