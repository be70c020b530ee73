/** Who ends with whom: nothing is left behind when npm is killed, and what was started on its own stays. */
import { spawnSync } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from '@jest/globals';
import { installed, repository, type Started, start } from './support/repository.ts';

/** Says who it is, and stays until it is told to end. */
const STAYS = `process.on('SIGTERM', () => { console.log('closed'); process.exit(0); });
console.log('pid ' + process.pid);
setInterval(() => {}, 1000);`;

async function pidOf({ output }: Started): Promise<number> {
  for (;;) {
    const pid = /pid (\d+)/.exec(output())?.[1];
    if (pid !== undefined) return Number(pid);
    await sleep(20);
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

async function ends(pid: number): Promise<void> {
  while (isRunning(pid)) await sleep(50);
}

// Windows has cmd.exe between npm and the script, and nothing here was tried there.
const onPosix = process.platform === 'win32' ? test.skip : test;

onPosix.each([
  ['npm start', 'start'],
  // Here npm's shell cannot hand its process over to the launcher.
  ['a script whose shell stays', 'chained'],
])(
  '%s: a server ends, as by a signal, when npm is killed',
  async (_, script) => {
    const root = repository(STAYS);
    installed(root);
    const npm = start(root, {}, ['npm', 'run', script]);
    const pid = await pidOf(npm);
    npm.child.kill('SIGKILL');
    await ends(pid);
    await npm.ended;
    expect(npm.output()).toContain('closed');
  },
  30_000,
);

onPosix(
  'what a script runs in the foreground ends with it',
  async () => {
    const child = "console.log('pid ' + process.pid); setInterval(() => {}, 1000);";
    const root = repository(`import { run } from './programs/spawn.ts';
await run(process.execPath, ['--eval', ${JSON.stringify(child)}]);`);
    installed(root);
    const npm = start(root, {}, ['npm', 'run', 'start']);
    const pid = await pidOf(npm);
    npm.child.kill('SIGKILL');
    await ends(pid);
    await npm.ended;
  },
  30_000,
);

onPosix(
  'what was started without npm outlives the shell that started it',
  async () => {
    const root = repository(STAYS);
    installed(root);
    const shell = `"$0" scripts/run.mjs hello > log 2>&1 & echo "pid $!"; sleep 1`;
    const started = start(root, {}, ['sh', '-c', shell, process.execPath]);
    const pid = await pidOf(started);
    await started.ended;
    await sleep(2_500);
    expect(isRunning(pid)).toBe(true);
    spawnSync('kill', [String(pid)]);
    await ends(pid);
  },
  30_000,
);
