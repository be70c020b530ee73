import { RECORD_KINDS } from '@discogs-agent/core/catalogue';
import { expect, test } from '@jest/globals';
import { independently } from '../src/verify/independentReader.ts';
import { fixtureXml } from './support/fixtureDump.ts';
import { jsonOf, prepare, recordsIn } from './support/prepare.ts';

test.each(['2020', '2026'] as const)(
  'the JSON of each record of %s is what an independent reader makes of it',
  async (shape) => {
    for (const kind of RECORD_KINDS) {
      const xml = await fixtureXml(shape, kind);
      const records = recordsIn(xml, kind);
      expect(records.length).toBeGreaterThan(0);
      expect(records.map((record) => jsonOf(prepare(kind, record)))).toEqual(independently(kind, xml));
    }
  },
);
