/** `npm run func`: the same build under Azure Functions Core Tools, fetched on demand; `npm ci` never downloads them. */
import { APP_DIRECTORY, buildApp } from './build.ts';
import { run } from './spawn.ts';

const CORE_TOOLS = 'azure-functions-core-tools@4.15.1';

await buildApp();
process.exitCode = await run('npx', ['--yes', '-p', CORE_TOOLS, 'func', 'start', ...process.argv.slice(2)], {
  cwd: APP_DIRECTORY,
});
