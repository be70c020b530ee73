/** `npm run d1:migrate:local`, `npm run d1:migrate:remote`: brings the database up to date. */
import { requireRemoteDatabase } from './remoteDatabase.ts';
import { wrangler } from './wrangler.ts';

const [where, ...rest] = process.argv.slice(2);
const isRemote = where === 'remote';
if (isRemote) await requireRemoteDatabase();
process.exitCode = await wrangler(
  ['d1', 'migrations', 'apply', 'DB', isRemote ? '--remote' : '--local', ...rest],
  // On this machine there is nothing to confirm.
  isRemote ? {} : { CI: 'true' },
);
