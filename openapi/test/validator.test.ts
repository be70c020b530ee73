import { describe, expect, it } from '@jest/globals';
import { validate } from '@readme/openapi-parser';
import { committed } from './support/document.ts';

/** A document is valid only with a host in place of the placeholder. */
const published = async (name: 'proxy' | 'discogs-agent' = 'proxy'): Promise<string> =>
  (await committed(`${name}.json`)).replaceAll('{{FUNCTION_HOST}}', 'discogs-agent.example');

describe('an independent validator', () => {
  it.each(['proxy', 'discogs-agent'] as const)('accepts %s once it has a host', async (name) => {
    expect(await validate(JSON.parse(await published(name)))).toMatchObject({ valid: true });
  });

  it('refuses it without its paths, so that its acceptance means something', async () => {
    const { paths: _, components: __, ...rest } = JSON.parse(await published());
    expect(await validate(rest)).toMatchObject({ valid: false });
  });
});
