/** The PowerShell files: they parse, hide nothing from help, and hand secrets on by environment alone. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { Language, type Node, Parser } from 'web-tree-sitter';
import { type Command, OPTIONS } from '../deploy/options.ts';
import { CONSUMER } from '../deploy/secretNames.ts';

const SCRIPTS: readonly (readonly [string, Command, number])[] = [
  ['deploy.ps1', 'deploy', 125],
  ['set-secrets.ps1', 'secrets', 60],
  ['smoketest.ps1', 'smoketest', 60],
  ['remove.ps1', 'remove', 60],
];
/** Parameters that travel by environment. */
const SECRET = ['DiscogsToken', 'ClientApiKey'];
const HELPERS = 'deploy/invokeNode.ps1';

let parser: Parser;
beforeAll(async () => {
  await Parser.init();
  const wasm = createRequire(import.meta.url).resolve('tree-sitter-powershell/tree-sitter-powershell.wasm');
  parser = new Parser();
  parser.setLanguage(await Language.load(wasm));
});

const textOf = (file: string) => readFileSync(new URL(`../${file}`, import.meta.url), 'utf8');

function parse(text: string): Node {
  const tree = parser.parse(text);
  if (!tree) throw new Error('the parser gave no tree');
  return tree.rootNode;
}

const nodes = (root: Node, type: string): Node[] =>
  root.descendantsOfType(type).filter((node) => node !== null);

interface Declared {
  readonly name: string;
  readonly type: string;
}

/** The parameters of the file's own param block, not those of functions in it. */
function parametersOf(file: string): Declared[] {
  const [block] = nodes(parse(textOf(file)), 'param_block');
  if (!block) throw new Error(`${file} has no param block`);
  return nodes(block, 'script_parameter').map((node) => ({
    name: node.text.slice(node.text.lastIndexOf('$') + 1),
    type: /\[(\w+(?:\[\])?)\]\s*\$/.exec(node.text)?.[1] ?? '',
  }));
}

const kebab = (name: string): string => name.replace(/(?<!^)([A-Z])/g, '-$1').toLowerCase();

test('the grammar sees a mistake where there is one', () => {
  expect(parse('if ($true) { Write-Output 1').hasError).toBe(true);
});

test.each([...SCRIPTS.map(([file]) => file), HELPERS])('%s parses', (file) => {
  expect(parse(textOf(file)).hasError).toBe(false);
});

describe.each(SCRIPTS)('%s', (file, command, longest) => {
  const options: Readonly<Record<string, { type: string }>> = OPTIONS[command];

  test('is short', () => {
    expect(textOf(file).split('\n').length).toBeLessThanOrEqual(longest);
  });

  test('explains every parameter, and no other', () => {
    const explained = [...textOf(file).matchAll(/^\.PARAMETER (\w+)$/gm)].map(([, name]) => name);
    expect(explained).toEqual(parametersOf(file).map(({ name }) => name));
    expect(textOf(file)).toMatch(/^\.SYNOPSIS$/m);
  });

  test('every parameter is an option of the command, switches being flags', () => {
    for (const { name, type } of parametersOf(file)) {
      if (SECRET.includes(name)) continue;
      const kind = type === 'switch' ? 'boolean' : 'string';
      expect({ name, kind: options[kebab(name)]?.type }).toEqual({ name, kind });
    }
  });

  test('asks for nothing in the clear, starts nothing itself, and hands on the exit code', () => {
    const text = textOf(file);
    expect(nodes(parse(text), 'command_name').map((node) => node.text)).not.toContain('Read-Host');
    expect(text).not.toMatch(/^\s*&|\baz\s+\w+ --/m);
    expect(text.trimEnd().endsWith('exit $LASTEXITCODE')).toBe(true);
  });

  test('secrets are read into variables for the environment, and are no options', () => {
    expect(
      Object.keys(options).filter((name) => /token|api-key|client-key|consumer|secret/.test(name)),
    ).toEqual([]);
    const call = nodes(parse(textOf(file)), 'command').find((node) =>
      node.text.startsWith('Invoke-DiscogsAgent'),
    );
    expect(call?.text).toMatch(/-Bound \$PSBoundParameters -Secrets (\$secrets|@\{\})/);
  });
});

test('deploy.ps1 asks for what only Discogs gives, with the broker or the sign-in and where the environment has it not', () => {
  const [, block = ''] =
    /if \(\(\$EnableBroker -or \$EnableSignIn\) -and -not \$CodeOnly\) \{([^}]+)\}/.exec(
      textOf('deploy.ps1'),
    ) ?? [];
  const asked = [...block.matchAll(/\$secrets\['(\w+)'\] = Read-Secret -Variable '(\w+)' -Question/g)];
  expect(asked.map(([, variable, from]) => [variable, from])).toEqual(
    CONSUMER.map((variable) => [variable, variable]),
  );
});

describe('the one call into Node', () => {
  test('leaves out the parameters that hold secrets', () => {
    for (const name of SECRET) expect(textOf(HELPERS)).toContain(`'${name}'`);
    expect(textOf(HELPERS)).toMatch(/if \(\$name -in @\('DiscogsToken', 'ClientApiKey'\)\) \{ continue \}/);
  });

  test('is the only one, and gets nothing but the collected arguments', () => {
    const started = [...textOf(HELPERS).matchAll(/^\s*& (.+)$/gm)].map(([, line]) => line);
    expect(started).toEqual(['node @arguments']);
    const added = [...textOf(HELPERS).matchAll(/\$arguments \+= ("[^"]+")/g)].map(([, what]) => what);
    expect(added).toEqual(['"--$option"', '"--no-$option"', '"--$option=$each"']);
  });

  test('asks for secrets unseen', () => {
    const questions = nodes(parse(textOf(HELPERS)), 'command').filter((node) =>
      node.text.startsWith('Read-Host'),
    );
    expect(questions.map((node) => node.text.includes('-MaskInput'))).toEqual([true]);
  });
});
