import { generateOpenApi } from '@discogs-agent/openapi';
import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { committed } from './support/document.ts';

describe('the committed documents', () => {
  it('are what the generator makes today; run "npm run generate" where they are not', async () => {
    const { yaml, json } = await generateOpenApi();
    expect(await committed('proxy.json')).toBe(json);
    expect(await committed('proxy.yaml')).toBe(yaml);
  });

  it('come out the same, byte for byte, when they are made again', async () => {
    expect(await generateOpenApi()).toEqual(await generateOpenApi());
  });

  it.each(['1.2', '1.1'] as const)('say the same as JSON and to a reader of YAML %s', async (version) => {
    const read = parse(await committed('proxy.yaml'), { version });
    expect(read).toEqual(JSON.parse(await committed('proxy.json')));
  });

  it('keep the placeholder that publishing replaces, and name no other host of ours', async () => {
    const text = await committed('proxy.yaml');
    expect(text).toContain('url: https://{{FUNCTION_HOST}}/api');
    expect(text).not.toMatch(/127\.0\.0\.1|localhost|api\.discogs\.com/);
  });
});
