/** Whether every secret is given or already in Azure, before anything changes. */
import { z } from 'zod';
import { getResource } from '../az/resourceManager.ts';
import type { DeployContext } from '../deployContext.ts';
import { done, failed, type Outcome } from '../outcome.ts';
import { madeFor, requiredBy, type Services, VAULT_NAMES } from '../secretNames.ts';
import type { Secrets, SecretsToWrite } from '../secrets.ts';
import { isReference, type Settings } from './readSettings.ts';

const names = z.object({ value: z.array(z.object({ name: z.string() })) });

/** Which secrets the vault has. The management side lists names without a role in the vault, and never values. */
export async function secretsInVault(context: DeployContext, vaultId: string): Promise<Outcome<string[]>> {
  const path = `${vaultId}/secrets?api-version=2023-07-01`;
  const found = await getResource(context, 'listing the names of the secrets', path, names);
  if (!found.ok) return found;
  // A name comes back bare or behind that of its vault.
  const present = found.value.value.map(({ name }) => name.slice(name.lastIndexOf('/') + 1).toUpperCase());
  return done(Object.keys(VAULT_NAMES).filter((variable) => present.includes(VAULT_NAMES[variable] ?? '')));
}

/** Which secrets are literal app settings. */
export const secretsInSettings = (settings: Settings): string[] =>
  Object.keys(VAULT_NAMES).filter((variable) => {
    const value = settings[variable];
    return Boolean(value) && !isReference(value ?? '');
  });

export interface SecretFacts extends SecretsToWrite {
  /** Whether the app is to have CLIENT_KEYS. */
  readonly hasClientKeys: boolean;
}

/** Refuses while a required secret is neither given nor present. */
export function checkSecrets(
  given: Secrets,
  present: readonly string[],
  services: Services,
): Outcome<SecretFacts> {
  const known = new Set([...Object.keys(given), ...present]);
  const unknown = (variables: readonly string[]) => variables.filter((variable) => !known.has(variable));
  const variables = unknown(requiredBy(services));
  if (variables.length > 0) return failed({ kind: 'secrets_missing', variables });
  const make = unknown(madeFor(services));
  return done({ given, make, hasClientKeys: known.has('CLIENT_KEYS') });
}
