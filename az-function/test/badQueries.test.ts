/** Query values as they should not be: refused with the name of the parameter, or harmless. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Reply } from './support/send.ts';
import { openTestGateway, type TestGateway } from './support/testGateway.ts';

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await openTestGateway();
});
beforeEach(() => gateway.sandbox.reset());
afterAll(() => gateway.close());

const seen = () => gateway.sandbox.requests.map(({ path }) => path);
const shown = ({ status, text }: Reply) => [status, text];

describe('a query value', () => {
  const invalid = (field: string, message: string) => [
    400,
    JSON.stringify({ error: 'invalid_request', reason: 'invalid_parameter', field, message }),
  ];

  it('longer than 2,000 characters is refused, one of 2,000 is not', async () => {
    const message = 'q must be at most 2000 characters long.';
    for (const length of [2_001, 10_000]) {
      expect(shown(await gateway.ask(`/database/search?q=${'x'.repeat(length)}`))).toEqual(
        invalid('q', message),
      );
    }
    expect((await gateway.ask(`/database/search?q=${'x'.repeat(2_000)}`)).status).toBe(200);
    const unknown = await gateway.ask(`/database/search?foo=${'x'.repeat(10_000)}&q=a`);
    expect(unknown.status).toBe(200);
    expect(seen()).toHaveLength(2);
  });

  it('that is no integer where one is due is refused', async () => {
    for (const value of ['x', '1.5', '1e3', '%D9%A1', '1,2', '9'.repeat(16), '101', '0', '-3']) {
      const answer = await gateway.ask(`/database/search?q=a&per_page=${value}`);
      expect(shown(answer)).toEqual(
        invalid(
          'per_page',
          'per_page must be an integer from 1 to 100; Discogs sends at most 100 items a page.',
        ),
      );
    }
    expect(seen()).toEqual([]);
  });

  it('that no list of Discogs can have is refused, since Discogs answers 500 to it', async () => {
    for (const page of ['10000001', '2147483647', '999999999999999', '-1', '0']) {
      expect(shown(await gateway.ask(`/masters/96559/versions?page=${page}`))).toEqual(
        invalid('page', 'page must be an integer from 1 to 10000000.'),
      );
    }
    expect(seen()).toEqual([]);
  });

  it('that is none of the listed words is refused with the list', async () => {
    const answer = await gateway.ask('/artists/1/releases?sort=Years');
    expect(shown(answer)).toEqual(invalid('sort', 'sort must be one of year, title, format.'));
    expect((await gateway.ask('/releases/1?curr_abbr=XYZ')).status).toBe(400);
    expect((await gateway.ask('/database/search?type=user')).status).toBe(400);
  });

  it('that is no percent-encoded UTF-8 is refused', async () => {
    for (const query of ['q=%ff', 'q=%', 'q=a&%c3=b', 'q=%ED%A0%80', 'foo=%zz&q=a']) {
      expect(shown(await gateway.ask(`/database/search?${query}`))).toEqual([
        400,
        '{"error":"invalid_request","reason":"invalid_encoding","message":"The query string is not valid percent-encoded UTF-8."}',
      ]);
    }
    expect(seen()).toEqual([]);
  });

  it('named like a property of every object is just an unknown one', async () => {
    const answer = await gateway.ask('/database/search?__proto__=1&constructor=2&toString=3&q=a');
    expect(answer.status).toBe(200);
    expect(seen()).toEqual(['/database/search?q=a']);
  });
});
