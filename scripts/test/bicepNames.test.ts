/** The template and the scripts compose the same names: each finds what the other made. */
import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { FUNCTION_APP, HOST, KEY_VAULT, RESOURCE_GROUP } from '../deploy/azdEnvironment.ts';
import { badName, derivedSuffix, namesOf } from '../deploy/names.ts';

const bicep = readFileSync(new URL('../../infra/main.bicep', import.meta.url), 'utf8');

/** The functions of Bicep that its names are made with. */
const FUNCTIONS = {
  take: (text: string, count: number) => text.slice(0, Math.max(0, count)),
  replace: (text: string, old: string, next: string) => text.replaceAll(old, next),
  toLower: (text: string) => text.toLowerCase(),
  length: (text: string) => text.length,
};
const VARIABLES = ['suffixText', 'prefixText', 'storageAccountName', 'keyVaultName', 'functionAppName'];

/** Works out variables of main.bicep: its strings are template literals in other quotes. */
function evaluated(namePrefix: string, nameSuffix: string): Readonly<Record<string, unknown>> {
  const known: Record<string, unknown> = { ...FUNCTIONS, namePrefix, nameSuffix };
  for (const name of VARIABLES) {
    const expression = new RegExp(`^var ${name} = (.+)$`, 'm').exec(bicep)?.[1];
    if (expression === undefined) throw new Error(`main.bicep has no variable ${name}`);
    const compute = new Function(...Object.keys(known), `return ${expression.replaceAll("'", '`')};`);
    known[name] = compute(...Object.values(known));
  }
  return known;
}

const SUFFIX = derivedSuffix('subscription', 'group');
const LONGEST = 'a-very-long-prefix-of';

test.each([
  ['jmd-discogs', ''],
  ['jmd-discogs', SUFFIX],
  ['jmd-discogs', 'b2'],
  ['Mixed-Case', '-B2'],
  ['ab', ''],
  [LONGEST, ''],
  [LONGEST, SUFFIX],
  [LONGEST, '-1234567'],
])('of %s and %j', (prefix, suffix) => {
  const { functionAppName, storageAccountName, keyVaultName } = evaluated(prefix, suffix);
  const { app, storage, vault } = namesOf(prefix, suffix);
  expect({ app: functionAppName, storage: storageAccountName, vault: keyVaultName }).toEqual({
    app,
    storage,
    vault,
  });
  expect(badName({ suffix, app, storage, vault })).toBeUndefined();
});

test.each(['namePrefix', 'nameSuffix'])(
  'what is too long for %s is refused before Azure is asked',
  (name) => {
    const [, longest] = new RegExp(`@maxLength\\((\\d+)\\)\nparam ${name} `).exec(bicep) ?? [];
    const refused = (length: number) => {
      const text = 'x'.repeat(length);
      return badName(name === 'namePrefix' ? namesOf(text, '') : namesOf('prefix', text));
    };
    expect(refused(Number(longest))).toBeUndefined();
    expect(refused(Number(longest) + 1)).toMatchObject({ kind: 'bad_name' });
  },
);

test('what the scripts read of a deployment, the template puts out', () => {
  const outputs = [...bicep.matchAll(/^output (\w+) /gm)].map(([, name]) => name);
  const read = ['functionAppName', 'functionAppHostname', 'keyVaultName'];
  expect(outputs).toEqual(
    expect.arrayContaining([...read, ...RESOURCE_GROUP, ...FUNCTION_APP, ...KEY_VAULT, ...HOST]),
  );
});
