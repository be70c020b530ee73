/** What is chosen for agents by the names of operations has to be in the catalog by those names. */
import { catalog } from '@discogs-agent/core';
import { gptOperations } from '@discogs-agent/core/documents';
import { composedOperations, projectedOperations } from '@discogs-agent/core/gpt';
import { toolsOf } from '@discogs-agent/core/mcp';
import { expect, it } from '@jest/globals';
import { CURATED } from '../../src/documents/gptDocument.ts';
import { isAlwaysIgnored } from '../../src/gpt/ignored.ts';
import { NOT_CURATED } from '../../src/mcp/operationTools.ts';

const ids = catalog.map(({ id }) => id);

it('every projection belongs to an operation of the catalog', () => {
  expect(projectedOperations.filter((id) => !ids.includes(id))).toEqual([]);
});

it('the document for agents has every operation that was chosen for it, and all composed reads', () => {
  expect(composedOperations.filter(({ id }) => !CURATED.includes(id))).toEqual([]);
  expect(
    gptOperations()
      .map(({ id }) => id)
      .sort(),
  ).toEqual([...CURATED].sort());
});

it('the usual tools are all of them but those that were left out by name', () => {
  expect([...NOT_CURATED].filter((id) => !ids.includes(id))).toEqual([]);
  expect(toolsOf(true).length - toolsOf(false).length).toBe(NOT_CURATED.size);
});

it('what Discogs always ignores is offered by no document and no tool', () => {
  expect(isAlwaysIgnored('getRelease', 'curr_abbr')).toBe(true);
  const release = toolsOf(true).find(({ name }) => name === 'get_release');
  expect(Object.keys(Object(release?.inputSchema['properties']))).not.toContain('curr_abbr');
});
