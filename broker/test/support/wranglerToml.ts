/** What the tests take from `wrangler.toml`, so that they run what is deployed. */
import { readFileSync } from 'node:fs';

const text = readFileSync(new URL('../../wrangler.toml', import.meta.url), 'utf8');

function value(pattern: RegExp): string {
  const [, found] = pattern.exec(text) ?? [];
  if (found === undefined) throw new Error(`wrangler.toml has nothing like ${pattern}`);
  return found;
}

export const COMPATIBILITY_DATE = value(/^compatibility_date = "(.+)"$/m);
export const CRON = value(/^crons = \["(.+)"\]$/m);
