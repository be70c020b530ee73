/** Tests the stores on Azurite, Microsoft's own stand-in for Azure Storage. */
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { installTool } from '../programs/installTool.ts';
import { run } from '../programs/spawn.ts';

const azurite = await installTool('azurite');
if ('problem' in azurite) {
  console.log(`SKIPPED: the stores were not tested on Azurite, which cannot be had: ${azurite.problem}`);
  // CI counts this code as skipped.
  process.exitCode = 77;
} else {
  const jest = createRequire(import.meta.url).resolve('jest/bin/jest');
  const main = (service: string): string =>
    join(azurite.folder, `node_modules/azurite/dist/src/${service}/main.js`);
  process.exitCode = await run(
    process.execPath,
    [
      '--experimental-vm-modules',
      '--disable-warning=ExperimentalWarning',
      jest,
      '--testPathPatterns=(az-function/test/.*Table|dumps/test/upload)',
      '--testNamePattern=Azurite',
    ],
    {
      cwd: fileURLToPath(new URL('../..', import.meta.url)),
      env: { ...process.env, AZURITE_TABLE: main('table'), AZURITE_BLOB: main('blob') },
    },
  );
}
