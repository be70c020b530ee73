import { generateOpenApi } from '@discogs-agent/openapi';
import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { committed, document } from './support/document.ts';

const NAMES = ['proxy', 'discogs-agent', 'gpt-action', 'gpt-action-oauth'] as const;

describe.each(NAMES)('the committed document %s', (name) => {
  it('is what the generator makes today; run "npm run generate" where it is not', async () => {
    const { yaml, json } = (await generateOpenApi())[name];
    expect(await committed(`${name}.json`)).toBe(json);
    expect(await committed(`${name}.yaml`)).toBe(yaml);
  });

  it.each(['1.2', '1.1'] as const)('says the same as JSON and to a reader of YAML %s', async (version) => {
    const read = parse(await committed(`${name}.yaml`), { version });
    expect(read).toEqual(JSON.parse(await committed(`${name}.json`)));
  });

  it('keeps the placeholder that publishing replaces, and names no other host of ours', async () => {
    const text = await committed(`${name}.yaml`);
    expect(text).toContain('url: https://{{FUNCTION_HOST}}/api');
    expect(text).not.toMatch(/127\.0\.0\.1|localhost|api\.discogs\.com/);
  });
});

it('the documents come out the same, byte for byte, when they are made again', async () => {
  expect(await generateOpenApi()).toEqual(await generateOpenApi());
});

it('the document for GPTs is a part of the whole one but for its errors and headers', async () => {
  const proxy: typeof document = JSON.parse(await committed('proxy.json'));
  for (const [path, methods] of Object.entries(proxy.paths)) {
    for (const [method, { responses, ...operation }] of Object.entries(methods)) {
      const whole = document.paths[path]?.[method];
      expect(whole).toMatchObject(operation);
      expect(Object.keys(whole?.responses ?? {})).toEqual(Object.keys(responses));
    }
  }
});
