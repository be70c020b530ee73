/** The app settings that are there, and which of them a deployment has to pass on. */
import { z } from 'zod';
import { az } from '../az/az.ts';
import type { DeployContext } from '../deployContext.ts';
import { done, type Outcome } from '../outcome.ts';
import { type AppTarget, whereIs } from './readApp.ts';

export type Settings = Readonly<Record<string, string>>;

const list = z.array(z.object({ name: z.string(), value: z.string().nullable() }));

/** Values are hidden from now on: nobody knows which of them are secrets. */
export async function readSettings(context: DeployContext, target: AppTarget): Promise<Outcome<Settings>> {
  const found = await az(
    context,
    {
      doing: 'reading the app settings',
      args: ['functionapp', 'config', 'appsettings', 'list', ...whereIs(target)],
    },
    list,
  );
  if (!found.ok) return found;
  const settings = Object.fromEntries(found.value.map(({ name, value }) => [name, value ?? '']));
  for (const [name, value] of Object.entries(settings)) if (isPrivate(name, value)) context.hide(value);
  return done(settings);
}

/** Plain addresses and references are no secrets; an address with a query may hold a signature. */
const isPrivate = (name: string, value: string): boolean =>
  !/^https:\/\/[^?]*$/.test(value) && !isReference(value) && !/^(FUNCTIONS|WEBSITE_NODE)_/.test(name);

export const isReference = (value: string): boolean => value.startsWith('@Microsoft.KeyVault(');

/** The template sets these from its parameters; the builds are what the Python original asked for. */
const LEFT_BEHIND =
  /^(AzureWebJobsStorage.*|KEY_VAULT_URI|STATE_TABLES_URI|SCM_DO_BUILD_DURING_DEPLOYMENT|ENABLE_ORYX_BUILD|FUNCTIONS_WORKER_RUNTIME|FUNCTIONS_EXTENSION_VERSION)$/;

/**
 * A deployment replaces all settings, so what the owner added is passed on. What the template sets itself wins over
 * these. References are the template's: a stale one would name a vault that is gone.
 */
export const settingsToKeep = (settings: Settings): Settings =>
  Object.fromEntries(
    Object.entries(settings).filter(([name, value]) => !LEFT_BEHIND.test(name) && !isReference(value)),
  );
