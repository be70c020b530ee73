import { readFile } from 'node:fs/promises';
import { expect, test } from '@jest/globals';
import { COMMANDS, withResults } from '../src/report/readme.ts';

const readme = await readFile(new URL('../README.md', import.meta.url), 'utf8');

test.each(Object.values(COMMANDS))('the table of %s is replaced, and nothing else', (command) => {
  const begin = `<!-- results: begin (written by ${command}) -->`;
  const written = withResults(readme, 'new figures', command);
  const after = (text: string): string =>
    text.slice(text.indexOf('<!-- results: end -->', text.indexOf(begin)));
  expect(written).toContain(`${begin}\n\nnew figures\n\n<!-- results: end -->`);
  expect(written.split(begin)[0]).toBe(readme.split(begin)[0]);
  expect(after(written)).toBe(after(readme));
});

test('a text without the markers is refused', () => {
  expect(() => withResults('nothing', 'new', COMMANDS.bench)).toThrow('no table of npm run bench');
});
