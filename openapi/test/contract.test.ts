import { readFile } from 'node:fs/promises';
import { catalog } from '@discogs-agent/core';
import { operationIdOf } from '@discogs-agent/core/documents';
import { describe, expect, it } from '@jest/globals';
import { walk } from '../src/lint/json.ts';
import { committed, document, documented, documentedOperation } from './support/document.ts';

/** GPTs in use know these names; renaming one breaks them. */
const ORIGINAL_OPERATIONS = [
  ['ping', 'get', '/ping'],
  ['getArtistProxy', 'get', '/artists/{artist_id}'],
  ['getReleaseProxy', 'get', '/releases/{release_id}'],
  ['getMasterProxy', 'get', '/masters/{master_id}'],
  ['listMasterVersionsProxy', 'get', '/masters/{master_id}/versions'],
  ['getLabelProxy', 'get', '/labels/{label_id}'],
  ['listLabelReleasesProxy', 'get', '/labels/{label_id}/releases'],
  ['listArtistReleasesProxy', 'get', '/artists/{artist_id}/releases'],
  ['listCollectionFoldersProxy', 'get', '/users/{username}/collection/folders'],
  ['getCollectionFolderProxy', 'get', '/users/{username}/collection/folders/{folder_id}'],
  ['listCollectionFolderReleasesProxy', 'get', '/users/{username}/collection/folders/{folder_id}/releases'],
  ['addToCollectionProxy', 'post', '/users/{username}/collection/folders/{folder_id}/releases/{release_id}'],
  ['listWantlistProxy', 'get', '/users/{username}/wants'],
  ['upsertWantlistProxy', 'put', '/users/{username}/wants/{release_id}'],
  ['deleteWantlistProxy', 'delete', '/users/{username}/wants/{release_id}'],
  ['createMarketplaceListingProxy', 'post', '/marketplace/listings'],
  ['getMarketplaceListingProxy', 'get', '/marketplace/listings/{listing_id}'],
  ['deleteMarketplaceListingProxy', 'delete', '/marketplace/listings/{listing_id}'],
  ['getPriceSuggestionsProxy', 'get', '/marketplace/price_suggestions/{release_id}'],
  ['searchDatabaseProxy', 'get', '/database/search'],
] as const;

/** Error statuses of what the gateway answers by itself. */
const OWN: Readonly<Record<string, readonly string[]>> = { ping: [], getStatus: ['401', '500', '503'] };

describe('the document', () => {
  it.each(ORIGINAL_OPERATIONS)('still has %s as %s %s', (operationId, method, path) => {
    expect(documentedOperation(operationId)).toMatchObject({ method, path });
  });

  it('has every operation of the catalog that answers JSON and no other', () => {
    const wanted = catalog
      .filter(({ inOpenApi }) => inOpenApi)
      .map((operation) => [operationIdOf(operation), operation.method.toLowerCase(), operation.path]);
    const found = documented.map(({ operation, method, path }) => [operation.operationId, method, path]);
    expect(found.sort()).toEqual(wanted.sort());
  });

  it('asks for the key on every operation but ping', () => {
    expect(document.security).toEqual([{ ApiKeyHeader: [] }]);
    const open = documented.filter(({ operation }) => operation.security !== undefined);
    expect(open.map(({ operation }) => operation.operationId)).toEqual(['ping']);
  });

  it('marks everything that changes something as consequential', () => {
    for (const { method, operation } of documented) {
      expect([operation.operationId, operation['x-openai-isConsequential']]).toEqual([
        operation.operationId,
        method !== 'get',
      ]);
    }
  });

  it('describes every error status that an operation can have', () => {
    const read = ['304', '400', '401', '404', '429', '500', '502', '503', '504', 'default'];
    const write = [
      '400',
      '401',
      '403',
      '404',
      '411',
      '413',
      '415',
      '429',
      '500',
      '502',
      '503',
      '504',
      'default',
    ];
    for (const { method, operation } of documented) {
      const statuses = Object.keys(operation.responses).filter((status) => !/^2/.test(status));
      const wanted = OWN[operation.operationId] ?? (method === 'get' ? read : write);
      expect([operation.operationId, ...statuses]).toEqual([operation.operationId, ...wanted]);
    }
  });

  it("carries the two notices of Discogs' terms", () => {
    expect(document.info.description).toContain(
      "This application uses Discogs' API but is not affiliated with, sponsored or endorsed by Discogs. 'Discogs' is a trademark of Zink Media, LLC.",
    );
    expect(document.info.description).toContain('Data provided by Discogs.');
  });

  it('puts every operation under one tag that the document explains', () => {
    const tags = document.tags.map(({ name }) => name);
    expect(new Set(tags).size).toBe(tags.length);
    for (const { operation } of documented) {
      expect([operation.operationId, operation.tags.length]).toEqual([operation.operationId, 1]);
      expect(tags).toEqual(expect.arrayContaining([...operation.tags]));
    }
  });

  it('has no schema of two types, which generators for Go cannot read', () => {
    const twoTypes: unknown[] = [];
    walk(JSON.parse(JSON.stringify(document)), ({ type }, pointer) => {
      if (Array.isArray(type) && type.filter((name) => name !== 'null').length > 1) twoTypes.push(pointer);
    });
    expect(twoTypes).toEqual([]);
  });

  it('bounds every integer that a caller may send', () => {
    for (const { operation } of documented) {
      for (const { name, schema } of operation.parameters ?? []) {
        if (schema['type'] !== 'integer') continue;
        expect([name, schema['minimum'], schema['maximum']]).toEqual([
          name,
          expect.any(Number),
          expect.any(Number),
        ]);
      }
    }
  });

  it('speaks of one version, names a contact, and links only what Discogs has to its documentation', async () => {
    const { version } = JSON.parse(await readFile(new URL('../../package.json', import.meta.url), 'utf8'));
    expect(document.info).toMatchObject({ version, contact: { name: expect.any(String) } });
    const proxy: unknown = JSON.parse(await committed('proxy.json'));
    expect(JSON.stringify(proxy)).toContain(`"version":"${version}","outbound"`);
    const unlinked = documented.filter(({ operation }) => operation.externalDocs === undefined);
    expect(unlinked.map(({ path }) => path)).toEqual(['/ping', '/status']);
    expect(JSON.stringify(document)).not.toMatch(/original gateway|Sandbox application/);
  });
});

describe('error bodies of the document', () => {
  const errors = Object.entries(document.components.schemas).filter(([name]) => name.startsWith('Error'));

  it.each(errors)('%s always has error and message', (_, schema) => {
    expect(schema['required']).toEqual(expect.arrayContaining(['error', 'message']));
  });
});
