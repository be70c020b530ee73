/** The configuration of the gateway, from a plain record of variables. Each host has one file that supplies it. */
import * as z from 'zod/mini';

/** A variable that cannot be used, with the fix; answered per request as 503, never thrown at start-up. */
export interface SettingProblem {
  readonly variable: string;
  /** What is wrong and what to write instead. Never holds the value. */
  readonly fix: string;
}

/** Every setting of the gateway that is not a secret. Documented in the README's table. */
export interface GatewaySettings {
  /** Of the host's package. */
  readonly version: string;
  /** Origin (and path prefix) of Discogs' API, without a trailing slash. */
  readonly discogsApiBaseUrl: string;
  readonly userAgent: string;
  /** Address used in rewritten links; undefined means the address of the request. */
  readonly publicBaseUrl: string | undefined;
  readonly clientKeyCheck: boolean;
  readonly readOnly: boolean;
  readonly debugErrors: boolean;
  readonly debugRequestLog: boolean;
  readonly rewriteUpstreamUrls: boolean;
  /** Whether others may send from the address that Discogs sees: its window then holds their calls, too. */
  readonly outboundMode: 'shared' | 'fixed';
  readonly problems: readonly SettingProblem[];
}

/** What a host knows about itself; the default User-Agent names it, as Discogs asks. */
export interface Product {
  readonly version: string;
  /** Shown in the User-Agent, where the package names one. */
  readonly repository?: string;
}

export type Environment = Readonly<Record<string, string | undefined>>;

const DEFAULT_API_BASE_URL = 'https://api.discogs.com';

/** An http or https address without credentials, query or fragment. */
export const httpUrl = z.string().check(
  z.refine((value) => {
    if (!URL.canParse(value)) return false;
    const { protocol, username, password, search, hash } = new URL(value);
    return /^https?:$/.test(protocol) && username + password === '' && search === '' && hash === '';
  }),
);
const headerText = z.string().check(z.regex(/^[\x20-\x7e]{1,256}$/));
const outboundWord = z.string().check(z.regex(/^(shared|fixed)$/));
const switchWord = z.string().check(z.regex(/^(true|false)$/i));

/** The original reads every other word, ` true ` and `1` included, as false. */
const isTrue = (value: string | undefined): boolean => value?.toLowerCase() === 'true';

/** @see https://www.discogs.com/developers#page:home,header:home-general-information */
function defaultUserAgent({ version, repository }: Product): string {
  return `DiscogsAgent/${version}${repository === undefined ? '' : ` (+${repository})`}`;
}

/** Reads the settings. Never throws: what cannot be used is listed in `problems` and replaced by its default. */
export function readSettings(environment: Environment, product: Product): GatewaySettings {
  const problems: SettingProblem[] = [];
  const checked = (
    variable: string,
    schema: z.ZodMiniType<string, string>,
    fix: string,
  ): string | undefined => {
    const value = environment[variable]?.trim();
    if (value === undefined || value === '') return undefined;
    if (schema.safeParse(value).success) return value;
    problems.push({ variable, fix });
    return undefined;
  };
  const url = (variable: string): string | undefined =>
    checked(
      variable,
      httpUrl,
      'must be an http or https address without credentials, query or fragment',
    )?.replace(/\/+$/, '');
  return {
    version: product.version,
    discogsApiBaseUrl: url('DISCOGS_API_BASE_URL') ?? DEFAULT_API_BASE_URL,
    publicBaseUrl: url('PUBLIC_BASE_URL'),
    userAgent:
      checked('USER_AGENT', headerText, 'must be 1 to 256 printable ASCII characters') ??
      defaultUserAgent(product),
    // A switch that protects fails closed: a typo is answered with 503 instead of being read as "off".
    readOnly: isTrue(checked('READ_ONLY', switchWord, 'must be true or false')),
    clientKeyCheck: !isTrue(environment['DISABLE_CLIENT_KEY_CHECK']),
    debugErrors: isTrue(environment['DEBUG_ERRORS']),
    debugRequestLog: isTrue(environment['DEBUG_REQUEST_LOG']),
    rewriteUpstreamUrls: isTrue(environment['REWRITE_UPSTREAM_URLS'] || 'true'),
    outboundMode:
      checked('OUTBOUND_MODE', outboundWord, 'must be shared or fixed') === 'fixed' ? 'fixed' : 'shared',
    problems,
  };
}
