/** What the environment and local.settings.json say about a local run. */
import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  type Environment,
  isPresentable,
  isUnresolvedReference,
  parseApiKey,
  parseClientKeys,
} from '@discogs-agent/core';
import { readEnvironment } from '../../az-function/src/environment.ts';
import { SIGN_IN_SECRETS } from '../../az-function/src/signIn/signInSettings.ts';

/** Whom the local gateway asks. */
export type Upstream = 'sandbox' | 'discogs' | 'custom';

type Variables = Record<string, string | undefined>;

/** How a usable environment is to be run. */
export interface LocalRun {
  readonly port: number;
  readonly upstream: Upstream;
  /** The key that callers send; undefined where CLIENT_KEYS or a vault has the keys. */
  readonly apiKey: string | undefined;
  /** Whether the key was made for this run. */
  readonly keyIsNew: boolean;
  /** The month in the repository's own folder, where that is used. */
  readonly catalogueDate: string | undefined;
  readonly environment: Variables;
}

/** One clear line about what is wrong. */
export interface LocalProblem {
  readonly problem: string;
}

const DEFAULT_PORT = '7071';
/** The key of the original's quick start. Everybody knows it, so it only ever opens the sandbox. */
const SANDBOX_KEY = 'change-me';
const KEY_BYTES = 32;
/** The example's text in place of a token; sending it to Discogs would only earn a 401. */
const PLACEHOLDER_TOKEN = 'replace-with-your-discogs-token';

/** The `Values` of local.settings.json, as Core Tools would put them into the environment. */
async function localSettings(directory: string): Promise<Environment | LocalProblem> {
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
  return environment['DISCOGS_TOKEN']?.trim() || environment['KEY_VAULT_URI'] ? 'discogs' : 'sandbox';
}

/** What names the month of a folder: of an SQLite store by its date, of a pack by its folder. */
const POINTERS = { 'current.json': 'date', 'pack.json': 'folder' } as const;

/** The day of the dump in a folder of a catalogue; undefined where there is none. */
async function dateOf(folder: string): Promise<string | undefined> {
  for (const [name, member] of Object.entries(POINTERS)) {
    const text = await readFile(join(folder, name), 'utf8').catch(() => 'null');
    try {
      const pointer: Record<string, unknown> | null = JSON.parse(text);
      const date = /^\d{4}-\d{2}-\d{2}/.exec(String(pointer?.[member]))?.[0];
      if (date !== undefined) return date;
    } catch {
      // The store itself says what is wrong with its pointer, once it is named.
    }
  }
  return undefined;
}

/** Uses the repository's own catalogue where there is one and no setting says otherwise. */
async function provideCatalogue(environment: Variables, directory: string): Promise<string | undefined> {
  if (environment['CATALOGUE_STORE']?.trim() || environment['CATALOGUE']?.trim() === 'off') return undefined;
  const folder = join(directory, '..', 'catalogue');
  const date = await dateOf(folder);
  if (date !== undefined) environment['CATALOGUE_STORE'] = folder;
  return date;
}

/** Puts a key into the environment where none is configured, and says whether it is a random one. */
function provideKey(environment: Variables, upstream: Upstream): boolean {
  if (upstream !== 'sandbox' && environment['X_API_KEY']?.trim() === SANDBOX_KEY) {
    delete environment['X_API_KEY'];
  }
  if (environment['X_API_KEY'] || environment['CLIENT_KEYS'] || environment['KEY_VAULT_URI']) return false;
  environment['X_API_KEY'] =
    upstream === 'sandbox' ? SANDBOX_KEY : randomBytes(KEY_BYTES).toString('base64url');
  return upstream !== 'sandbox';
}

/** The variable that has the key that everybody knows among others. */
function knownKeyIn(environment: Environment): string | undefined {
  const keys = {
    X_API_KEY: parseApiKey(environment['X_API_KEY'] ?? ''),
    CLIENT_KEYS: parseClientKeys(environment['CLIENT_KEYS'] ?? '') ?? [],
  };
  return Object.entries(keys).find(([, all]) => all.some(({ key }) => key === SANDBOX_KEY))?.[0];
}

/** Variables that Azure may fill from a vault, and what to do without Azure. */
const REFERENCES: Readonly<Record<string, string>> = {
  X_API_KEY: 'Set the key itself here, or leave the variable out: then a key is provided and printed.',
  CLIENT_KEYS: 'Set the list itself here, or leave the variable out.',
  DISCOGS_TOKEN: 'Set the token itself here, or leave the variable out to use the sandbox.',
  ...Object.fromEntries(
    [...SIGN_IN_SECRETS, 'STATE_CONNECTION_STRING', 'APPLICATIONINSIGHTS_CONNECTION_STRING'].map((name) => [
      name,
      'Set the value itself here, or leave the variable out.',
    ]),
  ),
};

/** A reference that nobody here resolves: as a value it would only be a text that others know. */
function referenceProblem(environment: Environment): string | undefined {
  const name = Object.keys(REFERENCES).find((each) => isUnresolvedReference(environment[each]?.trim() ?? ''));
  return name && `${name} is a Key Vault reference, which only Azure resolves. ${REFERENCES[name]}`;
}

function problemOf(environment: Environment, upstream: Upstream): string | undefined {
  const port = environment['PORT'] ?? '';
  if (!/^[0-9]{1,5}$/.test(port) || Number(port) > 65535) return 'PORT must be a number from 0 to 65535.';
  const reference = referenceProblem(environment);
  if (reference !== undefined) return reference;
  const { settings, misread, telemetry } = readEnvironment(environment);
  const [problem] = [...settings.problems, ...misread];
  if (problem) return `${problem.variable} ${problem.fix}.`;
  if (telemetry === 'unusable') {
    return 'APPLICATIONINSIGHTS_CONNECTION_STRING must be a connection string such as InstrumentationKey=<GUID>;IngestionEndpoint=https://….';
  }
  const apiKey = environment['X_API_KEY'];
  const keys = parseApiKey(apiKey ?? '');
  if (apiKey !== undefined && (keys.length === 0 || !keys.every(({ key }) => isPresentable(key)))) {
    return 'X_API_KEY must be one key, or two separated by a comma, of printable ASCII without spaces.';
  }
  const clientKeys = environment['CLIENT_KEYS']?.trim();
  if (clientKeys && !parseClientKeys(clientKeys)) {
    return 'CLIENT_KEYS must be a JSON array such as [{"label":"my-app","key":"a-long-random-key","read_only":true}].';
  }
  const token = environment['DISCOGS_TOKEN']?.trim();
  if (token && !/^[\x21-\x7e]+$/.test(token)) return 'DISCOGS_TOKEN must be printable ASCII without spaces.';
  const known = upstream === 'sandbox' ? undefined : knownKeyIn(environment);
  if (known)
    return `${known} has the key "${SANDBOX_KEY}", which everybody knows. Put a long random one there.`;
  return undefined;
}

/**
 * Reads and checks everything before anything is started. The environment wins over local.settings.json. Only the sandbox
 * is opened by the key of the quick start; whatever has a real token gets a random one where none is set.
 */
export async function localEnvironment(
  variables: Environment,
  directory: string,
): Promise<LocalRun | LocalProblem> {
  const settings = await localSettings(directory);
  if (typeof settings['problem'] === 'string') return { problem: settings['problem'] };
  const environment: Variables = { PORT: DEFAULT_PORT, ...settings, ...variables };
  if (environment['DISCOGS_TOKEN'] === PLACEHOLDER_TOKEN) delete environment['DISCOGS_TOKEN'];
  environment['PORT'] ||= DEFAULT_PORT;
  // An empty variable is one that is not set.
  if (environment['X_API_KEY']?.trim() === '') delete environment['X_API_KEY'];
  const upstream = upstreamOf(environment);
  const keyIsNew = provideKey(environment, upstream);
  // Whoever tries the sign-in with the sandbox has an app that nobody has entered anywhere.
  if (upstream === 'sandbox') environment['SIGN_IN_REGISTRATION'] ||= 'true';
  const catalogueDate = await provideCatalogue(environment, directory);
  const problem = problemOf(environment, upstream);
  if (problem !== undefined) return { problem };
  return {
    port: Number(environment['PORT']),
    upstream,
    apiKey: parseApiKey(environment['X_API_KEY'] ?? '')[0]?.key,
    keyIsNew,
    catalogueDate,
    environment,
  };
}
