/** `npm run deploy`: uploads the Worker. With `--dry-run` it only builds it, without a login. */
import { requireRemoteDatabase } from './remoteDatabase.ts';
import { wrangler } from './wrangler.ts';

const args = process.argv.slice(2);
if (!args.includes('--dry-run')) await requireRemoteDatabase();
process.exitCode = await wrangler(['deploy', ...args]);
