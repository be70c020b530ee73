/** The document for agents: what a GPT Action takes, and no more than it reads. */

import { gptOperations } from '@discogs-agent/core/documents';
import { composedOperations } from '@discogs-agent/core/gpt';
import { lintForGptActions } from '@discogs-agent/openapi';
import { describe, expect, it } from '@jest/globals';
import { committed } from './support/document.ts';

const json = await committed('gpt-action.json');
const document: unknown = JSON.parse(json);

describe('the document for agents whose users sign in', () => {
  it('differs in whose data it speaks of and in how a user comes in, and breaks no rule of the importer', async () => {
    const signIn = JSON.parse(await committed('gpt-action-oauth.json'));
    const key = JSON.parse(json);
    expect(lintForGptActions(signIn)).toEqual([]);
    expect(signIn.info.description).toBe(
      key.info.description.replace('wantlist of the owner', 'wantlist of the signed-in user'),
    );
    expect({ ...signIn, info: 0, security: 0, components: signIn.components.schemas }).toEqual({
      ...key,
      info: 0,
      security: 0,
      components: key.components.schemas,
    });
  });

  it('leads to addresses of the same host, and asks for the rights that its operations need', async () => {
    const { security, components } = JSON.parse(await committed('gpt-action-oauth.json'));
    const { flows } = components.securitySchemes.SignIn;
    expect(flows.authorizationCode).toMatchObject({
      authorizationUrl: 'https://{{FUNCTION_HOST}}/api/authorize',
      tokenUrl: 'https://{{FUNCTION_HOST}}/api/token',
    });
    expect(security).toEqual([{ SignIn: ['read', 'collection:write'] }]);
    expect(Object.keys(flows.authorizationCode.scopes)).toEqual(['read', 'collection:write']);
  });
});

describe('the document for agents', () => {
  it('breaks no rule of the importer', () => {
    expect(lintForGptActions(document)).toEqual([]);
  });

  it('has at most 30 operations and 60,000 characters', () => {
    expect(gptOperations().length).toBeGreaterThan(15);
    expect(gptOperations().length).toBeLessThanOrEqual(30);
    expect(JSON.stringify(document).length).toBeLessThanOrEqual(60_000);
  });

  it('has every composed read, with its number of calls', () => {
    expect(gptOperations()).toEqual(expect.arrayContaining([...composedOperations]));
    expect(json.match(/At most \d+ calls to Discogs/g)).toHaveLength(composedOperations.length);
  });

  it('has one schema for errors, and no examples', () => {
    expect(json.match(/schemas\/Error"/g)).toHaveLength(gptOperations().length);
    expect(json).not.toContain('"example"');
  });

  it('names what Discogs cannot do', () => {
    expect(json).toMatch(/no lyrics, no audio, no price history/);
  });
});
