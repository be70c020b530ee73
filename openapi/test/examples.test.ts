import type { OpenApiContent } from '@discogs-agent/core/documents';
import { describe, expect, it } from '@jest/globals';
import { document, documented } from './support/document.ts';
import { schemaProblems } from './support/schemaCheck.ts';

describe.each(documented)('the examples of $operation.operationId', ({ path, method, operation }) => {
  const place = ['paths', path, method];

  it('fit the schemas of the parameters', () => {
    for (const [index, { name, example }] of (operation.parameters ?? []).entries()) {
      if (example === undefined) continue;
      const problems = schemaProblems([...place, 'parameters', String(index), 'schema'], example);
      expect([name, ...problems]).toEqual([name]);
    }
  });

  const problemsOf = (at: readonly string[], content: OpenApiContent = {}) =>
    Object.entries(content).flatMap(([mediaType, { example }]) =>
      example === undefined
        ? [`no example of ${mediaType}`]
        : schemaProblems([...place, ...at, 'content', mediaType, 'schema'], example),
    );

  it('fit the schema of the request body', () => {
    expect(problemsOf(['requestBody'], operation.requestBody?.content)).toEqual([]);
  });

  it('show every good answer that has a body, and fit its schema', () => {
    for (const [status, { content }] of Object.entries(operation.responses)) {
      if (/^2/.test(status)) expect(problemsOf(['responses', status], content)).toEqual([]);
    }
  });
});

const errors = Object.entries(document.components.schemas).filter(([name]) => name.startsWith('Error'));

it.each(errors)('the example of %s fits it', (name, { examples }) => {
  expect(examples).toHaveLength(1);
  for (const example of Array.isArray(examples) ? examples : []) {
    expect(schemaProblems(['components', 'schemas', name], example)).toEqual([]);
  }
});
