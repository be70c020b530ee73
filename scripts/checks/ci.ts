/** What `.ci/run` runs after `npm ci`: the tests, then every gate; ends with the counts of all of them. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generators } from '../clients/generators.ts';
import { libraries } from '../clients/libraries.ts';
import { run } from '../programs/spawn.ts';

interface Counts {
  passed: number;
  failed: number;
  skipped: number;
}

/** A gate exits with this code where a tool that it needs cannot be had here. */
const SKIPPED_EXIT_CODE = 77;

const total: Counts = { passed: 0, failed: 0, skipped: 0 };

async function tests(script: string): Promise<void> {
  console.log(`== npm run ${script}`);
  const directory = await mkdtemp(join(tmpdir(), 'discogs-agent-ci-'));
  const report = join(directory, 'jest.json');
  const code = await run('npm', ['run', script, '--', '--json', `--outputFile=${report}`]);
  const text = await readFile(report, 'utf8').catch(() => '{}');
  const { numPassedTests = 0, numFailedTests = 0, numPendingTests = 0, numTotalTests = 0 } = JSON.parse(text);
  await rm(directory, { recursive: true, force: true });
  total.passed += numPassedTests;
  total.failed += numFailedTests;
  total.skipped += numPendingTests;
  // A suite that cannot even load fails no test; a run without tests proves nothing.
  if ((code !== 0 && numFailedTests === 0) || numTotalTests === 0) total.failed += 1;
}

async function gate(name: string, program: string, args: readonly string[]): Promise<void> {
  console.log(`\n== ${name}`);
  const code = await run(program, args);
  const outcome = code === 0 ? 'passed' : code === SKIPPED_EXIT_CODE ? 'skipped' : 'failed';
  total[outcome] += 1;
  console.log(`== ${name}: ${outcome}`);
}

await tests('test');
await tests('test:slow');
await gate('Lint and format', 'npm', ['run', 'lint']);
await gate('Types', 'npm', ['run', 'typecheck']);
await gate('Generate', 'npm', ['run', 'generate']);
await gate('Generated files are unchanged', 'git', [
  'diff',
  '--exit-code',
  '--stat',
  '--',
  'openapi',
  'docs',
  'az-function/requests.http',
  'infra',
]);
await gate('OpenAPI by a second validator', 'node', ['scripts/run.mjs', 'checks/redocly']);
await gate('The status page in Chromium', 'node', ['scripts/run.mjs', 'checks/statusPage', '--install']);
await gate('The pages of the sign-in in Chromium', 'node', [
  'scripts/run.mjs',
  'checks/signInPages',
  '--install',
]);
await gate("The broker's pages in Chromium", 'node', [
  'scripts/run.mjs',
  '../broker/scripts/browserRun',
  '--install',
]);
await gate('The stores on Azurite', 'node', ['scripts/run.mjs', 'checks/azurite']);
for (const client of Object.keys({ ...libraries, ...generators })) {
  await gate(`The client ${client}`, 'node', ['scripts/run.mjs', 'clients/main', client]);
}
await gate('The package on Node 22', 'node', ['scripts/run.mjs', 'checks/testNode22']);

const { passed, failed, skipped } = total;
console.log(`\n${passed} passed, ${failed} failed, ${skipped} skipped`);
process.exitCode = failed === 0 ? 0 : 1;
