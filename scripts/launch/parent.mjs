/**
 * Ends this process when the one that started it was killed: `kill -9` of npm reaches nobody else. Only npm and our own
 * launcher are watched, so `nohup node scripts/run.mjs start/start &` outlives its terminal.
 */
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { promisify } from 'node:util';
import { isRunning } from './fileLock.mjs';

const POLL_MS = 1_000;
/** Set for the process that the launcher starts. */
export const LAUNCHER = 'DISCOGS_AGENT_LAUNCHER';
/** npm runs a script in a shell, and some shells stay while it runs. */
const SHELL = /^-?(sh|dash|ash|bash|zsh|ksh|cmd(\.exe)?|powershell(\.exe)?|pwsh(\.exe)?)$/i;

/** Name and parent of a process; undefined where the system does not tell. */
async function describe(pid) {
  try {
    if (process.platform === 'linux') {
      const [, name, parent] =
        /^\d+ \((.*)\) \S (\d+)/s.exec(readFileSync(`/proc/${pid}/stat`, 'utf8')) ?? [];
      return { name, parent: Number(parent) };
    }
    const query = `$p = Get-CimInstance Win32_Process -Filter 'ProcessId=${pid}'; "$($p.ParentProcessId) $($p.Name)"`;
    const [program, args] =
      process.platform === 'win32'
        ? ['powershell.exe', ['-NoProfile', '-NonInteractive', '-Command', query]]
        : ['ps', ['-o', 'ppid=,comm=', '-p', String(pid)]];
    const { stdout } = await promisify(execFile)(program, args, { windowsHide: true });
    const [, parent, name = ''] = /^\s*(\d+)\s+(.*\S)/.exec(stdout) ?? [];
    return { name: basename(name), parent: Number(parent) };
  } catch {
    return undefined;
  }
}

/** The processes whose end is the end of this one. */
async function watched() {
  if (Number(process.env[LAUNCHER]) === process.ppid) return [process.ppid];
  if (process.env.npm_lifecycle_event === undefined) return [];
  const parent = await describe(process.ppid);
  return parent !== undefined && SHELL.test(parent.name) && parent.parent > 1
    ? [process.ppid, parent.parent]
    : [process.ppid];
}

/** Calls `end` once, when one of them is gone. Keeps no process alive. */
export async function onParentGone(end) {
  // Read first: a parent that ends meanwhile must not be mistaken for its successor.
  const parent = process.ppid;
  const pids = await watched();
  if (pids.length === 0) return;
  const timer = setInterval(() => {
    // Windows never changes the parent's id, other systems do at once.
    if (process.ppid === parent && pids.every(isRunning)) return;
    clearInterval(timer);
    end();
  }, POLL_MS);
  timer.unref();
}
