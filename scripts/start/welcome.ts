/** What `npm start` prints once it serves. */

import type { Environment } from '@discogs-agent/core';
import { readHostSettings } from '../../az-function/src/broker/hostSettings.ts';
import { readEnvironment } from '../../az-function/src/environment.ts';
import { readSignInSettings } from '../../az-function/src/signIn/signInSettings.ts';
import type { LocalRun } from './localEnvironment.ts';

interface Welcome extends LocalRun {
  readonly url: string;
  readonly sandboxUrl: string | undefined;
  /** What the app was given in the end, the sandbox's own variables included. */
  readonly appEnvironment: Environment;
}

/** Where apps reach the broker, and what keeps them from signing in. */
function brokerLines({ url, appEnvironment }: Welcome): readonly string[] {
  const { broker } = readEnvironment({ ...appEnvironment });
  if (broker === undefined) return [];
  const { problems, clientTokens, allowUnauthenticated } = readHostSettings(
    broker.variables,
    broker.problems,
  );
  const closed =
    'BROKER_CLIENT_TOKEN is not set, so every app is refused. Set it, or ALLOW_UNAUTHENTICATED_BROKER=true for local work';
  const open = 'ALLOW_UNAUTHENTICATED_BROKER lets in apps without a token';
  const warnings = [
    ...(allowUnauthenticated ? [open] : clientTokens.length === 0 ? [closed] : []),
    ...problems.map(({ variable, fix }) => `${variable} ${fix}, so nobody can sign in`),
  ];
  return [`Broker    ${url}/api/v1`, ...warnings.map((warning) => `Warning   ${warning}.`)];
}

/** Where people sign in, and what keeps them from it. */
function signInLines({ url, appEnvironment }: Welcome): readonly string[] {
  const { signIn } = readEnvironment({ ...appEnvironment });
  if (signIn === undefined) return [];
  const { problems, registration } = readSignInSettings(signIn);
  return [
    `Sign-in   ${url}/api (issuer), ${url}/api/grants (what users have allowed)`,
    ...(registration ? [`          Apps register themselves at ${url}/api/register`] : []),
    ...problems.map(({ variable, fix }) => `Warning   ${variable} ${fix}, so nobody can sign in.`),
  ];
}

function upstreamLine({ upstream, sandboxUrl }: Welcome): string {
  switch (upstream) {
    case 'sandbox':
      return `Upstream  ${sandboxUrl} (the sandbox: a stand-in for Discogs with about 70 records)`;
    case 'discogs':
      return 'Upstream  https://api.discogs.com (the real Discogs)';
    case 'custom':
      return 'Upstream  the address in DISCOGS_API_BASE_URL';
    default:
      return upstream satisfies never;
  }
}

/** Whose answers need no call, and how to do without. */
function catalogueLines({ catalogueDate, appEnvironment }: Welcome): readonly string[] {
  const store = appEnvironment['CATALOGUE_STORE'] ?? '';
  if (store === '' || appEnvironment['CATALOGUE']?.trim() === 'off') return [];
  // An address may have a signature in it.
  const where = /^https?:/.test(store) ? 'the container in CATALOGUE_STORE' : store;
  const month = catalogueDate === undefined ? '' : `, Discogs' dump of ${catalogueDate}`;
  return [`Catalogue ${where}${month} (CATALOGUE=off does without)`];
}

const REAL_TOKEN_HINT =
  'To talk to the real Discogs, create a token at https://www.discogs.com/settings/developers,\n' +
  'set it as DISCOGS_TOKEN in the environment or in az-function/local.settings.json, and start again.';
const NO_SEARCH_HINT = 'Without DISCOGS_TOKEN there is no search: Discogs wants a token for it.';

/** Double quotes only, one line each: bash, zsh, cmd and PowerShell read them alike. */
export function welcome(facts: Welcome): string {
  const { url, apiKey, keyIsNew, upstream, environment } = facts;
  const key = apiKey === undefined ? '<your key>' : apiKey;
  const curl = (path: string, option = ''): string =>
    `  curl ${option}"${url}/api${path}" -H "x-api-key: ${key}"`;
  const canSearch =
    upstream === 'sandbox' || Boolean(environment['DISCOGS_TOKEN']?.trim() || environment['KEY_VAULT_URI']);
  return [
    '',
    'DiscogsAgent is ready.',
    `Address   ${url}/api`,
    `Key       ${key}${keyIsNew ? ' (made for this run; set X_API_KEY to keep one)' : ''}`,
    upstreamLine(facts),
    ...catalogueLines(facts),
    ...brokerLines(facts),
    ...signInLines(facts),
    ...(upstream === 'sandbox' ? [] : ['Callers   this machine only, by the names 127.0.0.1 and localhost']),
    '',
    'Try:',
    curl('/artists/108713'),
    ...(canSearch
      ? [
          curl('/database/search?release_title=Disintegration&artist=The%20Cure'),
          curl('/database/search?q=nevermind', '-I '),
        ]
      : [curl('/releases/249504', '-I '), NO_SEARCH_HINT]),
    '',
    ...(upstream === 'sandbox' ? [REAL_TOKEN_HINT, ''] : []),
    'Ctrl-C stops it.',
  ].join('\n');
}
