/** The document of GPTs in use: no longer than it has to be. */
import { describe, expect, it } from '@jest/globals';
import { committed } from './support/document.ts';

const document: { paths: Record<string, Record<string, { responses: Record<string, unknown> }>> } =
  JSON.parse(await committed('proxy.json'));
const text = JSON.stringify(document);

describe('the document of the original paths', () => {
  it('has less than 120,000 characters', () => {
    expect(text.length).toBeLessThan(120_000);
  });

  it('has one schema for errors, and the good answers of the document of all operations', () => {
    const errors = new Set(text.match(/#\/components\/schemas\/Error\w*/g));
    expect([...errors]).toEqual(['#/components/schemas/Error']);
    expect(text).toContain('#/components/schemas/Artist');
  });

  it('says which filters Discogs ignores', () => {
    expect(text).toMatch(/Discogs ignores a range/);
    expect(text).toMatch(/Finds nothing with type=artist/);
    expect(text).toMatch(/Discogs ignores it here/);
  });

  it("says what Discogs' ownership flags mean, in which currency a price is, and how large a page may be", () => {
    expect(text).toMatch(/Whether the token's own user wants or has it/);
    expect(text).toMatch(/In the currency of the token's account/);
    expect(text).not.toMatch(/per_page=100/);
  });
});
