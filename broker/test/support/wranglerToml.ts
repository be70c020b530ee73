/** What the tests take from `wrangler.toml`, so that they run what is deployed. */
import { readFileSync } from 'node:fs';

const text = readFileSync(new URL('../../wrangler.toml', import.meta.url), 'utf8');

function value(pattern: RegExp): string {
  const [, found] = pattern.exec(text) ?? [];
  if (found === undefined) throw new Error(`wrangler.toml has nothing like ${pattern}`);
  return found;
}

export const COMPATIBILITY_DATE = value(/^compatibility_date = "(.+)"$/m);
/** The Durable Object of the rate limiter: its binding, and the class that a deployment creates. */
export const LIMITER_BINDING = value(/^\[\[durable_objects\.bindings\]\]\nname = "(.+)"$/m);
export const LIMITER_CLASS = value(/^new_sqlite_classes = \["(.+)"\]$/m);
export const CRON = value(/^crons = \["(.+)"\]$/m);
