/** Tests the package on Node 22, which is what Azure runs it on until Node 24 is offered there. */
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { platformNode } from '../launch/platformNode.mjs';
import { installTool } from '../programs/installTool.ts';
import { run } from '../programs/spawn.ts';

const tool = await installTool('node22');
const node22 = 'problem' in tool ? undefined : platformNode(join(tool.folder, 'node_modules'));
if (node22 === undefined) {
  const why = 'problem' in tool ? tool.problem : 'there is none for this platform';
  console.log(`SKIPPED: the package was not tested on Node 22, which cannot be had: ${why}`);
  // CI counts this code as skipped.
  process.exitCode = 77;
} else {
  const jest = createRequire(import.meta.url).resolve('jest/bin/jest');
  console.log(`The package on Node ${node22.version}`);
  process.exitCode = await run(
    process.execPath,
    [
      '--experimental-vm-modules',
      '--disable-warning=ExperimentalWarning',
      jest,
      'az-function/test/package.test.ts',
    ],
    {
      cwd: fileURLToPath(new URL('../..', import.meta.url)),
      env: { ...process.env, PACKAGE_TEST_NODE: node22.path },
    },
  );
}
