/** Whether `wrangler.toml` names a database of the owner's. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { BROKER_DIRECTORY } from './wrangler.ts';

const PLACEHOLDER = /^database_id = "00000000-0000-0000-0000-000000000000"$/m;

/** Ends the program where it does not: wrangler would only say that something was not found. */
export async function requireRemoteDatabase(): Promise<void> {
  const text = await readFile(join(BROKER_DIRECTORY, 'wrangler.toml'), 'utf8');
  if (!PLACEHOLDER.test(text)) return;
  console.error(
    'broker/wrangler.toml names no database of yours yet. Run "npm run wrangler -- d1 create record-broker" in broker/,\n' +
      'and write the database_id that it prints into wrangler.toml.',
  );
  process.exit(1);
}
