/** The document for agents: what a GPT Action takes, and no more than it reads. */

import { gptOperations } from '@discogs-agent/core/documents';
import { composedOperations } from '@discogs-agent/core/gpt';
import { lintForGptActions } from '@discogs-agent/openapi';
import { describe, expect, it } from '@jest/globals';
import { committed } from './support/document.ts';

const json = await committed('gpt-action.json');
const document: unknown = JSON.parse(json);

describe('the document for agents', () => {
  it('breaks no rule of the importer', () => {
    expect(lintForGptActions(document)).toEqual([]);
  });

  it('has at most 30 operations and 60,000 characters', () => {
    expect(gptOperations().length).toBeGreaterThan(15);
    expect(gptOperations().length).toBeLessThanOrEqual(30);
    expect(JSON.stringify(document).length).toBeLessThanOrEqual(60_000);
  });

  it('has every composed read, with its number of calls', () => {
    expect(gptOperations()).toEqual(expect.arrayContaining([...composedOperations]));
    expect(json.match(/At most \d+ calls to Discogs/g)).toHaveLength(composedOperations.length);
  });

  it('has one schema for errors, and no examples', () => {
    expect(json.match(/schemas\/Error"/g)).toHaveLength(gptOperations().length);
    expect(json).not.toContain('"example"');
  });

  it('names what Discogs cannot do', () => {
    expect(json).toMatch(/no lyrics, no audio, no price history/);
  });
});
