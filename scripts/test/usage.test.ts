/** What `npm run deploy -- --help` prints, and what it says to a command that there is not. */
import { describe, expect, test } from '@jest/globals';
import { type Command, OPTIONS } from '../deploy/options.ts';
import { freshState } from './support/azState.ts';
import { runDeploy } from './support/deployRun.ts';

const COMMANDS = Object.keys(OPTIONS) as Command[];

describe.each(COMMANDS)('the help of %s', (command) => {
  const help = async () => (await runDeploy(freshState(), [command, '--help'])).output.split('\n');

  test('has a line with an explanation for each option', async () => {
    const lines = await help();
    for (const name of Object.keys(OPTIONS[command])) {
      const line = lines.find((each) => new RegExp(`^  --(\\[no-\\])?${name}( <text>)? {2}`).test(each));
      expect([name, line]).toEqual([name, expect.stringMatching(/ {2}[A-Za-z0-9].{3,}/)]);
    }
  });

  test('has a line with an explanation for each other command', async () => {
    const lines = await help();
    for (const other of COMMANDS.filter((each) => each !== command)) {
      expect(lines.filter((each) => new RegExp(`^  ${other} {2,}[A-Z].{10,}`).test(each))).toHaveLength(1);
    }
  });
});

test.each(['help', '-h', '--help'])('%s alone is the help of deploy', async (word) => {
  const { code, output } = await runDeploy(freshState(), [word]);
  expect(code).toBe(0);
  expect(output).toContain('Usage: npm run deploy -- [options]');
});

test('a command that there is not is named, with those that there are', async () => {
  const { code, output } = await runDeploy(freshState(), ['bogus']);
  expect(code).toBe(1);
  expect(output).toContain(
    'FAILED: bogus is no command. The commands are deploy, secrets, smoketest, remove, openapi, rotate.',
  );
});
