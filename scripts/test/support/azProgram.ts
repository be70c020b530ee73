/** Puts the stand-in in front of PATH as `az`, for the real command line in a process of its own. */
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { AzState } from './azState.ts';
import { writeProgram } from './writeProgram.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const entry = pathToFileURL(fileURLToPath(new URL('./fakeAzMain.ts', import.meta.url))).href;

export interface CliRun {
  readonly code: number;
  readonly output: string;
  /** What the stand-in knows afterwards; as before when there was none. */
  readonly state: AzState;
}

export interface CliOptions {
  /** Whether there is an `az`. */
  readonly az?: boolean;
  /** Presses Ctrl-C, once, when the output holds this. */
  readonly interruptAt?: string;
  /** Kills the run at once, with `az`, when `az` is in a call that begins with this. */
  readonly killDuring?: string;
}

/** Runs `node scripts/run.mjs deploy/run …` as a person would. Without `az` there is none in PATH. */
export function runCli(
  args: readonly string[],
  state: AzState,
  environment: Readonly<Record<string, string>>,
  { az = true, interruptAt, killDuring }: CliOptions = {},
): Promise<CliRun> {
  const directory = mkdtempSync(join(tmpdir(), 'discogs-agent-az-'));
  const statePath = join(directory, 'state.json');
  writeFileSync(statePath, JSON.stringify(state));
  if (az) writeProgram(directory, 'az', `import ${JSON.stringify(entry)};\n`);
  const { PATH = '', ...rest } = process.env;
  const child = spawn(process.execPath, [join(root, `scripts/run.mjs`), 'deploy/run', ...args], {
    // Not the repository: nothing may depend on where the caller stands.
    cwd: directory,
    env: {
      ...rest,
      PATH: az ? `${directory}${delimiter}${PATH}` : directory,
      FAKE_AZ_STATE: statePath,
      ...(killDuring === undefined ? {} : { FAKE_AZ_HANG_AT: killDuring }),
      ...environment,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  let interrupted = false;
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
      if (interruptAt === undefined || interrupted || !output.includes(interruptAt)) return;
      interrupted = true;
      child.kill('SIGINT');
    });
  }
  const hangs = `${statePath}.hangs`;
  const watch = setInterval(() => {
    if (!existsSync(hangs) || readFileSync(hangs, 'utf8') === '') return;
    clearInterval(watch);
    child.kill('SIGKILL');
    process.kill(Number(readFileSync(hangs, 'utf8')), 'SIGKILL');
  }, 20);
  return new Promise((resolve) => {
    child.once('close', () => clearInterval(watch));
    child.once('close', (code) => {
      const after: AzState = JSON.parse(readFileSync(statePath, 'utf8'));
      resolve({ code: code ?? -1, output, state: after });
    });
  });
}
