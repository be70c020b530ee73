/** Tries one client that nobody here wrote: `node scripts/run.mjs clients/main NAME`; without a name, says which there are. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generators } from './generators.ts';
import { libraries } from './libraries.ts';

const checks = { ...libraries, ...generators };
const [name = ''] = process.argv.slice(2);
const check = Object.hasOwn(checks, name) ? checks[name] : undefined;

if (check === undefined) {
  console.error(`Name one of: ${Object.keys(checks).join(', ')}.`);
  process.exitCode = 1;
} else {
  const folder = await mkdtemp(join(tmpdir(), 'discogs-agent-client-'));
  try {
    const outcome = await check(folder);
    if (typeof outcome === 'object') console.log(`SKIPPED: ${name} cannot be had here: ${outcome.skipped}`);
    // CI counts 77 as skipped.
    process.exitCode = typeof outcome === 'object' ? 77 : outcome ? 0 : 1;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
