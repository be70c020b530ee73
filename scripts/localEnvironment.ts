/** What the environment and local.settings.json say about a local run. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Environment, isPresentable, parseApiKey, parseClientKeys } from '@discogs-agent/core';
import { readEnvironment } from '../az-function/src/environment.ts';

/** Whom the local gateway asks. */
export type Upstream = 'sandbox' | 'discogs' | 'custom';

/** A usable environment, or one clear line about what is wrong. */
export type LocalEnvironment =
  | {
      readonly port: number;
      readonly upstream: Upstream;
      readonly apiKey: string | undefined;
      readonly environment: Record<string, string | undefined>;
    }
  | { readonly problem: string };

const DEFAULT_PORT = '7071';
/** The key of the original's quick start. The local host listens on 127.0.0.1 only. */
const LOCAL_KEY = 'change-me';
/** The example's text in place of a token; sending it to Discogs would only earn a 401. */
const PLACEHOLDER_TOKEN = 'replace-with-your-discogs-token';

/** The `Values` of local.settings.json, as Core Tools would put them into the environment. */
async function localSettings(directory: string): Promise<Environment | { readonly problem: string }> {
  const path = join(directory, 'local.settings.json');
  const text = await readFile(path, 'utf8').catch(() => undefined);
  if (text === undefined) return {};
  try {
    const { Values = {} }: { Values?: Record<string, unknown> } = JSON.parse(text);
    return Object.fromEntries(Object.entries(Values).map(([name, value]) => [name, String(value)]));
  } catch {
    return { problem: `${path} is not valid JSON. Compare it with local.settings.json.example.` };
  }
}

function upstreamOf(environment: Environment): Upstream {
  if (environment['DISCOGS_API_BASE_URL']) return 'custom';
  return environment['DISCOGS_TOKEN'] || environment['KEY_VAULT_URI'] ? 'discogs' : 'sandbox';
}

function problemOf(environment: Environment): string | undefined {
  const port = environment['PORT'] ?? '';
  if (!/^[0-9]{1,5}$/.test(port) || Number(port) > 65535) return 'PORT must be a number from 0 to 65535.';
  const [problem] = readEnvironment(environment).settings.problems;
  if (problem) return `${problem.variable} ${problem.fix}.`;
  const apiKey = environment['X_API_KEY'];
  const keys = parseApiKey(apiKey ?? '');
  if (apiKey !== undefined && (keys.length === 0 || !keys.every(({ key }) => isPresentable(key)))) {
    return 'X_API_KEY must be one key, or two separated by a comma, of printable ASCII without spaces.';
  }
  const clientKeys = environment['CLIENT_KEYS']?.trim();
  if (clientKeys && !clientKeys.startsWith('@Microsoft.KeyVault(') && !parseClientKeys(clientKeys)) {
    return 'CLIENT_KEYS must be a JSON array such as [{"label":"my-app","key":"a-long-random-key","read_only":true}].';
  }
  const token = environment['DISCOGS_TOKEN']?.trim();
  if (token && !/^[\x21-\x7e]+$/.test(token)) return 'DISCOGS_TOKEN must be printable ASCII without spaces.';
  return undefined;
}

/** Reads and checks everything before anything is started. The environment wins over local.settings.json. */
export async function localEnvironment(variables: Environment, directory: string): Promise<LocalEnvironment> {
  const settings = await localSettings(directory);
  if (typeof settings['problem'] === 'string') return { problem: settings['problem'] };
  const environment: Record<string, string | undefined> = { PORT: DEFAULT_PORT, ...settings, ...variables };
  if (environment['DISCOGS_TOKEN'] === PLACEHOLDER_TOKEN) delete environment['DISCOGS_TOKEN'];
  environment['PORT'] ||= DEFAULT_PORT;
  if (!environment['CLIENT_KEYS'] && !environment['KEY_VAULT_URI']) environment['X_API_KEY'] ||= LOCAL_KEY;
  const problem = problemOf(environment);
  if (problem !== undefined) return { problem };
  return {
    port: Number(environment['PORT']),
    upstream: upstreamOf(environment),
    apiKey: parseApiKey(environment['X_API_KEY'] ?? '')[0]?.key,
    environment,
  };
}
