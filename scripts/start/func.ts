/** `npm run func`: the same build under Azure Functions Core Tools. */
import { buildApp } from '../build/build.ts';
import { runCoreTools } from './coreTools.ts';

process.exitCode = await runCoreTools(process.env, process.argv.slice(2), buildApp);
