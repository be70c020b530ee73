/** `npm test`: builds the app, which many tests run as a child process, then runs Jest with the arguments given. */
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { buildApp } from '../build/build.ts';
import { run } from '../programs/spawn.ts';

if (!process.env['SLOW'] && process.argv.length === 2) {
  console.log('Left to npm run test:slow, which CI runs as well: thirteen suites that take four minutes.');
}
await buildApp();
const jest = createRequire(import.meta.url).resolve('jest/bin/jest');
process.exitCode = await run(
  process.execPath,
  // Jest runs ES modules in a VM context, which Node still calls experimental.
  ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning', jest, ...process.argv.slice(2)],
  { cwd: fileURLToPath(new URL('../..', import.meta.url)) },
);
