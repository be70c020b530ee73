/** The parameters for infra/main.bicep. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
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

export function composeParameters({ previous, computed, chosen }: ParameterSources): Parameters {
  const { names, ...rest } = computed;
  return {
    ...previous,
    // Never kept: the temporary role is not the template's business, and a recovery happens once.
    userObjectId: '',
    userRoleDefinitionId: '',
    ...rest,
    nameSuffix: names.suffix,
    keyVaultCreateMode: names.recoverVault ? 'recover' : 'default',
    ...chosen,
  };
}

/** A file for `az deployment … --parameters @file`. */
export const parametersFile = (parameters: Parameters): string =>
  JSON.stringify({
    $schema: 'https://schema.management.azure.com/schemas/2019-04-01/deploymentParameters.json#',
    contentVersion: '1.0.0.0',
    parameters: Object.fromEntries(Object.entries(parameters).map(([name, value]) => [name, { value }])),
  });

export const templatePath = (root: string): string => join(root, 'infra', 'main.bicep');

/** The names that the template declares. */
export async function declaredParameters(root: string): Promise<readonly string[]> {
  const text = await readFile(templatePath(root), 'utf8');
  return [...text.matchAll(/^param (\w+) /gm)].map(([, name = '']) => name);
}

/** `name=value` of the command line; a value that is JSON is read as such, so that numbers and lists can be given. */
export function readParameter(text: string): readonly [string, unknown] | undefined {
  const [, name, value = ''] = /^(\w+)=(.*)$/s.exec(text) ?? [];
  if (name === undefined) return undefined;
  try {
    return [name, JSON.parse(value)];
  } catch {
    return [name, value];
  }
}
