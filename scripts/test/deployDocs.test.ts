/** What the pages about deploying say is true of the command line. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { OPTIONS } from '../deploy/options.ts';

const page = (name: string): string => readFileSync(new URL(`../../docs/${name}`, import.meta.url), 'utf8');
const known = new Set(Object.values(OPTIONS).flatMap((options) => Object.keys(options)));

describe('docs/deploy.md', () => {
  const text = page('deploy.md');

  test('is short, and begins with one way', () => {
    expect(text.trimEnd().split('\n').length).toBeLessThanOrEqual(150);
    expect(text.match(/^## .*/m)?.[0]).toBe('## The shortest way');
  });

  test('says that nobody has run it before it shows a command', () => {
    const said = text.indexOf('Never run against Azure');
    expect(said).toBeGreaterThan(-1);
    expect(said).toBeLessThan(text.indexOf('```'));
  });
});

test.each(['deploy.md', 'deploy-other-ways.md'])('%s names no option that there is not', (name) => {
  const lines = page(name)
    .split('\n')
    .filter((line) => /npm run (deploy|smoketest)|^- `--|`--/.test(line));
  const named = lines.flatMap((line) =>
    [...line.matchAll(/--(?:no-)?([a-z][a-z-]+)/g)].map(([, option]) => option),
  );
  expect(named.length).toBeGreaterThan(4);
  expect(named.filter((option) => !known.has(option ?? ''))).toEqual([]);
});
