/** What is handed over by file is gone afterwards, however the process ends. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { expect, test } from '@jest/globals';

const MODULE = new URL('../deploy/withFile.ts', import.meta.url).href;

test.each([
  ['returns', ''],
  ['throws', 'throw new Error("no");'],
  ['ends the process at once, as a second Ctrl-C does', 'process.exit(130);'],
])('the file is gone when its use %s', (_, ending) => {
  const program = `const { withFile } = await import(${JSON.stringify(MODULE)});
    const { existsSync } = await import('node:fs');
    await withFile('secret.txt', 'the secret', async (path) => {
      console.log(JSON.stringify({ path, there: existsSync(path) }));
      ${ending}
    });`;
  const { stdout } = spawnSync(process.execPath, ['--input-type=module', '--eval', program], {
    encoding: 'utf8',
  });
  const { path, there }: { path: string; there: boolean } = JSON.parse(stdout);
  expect(there).toBe(true);
  expect(existsSync(dirname(path))).toBe(false);
});
