/** The configuration of the authorization server. Each host has one file that supplies the variables. */
import * as z from 'zod/mini';
import { constantTimeEqual } from '../lib/constantTime.ts';
import { type Environment, type SettingProblem, settingsReader } from '../lib/environment.ts';
import { once } from '../lib/once.ts';
import { readSignInSettings, type SignInSettings } from '../signIn/settings.ts';
import { isRedirectUri } from './redirectUri.ts';

/** A client that the owner has entered. */
export interface ConfiguredClient {
  readonly id: string;
  /** Undefined for a public client, which must use PKCE. */
  readonly secret: string | undefined;
  readonly redirectUris: readonly string[];
}

/** Every setting of the authorization server. Holds secrets: never logged, never shown. */
export interface OAuthSettings extends SignInSettings {
  /** Without its trailing slash; undefined means the address of the request. */
  readonly publicBaseUrl: string | undefined;
  readonly clients: readonly ConfiguredClient[];
  /** Whether clients may register themselves. */
  readonly registration: boolean;
  /** Whether a client id may be the address of a document. */
  readonly clientDocuments: boolean;
  /** Calls of one user in 24 hours; undefined for no quota. */
  readonly dailyQuota: number | undefined;
  /** Empty means that users can sign in; otherwise whatever needs Discogs answers 503. */
  readonly problems: readonly SettingProblem[];
}

const CLIENTS_FIX =
  'must be a JSON array of {"client_id", "client_secret", "redirect_uris"}: ids of 1 to 64 and secrets of 32 to 256 of the characters A-Z a-z 0-9 - . _ ~, which no client has to encode';

/** Some clients do not encode what they send as Basic credentials. */
const clientsSchema = once(() =>
  z
    .array(
      z.strictObject({
        client_id: z.string().check(z.regex(/^[A-Za-z0-9._~-]{1,64}$/)),
        client_secret: z.optional(z.string().check(z.regex(/^[A-Za-z0-9._~-]{32,256}$/))),
        redirect_uris: z
          .array(z.string().check(z.refine(isRedirectUri)))
          .check(z.minLength(1), z.maxLength(10)),
      }),
    )
    .check(z.maxLength(50)),
);

function parseClients(text: string): readonly ConfiguredClient[] | undefined {
  try {
    const parsed = clientsSchema().safeParse(JSON.parse(text));
    return parsed.success
      ? parsed.data.map(({ client_id: id, client_secret: secret, redirect_uris: redirectUris }) => ({
          id,
          secret,
          redirectUris,
        }))
      : undefined;
  } catch {
    return undefined;
  }
}

const isCount = (value: string): boolean => /^[1-9]\d{0,8}$/.test(value);

/** Reads the settings. Never throws: what cannot be used is listed in `problems`, and sign-in answers 503. */
export function readOAuthSettings(environment: Environment): OAuthSettings {
  const reader = settingsReader(environment);
  const { checked, isOn, url, problems } = reader;
  const clients = checked('SIGN_IN_CLIENTS', (text) => parseClients(text) !== undefined, CLIENTS_FIX);
  const quota = checked('SIGN_IN_DAILY_QUOTA', isCount, 'must be a whole number of calls, 1 or more');
  return {
    ...readSignInSettings(environment, reader),
    publicBaseUrl: url('PUBLIC_BASE_URL'),
    clients: parseClients(clients ?? '[]') ?? [],
    registration: isOn('SIGN_IN_REGISTRATION') ?? false,
    clientDocuments: isOn('SIGN_IN_CLIENT_DOCUMENTS') ?? true,
    dailyQuota: quota === undefined ? undefined : Number(quota),
    problems,
  };
}

/** Whether `given` is the client's secret; false for a client without one. */
export const isSecretOf = ({ secret }: ConfiguredClient, given: string): boolean =>
  secret !== undefined && constantTimeEqual(given, secret);
