/** Runs `npm ci`, shows that it is at work, and gives a failure in one line. */
import { spawn } from 'node:child_process';
import { basename } from 'node:path';

const OPTIONS = [
  ...['ci', '--include=dev', '--include=optional', '--ignore-scripts', '--no-audit', '--no-fund'],
  // Every script runs on the pinned Node, so what a package wants of the Node that installs it is no news.
  '--loglevel=error',
  // Offline, npm would ask again for more than a minute.
  ...['--fetch-retries=2', '--fetch-retry-mintimeout=2000', '--fetch-retry-maxtimeout=10000'],
];
/** What the npm that started this was told about its own work: which workspace, what to leave out. */
const OF_OUTER_NPM =
  /^npm_config_(workspaces?|include_workspace_root|prefix|local_prefix|global|location|omit|include|only|production|dev|optional|dry_run|package_lock.*|install_strategy|json|loglevel|silent)$/i;
const NETWORK =
  /^(E(NOTFOUND|AI_AGAIN|CONN\w+|TIMEDOUT|NET\w+|HOST\w+|RR_SOCKET_TIMEOUT)|ERR_SOCKET_TIMEOUT)$/;
const IN_USE = /^(EBUSY|EPERM|ENOTEMPTY)$/;
const NOISE = /^(code|errno|syscall|path|dest|A complete log)\b/;

/** The npm that started this script, else the one in PATH, which is a command file on Windows. */
function npmCommand() {
  const path = process.env.npm_execpath ?? '';
  if (basename(path) === 'npm-cli.js')
    return { program: process.execPath, args: [path, ...OPTIONS], shell: false };
  if (process.platform === 'win32') return { program: ['npm', ...OPTIONS].join(' '), args: [], shell: true };
  return { program: 'npm', args: OPTIONS, shell: false };
}

/** One line out of what npm wrote: what happened, and what to do. */
export function explainNpm(output, code) {
  const lines = [...output.matchAll(/^npm (?:error|ERR!) ?(.*)$/gm)].map(([, line]) => line.trim());
  const name = /^code (\S+)/.exec(lines.find((line) => line.startsWith('code ')) ?? '')?.[1] ?? '';
  if (NETWORK.test(name)) {
    const reason = /failed, reason: (.+)/.exec(output)?.[1]?.trim() ?? name;
    return `npm cannot reach its registry (${reason}). Connect to the network, or set registry or proxy in your .npmrc, and run the same command again.`;
  }
  const what = lines.find((line) => line !== '' && !NOISE.test(line)) ?? `exit code ${code}`;
  const next = IN_USE.test(name)
    ? 'Stop the programs that run from this folder, and run the same command again.'
    : 'Run "npm ci" here to see all that npm says.';
  return `npm ci failed: ${name === '' ? '' : `${name}: `}${what}${/[.!]$/.test(what) ? '' : '.'} ${next}`;
}

/** Writes the seconds: over the last line on a terminal, else a line now and then. */
function showProgress() {
  const begun = Date.now();
  const seconds = () => Math.round((Date.now() - begun) / 1000);
  const terminal = process.stderr.isTTY === true;
  const write = () =>
    process.stderr.write(terminal ? `\r  installing, ${seconds()} s ` : `  installing, ${seconds()} s\n`);
  const timer = setInterval(write, terminal ? 1_000 : 10_000);
  return () => {
    clearInterval(timer);
    if (terminal) process.stderr.write('\r\x1b[K');
    return seconds();
  };
}

/**
 * @param {string} root
 * @param {(pid: number) => void} started
 * @returns {Promise<{ seconds: number } | { problem: string }>}
 */
export function npmCi(root, started) {
  const { program, args, shell } = npmCommand();
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !OF_OUTER_NPM.test(name)));
  return new Promise((resolve) => {
    const child = spawn(program, args, { cwd: root, env, shell, stdio: ['ignore', 'pipe', 'pipe'] });
    const stop = showProgress();
    const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
    // The lock is let go when npm has ended, not before.
    const forward = (signal) => child.kill(signal);
    for (const signal of signals) process.on(signal, forward);
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text) => {
        output += text;
      });
    }
    const end = (result) => {
      for (const signal of signals) process.off(signal, forward);
      const seconds = stop();
      resolve(result ?? { seconds });
    };
    if (child.pid !== undefined) started(child.pid);
    child.once('error', ({ message }) =>
      end({
        problem: `npm cannot be started: ${message}. Install Node.js with npm from https://nodejs.org.`,
      }),
    );
    child.once('close', (code, signal) => {
      if (code === 0) end();
      else
        end({
          problem: signal
            ? `npm was stopped by ${signal}. Run the same command again.`
            : explainNpm(output, code),
        });
    });
  });
}
