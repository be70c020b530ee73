import { describe, expect, it } from '@jest/globals';
import { queryOf } from './matchingCase.ts';
import { CASE_GROUPS, ourVerdict } from './matchingPage.ts';

describe.each(CASE_GROUPS.map(({ heading, cases }) => [heading, cases] as const))('%s', (_, cases) => {
  it.each(cases.map((one) => [one.artist, one.title, one.hits.join(' and '), one] as const))(
    'the track of %s called %s, beside %s',
    (_artist, _title, _hits, one) => {
      expect(ourVerdict(one)).toEqual({
        quality: one.ours,
        picks: one.ours === 'none' ? -1 : (one.picks ?? 0),
      });
    },
  );
});

describe('the table of cases', () => {
  it('has at least 60 of them, each once', () => {
    const asked = CASE_GROUPS.flatMap(({ cases }) => cases).map((one) =>
      JSON.stringify([queryOf(one), one.hits]),
    );
    expect(new Set(asked).size).toBe(asked.length);
    expect(asked.length).toBeGreaterThanOrEqual(60);
  });
});
