import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';

const SOURCE = fileURLToPath(new URL('../src', import.meta.url));

describe('the core', () => {
  it('imports nothing but its own files and zod, so that it runs on every host', async () => {
    const files = (await readdir(SOURCE, { recursive: true })).filter((name) => name.endsWith('.ts'));
    expect(files.length).toBeGreaterThan(30);
    const foreign: string[] = [];
    for (const file of files) {
      const text = await readFile(join(SOURCE, file), 'utf8');
      for (const [, specifier = ''] of text.matchAll(/(?<![\w'])(?:from|import)\s*\(?\s*'([^']+)'/g)) {
        if (!/^(\.{1,2}\/|zod(\/|$))/.test(specifier)) foreign.push(`${file}: ${specifier}`);
      }
    }
    expect(foreign).toEqual([]);
  });
});
