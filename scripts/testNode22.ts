/** Tests the package on Node 22, which is what Azure runs it on until Node 24 is offered there. */
import { execFile } from 'node:child_process';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { run } from './spawn.ts';

const NODE_22 = 'node@22.23.3';
const FETCH_LIMIT_MS = 5 * 60_000;

/** The path of a Node 22 that npx has fetched or kept, or what went wrong. */
async function fetchNode22(): Promise<{ readonly path: string } | { readonly problem: string }> {
  const output = promisify(execFile);
  try {
    const npx = await output('npx', ['--yes', '-p', NODE_22, 'node', '-p', 'process.execPath'], {
      timeout: FETCH_LIMIT_MS,
      // npx is a command file on Windows, which only a shell can start.
      shell: process.platform === 'win32',
    });
    const path = npx.stdout.trim();
    const { stdout: version } = await output(path, ['--version']);
    return version.startsWith('v22.') ? { path } : { problem: `npx started Node ${version.trim()}` };
  } catch (error) {
    const [line = 'unknown'] = (error instanceof Error ? error.message : '').split('\n', 1);
    return { problem: line };
  }
}

const node22 = await fetchNode22();
if ('problem' in node22) {
  console.log(`SKIPPED: the package was not tested on Node 22, ${NODE_22} cannot be had: ${node22.problem}`);
  // CI counts this code as skipped.
  process.exitCode = 77;
} else {
  const jest = createRequire(import.meta.url).resolve('jest/bin/jest');
  console.log(`The package on ${node22.path}`);
  process.exitCode = await run(
    process.execPath,
    [
      '--experimental-vm-modules',
      '--disable-warning=ExperimentalWarning',
      jest,
      'az-function/test/package.test.ts',
    ],
    {
      cwd: fileURLToPath(new URL('..', import.meta.url)),
      env: { ...process.env, PACKAGE_TEST_NODE: node22.path },
    },
  );
}
