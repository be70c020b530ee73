/** The instructions for a GPT in docs/gpt-action.md, held against what the gateway answers. */
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type GatewayOverSandbox, startGatewayOverSandbox } from './support/gatewayOverSandbox.ts';

const page = readFileSync(new URL('../../docs/gpt-action.md', import.meta.url), 'utf8');
const [, instructions = ''] = /^## Instructions\n+```text\n(.*?)^```/ms.exec(page) ?? [];
/** From its hyphen to the next one. */
const rule = (code: string): string =>
  instructions.split(/^(?=- )/m).find((line) => line.startsWith(`- ${code}`)) ?? '';
/** What the rule for 404 tells a model to look for in `message`. */
const [, words = 'no words'] = /"(outside [^"]+)"/.exec(rule('404 not_found')) ?? [];

let gateway: GatewayOverSandbox;
beforeAll(async () => {
  gateway = await startGatewayOverSandbox();
});
afterAll(() => gateway.close());

const message = async (path: string): Promise<string> => {
  const { status, body } = await gateway.call(path);
  const json: { error?: string; message?: string } = JSON.parse(body);
  expect([path, status, json.error]).toEqual([path, 404, 'not_found']);
  return json.message ?? '';
};

it('fit into the 8,000 characters that a GPT has for them', () => {
  expect(instructions.length).toBeGreaterThan(1000);
  expect(instructions.length).toBeLessThanOrEqual(8000);
});

it('tell a page past the end from a record that is not there', () => {
  expect(rule('404 not_found')).toMatch(/no such record/);
  expect(words).not.toBe('no words');
});

describe('the words for a page past the end', () => {
  it.each([
    '/artists/108713/releases?page=99',
    '/masters/96559/versions?page=99',
    '/labels/895/releases?page=99',
    '/database/search?q=nevermind&page=99',
    // Only the first 10,000 results of a search can be paged.
    '/database/search?type=release&q=record&per_page=100&page=101',
    '/users/crate_digger/collection/folders/0/releases?page=99',
    '/users/crate_digger/wants?page=99',
  ])('are in the answer to %s, kept or not', async (path) => {
    expect(await message(path)).toContain(words);
    expect(await message(path)).toContain(words);
  });

  it.each([
    '/artists/999999999',
    '/artists/999999999/releases?page=99',
    '/masters/999999999',
    '/labels/999999999',
    '/releases/999999999',
    '/marketplace/listings/999999999',
    '/users/nobody-of-this-name',
    '/users/nobody-of-this-name/wants?page=99',
  ])('are not in the answer to %s, where the record is missing', async (path) => {
    const said = await message(path);
    expect(said).not.toBe('');
    expect(said).not.toContain(words);
  });
});
