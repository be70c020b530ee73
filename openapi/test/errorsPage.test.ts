/** docs/errors.md knows every code that a caller can meet. */
import { readFile } from 'node:fs/promises';
import { describe, expect, it } from '@jest/globals';
import { document } from './support/document.ts';

const read = (path: string): Promise<string> => readFile(new URL(`../../${path}`, import.meta.url), 'utf8');
const page = await read('docs/errors.md');
const section = (title: string): string => page.split(/^## /m).find((each) => each.startsWith(title)) ?? '';

const constantOf = (schema: unknown): readonly string[] => {
  const found = /"error":\{"type":"string","const":"(\w+)"/.exec(JSON.stringify(schema))?.[1];
  return found === undefined ? [] : [found];
};
const proxyCodes = [...new Set(Object.values(document.components.schemas).flatMap(constantOf))];
const codesIn = (source: string, pattern: RegExp): readonly string[] => [
  ...new Set([...source.matchAll(pattern)].map(([, code = '']) => code)),
];
const brokerCodes = codesIn(
  await read('core/src/broker/wire/apiFailure.ts'),
  /\b(?:json|later)\(\s*\d{3},\s*'(\w+)'/g,
);
const hostCodes = codesIn(await read('az-function/local/refusals.ts'), /error: '(\w+)'/g);

describe('docs/errors.md', () => {
  it('is compared with codes that were found', () => {
    expect([proxyCodes.length > 15, brokerCodes.length > 12, hostCodes.length > 7]).toEqual([
      true,
      true,
      true,
    ]);
  });

  it.each(proxyCodes)('has %s of the proxy', (code) => {
    expect(page).toContain(`{"error":"${code}"`);
  });

  it.each(brokerCodes)('has %s of the broker', (code) => {
    expect(section('The broker')).toContain(`\`${code}\``);
  });

  it.each(hostCodes)('has %s of the local host', (code) => {
    expect(section('The local host')).toContain(`\`${code}\``);
  });

  it.each(Object.keys(document.components.headers).filter((name) => /^(X-(Cache|Discogs)|Age)/.test(name)))(
    'explains the header %s',
    (name) => {
      expect(section('Headers about cache and limits')).toContain(`| \`${name}\` |`);
    },
  );
});
