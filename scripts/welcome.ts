/** What `npm start` prints once it serves. */
import type { Upstream } from './localEnvironment.ts';

interface Welcome {
  readonly url: string;
  readonly apiKey: string | undefined;
  readonly upstream: Upstream;
  readonly sandboxUrl: string | undefined;
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

const REAL_TOKEN_HINT =
  'To talk to the real Discogs, create a token at https://www.discogs.com/settings/developers,\n' +
  'set it as DISCOGS_TOKEN in the environment or in az-function/local.settings.json, and start again.';

/** Double quotes only, one line each: bash, zsh, cmd and PowerShell read them alike. */
export function welcome(facts: Welcome): string {
  const { url, apiKey, upstream } = facts;
  const key = apiKey === undefined ? '<your key>' : apiKey;
  const curl = (path: string, option = ''): string =>
    `  curl ${option}"${url}/api${path}" -H "x-api-key: ${key}"`;
  return [
    '',
    'DiscogsAgent is ready.',
    `Address   ${url}/api`,
    `Key       ${key}`,
    upstreamLine(facts),
    '',
    'Try:',
    curl('/artists/108713'),
    curl('/database/search?release_title=Disintegration&artist=The%20Cure'),
    curl('/database/search?q=nevermind', '-I '),
    '',
    ...(upstream === 'sandbox' ? [REAL_TOKEN_HINT, ''] : []),
    'Ctrl-C stops it.',
  ].join('\n');
}
