/** More than a benchmark can use up: the budget of a gateway must not slow it down. */
export const UNLIMITED = {
  'x-discogs-ratelimit': '1000000',
  'x-discogs-ratelimit-used': '1',
  'x-discogs-ratelimit-remaining': '999999',
} as const;
