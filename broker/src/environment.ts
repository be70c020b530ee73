/** The one place where this host reads its bindings. */
import {
  type BrokerSettings,
  type Product,
  readBrokerSettings,
  readDiscogsSettings,
  settingsReader,
} from '@discogs-agent/core/broker';
import packageJson from '../package.json' with { type: 'json' };
import type { D1Database, LimiterNamespace, ServiceBinding } from './platform.ts';

const product: Product = packageJson;

/** The bindings: three that are named, and variables and secrets. */
export interface Bindings {
  readonly DB: D1Database;
  /** Missing where an older `wrangler.toml` was deployed. */
  readonly RATE_LIMITER?: LimiterNamespace;
  readonly DISCOGS_EGRESS?: ServiceBinding;
  readonly [variable: string]: unknown;
}

/** Everything that the bindings decide. */
export interface WorkerEnvironment {
  readonly settings: BrokerSettings;
  readonly discogsApiBaseUrl: string;
  readonly userAgent: string;
  /** Variables and secrets, for the door that reads its own. */
  readonly variables: Readonly<Record<string, string | undefined>>;
  readonly database: D1Database;
  readonly rateLimiter: LimiterNamespace | undefined;
  readonly egress: ServiceBinding | undefined;
}

/** Reads the bindings. Never throws; what cannot be used is listed in `settings.problems`. */
export function readEnvironment({ DB, RATE_LIMITER, DISCOGS_EGRESS, ...rest }: Bindings): WorkerEnvironment {
  const texts = Object.entries(rest).filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string',
  );
  const variables = Object.fromEntries(texts);
  const settings = readBrokerSettings(variables);
  const reader = settingsReader(variables);
  const { discogsApiBaseUrl, userAgent } = readDiscogsSettings(reader, product);
  return {
    settings: { ...settings, problems: [...settings.problems, ...reader.problems] },
    discogsApiBaseUrl,
    userAgent,
    variables,
    database: DB,
    rateLimiter: RATE_LIMITER,
    egress: DISCOGS_EGRESS,
  };
}
