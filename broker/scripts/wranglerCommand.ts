/** `npm run wrangler -- <command>`: for what an owner does once, such as `login` and `secret put`. */
import { wrangler } from './wrangler.ts';

process.exitCode = await wrangler(process.argv.slice(2));
