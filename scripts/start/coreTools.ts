/** The built app under Azure Functions Core Tools, which is installed by hand: its package downloads a program while npm runs. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Environment } from '@discogs-agent/core';
import { corsOriginsOf } from '../../az-function/local/cors.ts';
import { APP_DIRECTORY } from '../build/build.ts';
import { run, viaShell } from '../programs/spawn.ts';
import { localEnvironment } from './localEnvironment.ts';
import { startSandboxUpstream } from './sandboxUpstream.ts';

const INSTALL =
  'Install version 4 (https://learn.microsoft.com/azure/azure-functions/functions-run-local), open a new terminal and try again.\n' +
  '"npm start" serves the same build without it.';

/** What keeps a `func` of this version from being used. */
function problemOf(version: string | undefined): string | undefined {
  if (version?.startsWith('4.')) return undefined;
  const found =
    version === undefined
      ? 'Azure Functions Core Tools (func) was not found.'
      : `Azure Functions Core Tools (func) is version ${version || 'unknown: it prints none'}, and 4 is needed.`;
  return `${found}\n${INSTALL}`;
}

/** The version of `func`, or undefined where there is none. */
async function installedVersion(environment: Environment): Promise<string | undefined> {
  try {
    const { stdout } = await promisify(execFile)('func', ['--version'], {
      env: { ...environment },
      shell: viaShell('func'),
    });
    return stdout.trim();
  } catch {
    return undefined;
  }
}

/** Runs `func start`, and resolves with its exit code; with 1, after a line that says why, where that cannot be. */
export async function runCoreTools(
  variables: Environment,
  args: readonly string[],
  build: () => Promise<unknown> = async () => {},
): Promise<number> {
  const local = await localEnvironment(variables, APP_DIRECTORY);
  const version = await installedVersion(variables);
  const problem = 'problem' in local ? local.problem : problemOf(version);
  if ('problem' in local || problem !== undefined) {
    console.error(problem);
    return 1;
  }
  await build();
  const sandboxed = local.upstream === 'sandbox' ? await startSandboxUpstream() : undefined;
  console.log(`Core Tools ${version}; key ${local.apiKey ?? 'as configured'}; upstream ${local.upstream}`);
  try {
    // The environment wins over local.settings.json, as it does under "npm start".
    const env = { ...local.environment, ...sandboxed?.variables };
    const origins = corsOriginsOf(env);
    const cors = origins.length > 0 ? ['--cors', origins.join(',')] : [];
    const code = await run('func', ['start', ...cors, ...args], { cwd: APP_DIRECTORY, env });
    // Some failures of func have no words, a missing program behind its npm package for one.
    if (code !== 0)
      console.error(`"func start" ended with code ${code}. "func start --verbose" in az-function says more.`);
    return code;
  } finally {
    await sandboxed?.sandbox.close();
  }
}
