import { parseClientKeys, readSettings } from '@discogs-agent/core';
import { describe, expect, it } from '@jest/globals';
import { constantTimeEqual } from '../../src/lib/constantTime.ts';
import { findKey, parseApiKey } from '../../src/proxy/auth/clientKeys.ts';

const read = (environment: Record<string, string>) => readSettings(environment, { version: '1.2.3' });

describe('readSettings', () => {
  it('has a default for everything', () => {
    expect(read({})).toEqual({
      version: '1.2.3',
      discogsApiBaseUrl: 'https://api.discogs.com',
      publicBaseUrl: undefined,
      userAgent: 'DiscogsAgent/1.2.3',
      readOnly: false,
      allowKeyInQuery: false,
      clientKeyCheck: true,
      debugErrors: false,
      debugRequestLog: false,
      rewriteUpstreamUrls: true,
      outboundMode: 'shared',
      corsOrigins: [],
      problems: [],
    });
  });

  it('names the repository in the User-Agent where there is one', () => {
    const { userAgent } = readSettings({}, { version: '1.2.3', repository: 'https://example.com/x' });
    expect(userAgent).toBe('DiscogsAgent/1.2.3 (+https://example.com/x)');
  });

  it.each([
    ['ALLOW_KEY_IN_QUERY', 'allowKeyInQuery', 'TRUE', true],
    ['DISABLE_CLIENT_KEY_CHECK', 'clientKeyCheck', 'TRUE', false],
    ['DISABLE_CLIENT_KEY_CHECK', 'clientKeyCheck', '1', true],
    ['DISABLE_CLIENT_KEY_CHECK', 'clientKeyCheck', ' true ', true],
    ['DEBUG_ERRORS', 'debugErrors', 'True', true],
    ['DEBUG_REQUEST_LOG', 'debugRequestLog', 'yes', false],
    ['REWRITE_UPSTREAM_URLS', 'rewriteUpstreamUrls', 'no', false],
    ['REWRITE_UPSTREAM_URLS', 'rewriteUpstreamUrls', '', true],
    ['READ_ONLY', 'readOnly', 'true', true],
    ['READ_ONLY', 'readOnly', 'FALSE', false],
    ['OUTBOUND_MODE', 'outboundMode', 'shared', 'shared'],
    ['OUTBOUND_MODE', 'outboundMode', ' fixed ', 'fixed'],
    ['PUBLIC_BASE_URL', 'publicBaseUrl', 'https://a.example/api/', 'https://a.example/api'],
    ['DISCOGS_API_BASE_URL', 'discogsApiBaseUrl', 'http://127.0.0.1:9/x//', 'http://127.0.0.1:9/x'],
    ['USER_AGENT', 'userAgent', 'My/1 (+https://x)', 'My/1 (+https://x)'],
  ] as const)('reads %s into %s: "%s"', (variable, setting, value, expected) => {
    const settings = read({ [variable]: value });
    expect(settings[setting]).toBe(expected);
    expect(settings.problems).toEqual([]);
  });

  it('reads CORS_ORIGINS into a list', () => {
    const { corsOrigins, problems } = read({ CORS_ORIGINS: ' https://a.example ,http://localhost:5173,' });
    expect([corsOrigins, problems]).toEqual([['https://a.example', 'http://localhost:5173'], []]);
  });

  it.each([
    ['READ_ONLY', 'yes'],
    ['CORS_ORIGINS', '*'],
    ['CORS_ORIGINS', 'https://a.example/'],
    ['CORS_ORIGINS', 'https://A.example'],
    ['CORS_ORIGINS', 'https://a.example:443'],
    ['CORS_ORIGINS', 'https://a.example, null'],
    ['CORS_ORIGINS', 'https://*.a.example'],
    ['CORS_ORIGINS', 'ftp://a.example'],
    ['CORS_ORIGINS', 'a.example'],
    ['OUTBOUND_MODE', 'FIXED'],
    ['USER_AGENT', 'bad\u0000agent'],
    ['USER_AGENT', 'ü'],
    ['DISCOGS_API_BASE_URL', 'api.discogs.com'],
    ['DISCOGS_API_BASE_URL', 'ftp://x'],
    ['DISCOGS_API_BASE_URL', 'https://user:pass@x'],
    ['DISCOGS_API_BASE_URL', 'https://:pw@x'],
    ['PUBLIC_BASE_URL', 'https://x/?a=b'],
  ])('lists %s="%s" as a problem without repeating its value', (variable, value) => {
    const { problems } = read({ [variable]: value });
    expect(problems).toEqual([{ variable, fix: expect.any(String) }]);
    expect(JSON.stringify(problems)).not.toContain(value);
  });
});

describe('client keys', () => {
  it('takes one key, or two during a rotation', () => {
    expect(parseApiKey(' a , b ,').map(({ key }) => key)).toEqual(['a', 'b']);
  });

  it.each([
    '{',
    '[]x',
    '{}',
    '[{"label":"a"}]',
    '[{"label":"A B","key":"k"}]',
    '[{"label":"a","key":"k k"}]',
    '[{"label":"a","key":"k","admin":true}]',
  ])('refuses CLIENT_KEYS=%s as a whole', (value) => {
    expect(parseClientKeys(value)).toBeUndefined();
  });

  it('reads labels and the read-only mark', () => {
    expect(
      parseClientKeys('[{"label":"gpt","key":"k1","read_only":true},{"label":"app","key":"k2"}]'),
    ).toEqual([
      { label: 'gpt', key: 'k1', readOnly: true },
      { label: 'app', key: 'k2', readOnly: false },
    ]);
  });

  it('never accepts the empty key', () => {
    expect(findKey([{ label: 'x', key: '', readOnly: false }], '')).toBeUndefined();
  });

  it.each([
    ['a', 'a', true],
    ['a', 'b', false],
    ['a', 'aa', false],
    ['aa', 'a', false],
    ['', 'a', false],
    ['a', '', false],
    ['ü', 'ü', true],
    ['ab'.repeat(9), 'ab', false],
  ])('compares %p with %p', (given, expected, equal) => {
    expect(constantTimeEqual(given, expected)).toBe(equal);
  });
});
