/** What an agent is told to do after an error: for each error of the gateway, in words of its own. */
import { describe, expect, it } from '@jest/globals';
import { documentedFailures } from '../../src/documents/openapiFailures.ts';
import { nextStep } from '../../src/gpt/nextStep.ts';
import type { Failure } from '../../src/proxy/failure.ts';
import { renderFailure } from '../../src/proxy/response/renderFailure.ts';

const OF_PATHS: readonly Failure[] = [
  { code: 'no_such_route', nearest: undefined },
  { code: 'method_not_allowed', allow: ['GET'] },
];
const failures: readonly Failure[] = [
  ...Object.values(documentedFailures).flatMap(({ samples }): readonly Failure[] => samples),
  ...OF_PATHS,
];
const bodyOf = (failure: Failure) => ({ ...renderFailure(failure, 'id', false).body });

describe('the next step', () => {
  it.each(failures.map((failure) => [failure.code, failure] as const))('after %s', (code, failure) => {
    const step = nextStep(bodyOf(failure));
    expect(step).toMatch(/^[A-Z].*\.$/);
    // Only what Discogs alone knows the reason of is said to be refused by Discogs.
    if (code === 'unexpected_status') expect(step).toMatch(/^Discogs refused it/);
    else expect(step).not.toMatch(/Discogs refused it/);
  });

  it('names the parameter of agents, who cannot send a header, for a record that only the catalogue has', () => {
    const body = bodyOf({ code: 'not_found', message: 'Release not found.', inCatalogue: '2026-10-01' });
    expect(body['message']).not.toMatch(/X-Discogs-Source/);
    expect(nextStep(body)).toMatch(/source=catalogue/);
  });

  it('is a sentence, whatever a body is called', () => {
    for (const error of ['constructor', '__proto__', 'toString', '']) {
      expect(nextStep({ error, reason: error })).toMatch(/^Discogs refused it/);
    }
  });
});
