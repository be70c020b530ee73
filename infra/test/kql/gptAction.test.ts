/** The page about the custom GPT names what the document for the Action really has. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';

const read = (path: string): string => readFileSync(new URL(`../../../${path}`, import.meta.url), 'utf8');
const page = read('docs/gpt-action.md');
const document: { paths: Record<string, Record<string, { operationId?: string }>> } = parse(
  read('openapi/gpt-action.yaml'),
);
const operations = Object.values(document.paths).flatMap((methods) =>
  Object.values(methods).flatMap(({ operationId }) => operationId ?? []),
);
const instructions = /```text\n([\s\S]*?)\n```/.exec(page)?.[1] ?? '';

describe('the page about the custom GPT', () => {
  it('names only operations that the document has', () => {
    const named = page.match(/\b(?:search[A-Z]\w+|get[A-Z]\w+|list[A-Z]\w+|add[A-Z]\w+)\b/g) ?? [];
    expect(named.length).toBeGreaterThan(4);
    expect(named.filter((name) => !operations.includes(name))).toEqual([]);
  });

  it('has instructions that fit, that credit Discogs and that name real errors', () => {
    expect(instructions.length).toBeGreaterThan(1_000);
    expect(instructions.length).toBeLessThan(8_000);
    expect(instructions).toContain('Data provided by Discogs.');
    expect(instructions).toContain('is not affiliated with, sponsored or endorsed by Discogs');
    const errors = read('docs/errors.md');
    for (const code of instructions.match(/\b[a-z]+_[a-z]+(?=:)/g) ?? [])
      expect(errors).toContain(`"error":"${code}"`);
  });
});
