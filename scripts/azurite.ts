/** Tests the stores on Azurite, Microsoft's own stand-in for Azure Tables, which npm fetches into a temporary folder. */
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { run } from './spawn.ts';

/** 457 packages and 365 MB: too much for everybody's `npm ci`. */
const VERSION = '3.37.0';
const PACKAGE = {
  private: true,
  dependencies: { azurite: VERSION },
  // Its newest release asks for a package that not every registry has yet.
  overrides: { applicationinsights: '3.16.0' },
};
const FETCH_LIMIT_MS = 10 * 60_000;

/** What went wrong, or nothing. */
async function install(folder: string): Promise<string | undefined> {
  try {
    await writeFile(join(folder, 'package.json'), JSON.stringify(PACKAGE));
    await promisify(execFile)('npm', ['install', '--ignore-scripts', '--no-audit', '--no-fund'], {
      cwd: folder,
      timeout: FETCH_LIMIT_MS,
      // npm is a command file on Windows, which only a shell can start.
      shell: process.platform === 'win32',
    });
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message.split('\n', 1)[0] : 'unknown';
  }
}

const folder = await mkdtemp(join(tmpdir(), 'discogs-agent-azurite-'));
try {
  const problem = await install(folder);
  if (problem === undefined) {
    const jest = createRequire(import.meta.url).resolve('jest/bin/jest');
    process.exitCode = await run(
      process.execPath,
      [
        '--experimental-vm-modules',
        '--disable-warning=ExperimentalWarning',
        jest,
        '--testPathPatterns=az-function/test/.*Table',
        '--testNamePattern=Azurite',
      ],
      {
        cwd: fileURLToPath(new URL('..', import.meta.url)),
        env: { ...process.env, AZURITE_TABLE: join(folder, 'node_modules/azurite/dist/src/table/main.js') },
      },
    );
  } else {
    console.log(
      `SKIPPED: the stores were not tested on Azurite, azurite ${VERSION} cannot be had: ${problem}`,
    );
    // CI counts this code as skipped.
    process.exitCode = 77;
  }
} finally {
  await rm(folder, { recursive: true, force: true });
}
