/** From the files of a month to answers over HTTP: each record as a second reader of the XML understands it. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { RECORD_KINDS } from '@discogs-agent/core/catalogue';
import { dumpFileName, generateDump } from '@discogs-agent/dumps';
import { expect, it } from '@jest/globals';
import { independently } from '../../dumps/src/verify/independentReader.ts';
import { dumps } from '../../dumps/test/support/importing.ts';
import { MONTH, temporaryCatalogueFolder } from './support/catalogueFolder.ts';
import { openTestGateway } from './support/testGateway.ts';

const ONLY = { 'x-discogs-source': 'catalogue' };
const RELEASES = 60;

/** The API adds the tracklist of the main release, which is another record. */
function withoutTracklist(json: string): string {
  const { tracklist: _, ...master } = JSON.parse(json) as { tracklist?: unknown };
  return JSON.stringify(master);
}

it.each(['2020', '2026'] as const)(
  'every record of files of the shape of %s is answered as the XML has it, member by member and in order',
  async (shape) => {
    const [files, store] = [await temporaryCatalogueFolder(), await temporaryCatalogueFolder()];
    await generateDump({ folder: files, date: MONTH, releases: RELEASES, shape, seed: Number(shape) });
    expect((await dumps(store, 'import', files)).code).toBe(0);
    const gateway = await openTestGateway({ environment: { CATALOGUE_STORE: store }, sandbox: {} });
    let compared = 0;
    for (const kind of RECORD_KINDS) {
      const xml = gunzipSync(readFileSync(join(files, dumpFileName({ kind, date: MONTH })))).toString();
      for (const expected of independently(kind, xml)) {
        const { id } = JSON.parse(expected) as { id: number };
        const { status, text } = await gateway.ask(`/${kind}/${id}`, { headers: ONLY });
        const shown = text.replaceAll(`${gateway.url}/api/`, 'https://api.discogs.com/');
        expect([status, kind === 'masters' ? withoutTracklist(shown) : shown]).toEqual([200, expected]);
        compared += 1;
      }
    }
    await gateway.close();
    expect(compared).toBeGreaterThan(RELEASES * 1.5);
  },
);
