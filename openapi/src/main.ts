/** Command line: `node openapi/src/main.ts` writes the documents, and fails when a GPT Action would not import them. */
import { generateOpenApi, writeOpenApi } from './generate.ts';
import { lintForGptActions } from './lint.ts';

const { proxy, 'gpt-action': byKey, 'gpt-action-oauth': bySignIn } = await generateOpenApi();
const problems = [proxy, byKey, bySignIn].flatMap(({ json }) => lintForGptActions(JSON.parse(json)));
for (const problem of problems) console.error(problem);
if (problems.length > 0) process.exitCode = 1;
else await writeOpenApi();
