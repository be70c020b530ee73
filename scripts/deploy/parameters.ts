/** The parameters for infra/main.bicep. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { asciiJson } from './asciiJson.ts';
import type { ChosenNames } from './steps/chooseNames.ts';

export type Parameters = Readonly<Record<string, unknown>>;

/** Everything that decides about the parameters, in the order in which the later wins. */
export interface ParameterSources {
  /** Of the last deployment by this program: choices made once are kept. */
  readonly previous: Parameters;
  readonly computed: Computed;
  /** Only what the caller said. */
  readonly chosen: Parameters;
}

export interface Computed {
  readonly location: string;
  readonly rgName: string;
  readonly namePrefix: string;
  readonly names: ChosenNames;
  readonly nodeVersion: string;
  readonly hasClientKeys: boolean;
  readonly extraAppSettings: Readonly<Record<string, string>>;
}

const settings = z.record(z.string(), z.string());

export function composeParameters({ previous, computed, chosen }: ParameterSources): Parameters {
  const { names, ...rest } = computed;
  // Named settings join those that are there: without a vault the secrets are among them.
  const added = settings.safeParse(chosen['extraAppSettings']);
  const all = added.success ? { extraAppSettings: { ...rest.extraAppSettings, ...added.data } } : {};
  return {
    ...previous,
    // Never kept: the temporary role is not the template's business, and a recovery happens once.
    userObjectId: '',
    userRoleDefinitionId: '',
    ...rest,
    nameSuffix: names.suffix,
    keyVaultCreateMode: names.recoverVault ? 'recover' : 'default',
    ...chosen,
    ...all,
  };
}

/** For `az deployment … --parameters`. */
export const parametersDocument = (parameters: Parameters): string =>
  asciiJson({
    $schema: 'https://schema.management.azure.com/schemas/2019-04-01/deploymentParameters.json#',
    contentVersion: '1.0.0.0',
    parameters: Object.fromEntries(Object.entries(parameters).map(([name, value]) => [name, { value }])),
  });

export const templatePath = (root: string): string => join(root, 'infra', 'main.bicep');

/** The parameters that the template declares, with their types. */
export async function declaredParameters(root: string): Promise<ReadonlyMap<string, string>> {
  const text = await readFile(templatePath(root), 'utf8');
  return new Map([...text.matchAll(/^param (\w+) (\w+)/gm)].map(([, name = '', type = '']) => [name, type]));
}

/** `name=value` of the command line. Only a text is taken as it is; every other type is written as JSON. */
export function readParameter(
  text: string,
  declared: ReadonlyMap<string, string>,
): { readonly name: string; readonly value: unknown } | { readonly problem: string } {
  const [, name = '', value = ''] = /^(\w+)=(.*)$/s.exec(text) ?? [];
  if (name === '') return { problem: `--parameter ${text} is not name=value.` };
  const type = declared.get(name);
  if (type === undefined) return { problem: `infra/main.bicep has no parameter ${name}.` };
  if (type === 'string') return { name, value };
  try {
    return { name, value: JSON.parse(value) };
  } catch {
    return { problem: `--parameter ${name}: ${JSON.stringify(value)} is not JSON, and no ${type}.` };
  }
}
