/** Puts the secrets where the app reads them. */
import { z } from 'zod';
import { asciiJson } from '../asciiJson.ts';
import { az, azText } from '../az/az.ts';
import type { DeployContext } from '../deployContext.ts';
import { done, failed, type Outcome } from '../outcome.ts';
import { VAULT_NAMES } from '../secretNames.ts';
import { newSecret, type Secrets, type SecretsToWrite } from '../secrets.ts';
import { waitFor } from '../waitFor.ts';
import type { Login } from './checkLogin.ts';
import { type AppTarget, whereIs } from './readApp.ts';
import { removeLeftRole, withSecretsOfficer } from './secretsOfficer.ts';

/** Role assignments can take ten minutes: https://learn.microsoft.com/azure/role-based-access-control/troubleshooting */
const PROPAGATION = { what: 'Waiting for the role to take effect', minutes: 15, everySeconds: 15 };

/** The output of `secret set` and `appsettings set` repeats what was set, so nobody asks for it. */
const QUIET = ['--output', 'none'];

/** Repeats a call to the vault while it is refused: parts of the service learn of a role at different times. */
async function oncePermitted<T>(
  context: DeployContext,
  doing: string,
  call: () => Promise<Outcome<T>>,
): Promise<Outcome<T>> {
  const result = await waitFor(context, PROPAGATION, async () => {
    const attempt = await call();
    if (!attempt.ok && attempt.failure.kind === 'no_permission') return undefined;
    return attempt;
  });
  if (result !== undefined) return result;
  return context.interruption.aborted
    ? failed({ kind: 'interrupted', doing })
    : failed({ kind: 'timed_out', doing, seconds: PROPAGATION.minutes * 60 });
}

/** The subscription decides in which tenant az signs in to the vault. */
const vaultArgs = (subscriptionId: string, vault: string): readonly string[] => [
  ...['--vault-name', vault],
  ...['--subscription', subscriptionId],
];

/** A secret's address ends in its name: https://learn.microsoft.com/rest/api/keyvault/secrets/get-secrets */
const secretList = z.array(z.object({ id: z.string() }));

const makeSecrets = (context: DeployContext, variables: readonly string[]): Secrets =>
  Object.fromEntries(variables.map((variable) => [variable, newSecret(context)]));

async function writeToVault(
  context: DeployContext,
  subscriptionId: string,
  vault: string,
  { given, make }: SecretsToWrite,
): Promise<Outcome<void>> {
  const listing = 'waiting for permission to write secrets';
  const permitted = await oncePermitted(context, listing, () =>
    az(
      context,
      { doing: listing, args: ['keyvault', 'secret', 'list', ...vaultArgs(subscriptionId, vault)] },
      secretList,
    ),
  );
  if (!permitted.ok) return permitted;
  // A recovered vault shows what it holds only now, and its state key opens what is stored.
  const there = permitted.value.map(({ id }) => id.slice(id.lastIndexOf('/') + 1).toUpperCase());
  const made = makeSecrets(
    context,
    make.filter((variable) => !there.includes(VAULT_NAMES[variable] ?? '')),
  );
  for (const [variable, value] of Object.entries({ ...given, ...made })) {
    const name = VAULT_NAMES[variable] ?? variable;
    const doing = `writing the secret ${name}`;
    const written = await oncePermitted(context, doing, () =>
      azText(context, {
        doing,
        args: [
          ...['keyvault', 'secret', 'set', ...vaultArgs(subscriptionId, vault), '--name', name],
          // In one word: az takes a value that begins with a hyphen for an option otherwise.
          ...['--value=@-', '--encoding', 'utf-8', ...QUIET],
        ],
        input: value,
      }),
    );
    if (!written.ok) return written;
    context.say(`Secret ${name} ${variable in made ? 'was made and ' : ''}is in vault ${vault}`);
  }
  return done(undefined);
}

async function writeToSettings(
  context: DeployContext,
  target: AppTarget,
  { given, make }: SecretsToWrite,
): Promise<Outcome<void>> {
  const secrets = { ...given, ...makeSecrets(context, make) };
  const written = await azText(context, {
    doing: 'writing the secrets as app settings',
    args: [
      ...['functionapp', 'config', 'appsettings', 'set', ...whereIs(target)],
      ...['--settings', '@-', ...QUIET],
    ],
    input: asciiJson(secrets),
  });
  if (!written.ok) return written;
  context.say(`App settings written: ${Object.keys(secrets).join(', ')}`);
  return done(undefined);
}

export interface SecretTarget extends AppTarget {
  /** Undefined: without Key Vault. */
  readonly vault: string | undefined;
}

/** The resource id of a vault. */
export const vaultIdOf = (subscriptionId: string, resourceGroup: string, vault: string): string =>
  `/subscriptions/${subscriptionId}/resourceGroups/${resourceGroup}/providers/Microsoft.KeyVault/vaults/${vault}`;

/** Writes what was given and what is to be made; with neither, no role is needed. */
export async function writeSecrets(
  context: DeployContext,
  login: Login,
  target: SecretTarget,
  secrets: SecretsToWrite,
): Promise<Outcome<void>> {
  const { vault } = target;
  const id = vaultIdOf(target.subscriptionId, target.resourceGroup, vault ?? '');
  if (Object.keys(secrets.given).length + secrets.make.length === 0) {
    context.say('No new secrets: those in Azure stay');
    return vault === undefined ? done(undefined) : removeLeftRole(context, login, id);
  }
  if (vault === undefined) return writeToSettings(context, target, secrets);
  return withSecretsOfficer(context, login, id, () =>
    writeToVault(context, target.subscriptionId, vault, secrets),
  );
}
