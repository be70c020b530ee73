/** `npm run func`, with a stand-in for Core Tools in PATH. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { expect, test } from '@jest/globals';
import { writeProgram } from './support/writeProgram.ts';

const MODULE = new URL('../start/coreTools.ts', import.meta.url).href;
const NOTHING_SET = {
  DISCOGS_TOKEN: '',
  DISCOGS_API_BASE_URL: '',
  X_API_KEY: '',
  CLIENT_KEYS: '',
  KEY_VAULT_URI: '',
  CORS_ORIGINS: '',
};

/** Says its version, or what it was started with. */
const STAND_IN = `const { X_API_KEY, DISCOGS_TOKEN, DISCOGS_API_BASE_URL } = process.env;
const [command, ...args] = process.argv.slice(2);
if (command === '--version') console.log('4.15.1');
else console.log(JSON.stringify({ command, args, X_API_KEY, DISCOGS_TOKEN, DISCOGS_API_BASE_URL }));
`;

function func(variables: Readonly<Record<string, string>>, installed = true, standIn = STAND_IN) {
  const directory = mkdtempSync(join(tmpdir(), 'discogs-agent-func-'));
  if (installed) writeProgram(directory, 'func', standIn);
  const program = `const { runCoreTools } = await import(${JSON.stringify(MODULE)});
    process.exitCode = await runCoreTools(process.env, ['--port', '7072']);`;
  const path = installed ? `${directory}${delimiter}${process.env['PATH']}` : directory;
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '--eval', program], {
    encoding: 'utf8',
    env: { ...NOTHING_SET, ...variables, PATH: path },
  });
  return { status, stderr, lines: stdout.trim().split('\n') };
}

// Windows starts no file by its first line.
const onPosix = process.platform === 'win32' ? test.skip : test;

onPosix('without a token serves the sandbox by its known key', () => {
  const { status, lines } = func({});
  expect(status).toBe(0);
  expect(JSON.parse(lines[1] ?? '')).toEqual({
    command: 'start',
    args: ['--port', '7072'],
    X_API_KEY: 'change-me',
    DISCOGS_TOKEN: 'sandbox-token',
    DISCOGS_API_BASE_URL: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
  });
});

onPosix('hands the allowed origins of web pages to Core Tools', () => {
  const { lines } = func({ CORS_ORIGINS: 'https://a.example, https://b.example' });
  const { args } = JSON.parse(lines[1] ?? '');
  expect(args).toEqual(['--cors', 'https://a.example,https://b.example', '--port', '7072']);
});

onPosix(
  'with a real token makes a random key and prints it: Core Tools may listen to the whole network',
  () => {
    const { lines } = func({ DISCOGS_TOKEN: 'a-token', X_API_KEY: 'change-me' });
    const key = /key (\S+);/.exec(lines[0] ?? '')?.[1];
    expect(key).toMatch(/^[\w-]{43}$/);
    expect(JSON.parse(lines[1] ?? '')).toMatchObject({ X_API_KEY: key, DISCOGS_TOKEN: 'a-token' });
  },
);

onPosix('says that it is another version', () => {
  const { status, stderr } = func({}, true, STAND_IN.replace('4.15.1', '3.0.5'));
  expect(status).toBe(1);
  expect(stderr).toContain('(func) is version 3.0.5, and 4 is needed.\nInstall version 4 (https://');
});

onPosix('says so where func fails without a word', () => {
  const { status, stderr } = func(
    {},
    true,
    STAND_IN.replace('else console.log', 'else process.exitCode = 9; //'),
  );
  expect(status).toBe(9);
  expect(stderr).toContain(
    '"func start" ended with code 9. "func start --verbose" in az-function says more.',
  );
});

test('says what to install where there are no Core Tools', () => {
  const { status, stderr } = func({}, false);
  expect(status).toBe(1);
  expect(stderr).toContain('Azure Functions Core Tools (func) was not found');
});
