/** The table of `docs/catalogue.md`: which members of a record a dump has, in the API and in lean answers. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { RECORD_KINDS, type RecordKind } from '@discogs-agent/core/catalogue';
import { dumpFileName, generateDump, readDump } from '@discogs-agent/dumps';
import { SANDBOX_TOKEN, startSandbox } from '@discogs-agent/sandbox';
import { projectionOf } from '../../core/src/gpt/projections/index.ts';

type Members = Readonly<Record<string, unknown>>;

const DATE = '2026-10-01';
/** Enough for every member to occur. */
const RELEASES = 400;
const ENTITIES: Readonly<Record<RecordKind, { readonly name: string; readonly operation: string }>> = {
  releases: { name: 'Release', operation: 'getRelease' },
  masters: { name: 'Master', operation: 'getMaster' },
  artists: { name: 'Artist', operation: 'getArtist' },
  labels: { name: 'Label', operation: 'getLabel' },
};
/** Records of the sandbox that together have every member. */
const SAMPLES: Readonly<Record<RecordKind, readonly number[]>> = {
  releases: [249504, 930000001, 1],
  masters: [13814, 96559],
  artists: [108713, 125246, 3225],
  labels: [895, 1, 26126],
};

const namesOf = (records: readonly Members[]): readonly string[] => [
  ...new Set(records.flatMap((record) => Object.keys(record))),
];

/** Records of a generated dump, as an import prepares them. */
async function readGenerated(): Promise<Readonly<Record<RecordKind, readonly Members[]>>> {
  const folder = await mkdtemp(join(tmpdir(), 'discogs-agent-members-'));
  const records: Record<RecordKind, Members[]> = { artists: [], labels: [], masters: [], releases: [] };
  try {
    await generateDump({ folder, date: DATE, releases: RELEASES, seed: 1, shape: '2026' });
    for (const kind of RECORD_KINDS) {
      for await (const batch of readDump(join(folder, dumpFileName({ kind, date: DATE })), { kind })) {
        records[kind].push(
          ...batch.records.map(({ json }): Members => JSON.parse(Buffer.from(json).toString())),
        );
      }
    }
  } finally {
    await rm(folder, { recursive: true });
  }
  // A master is answered with the tracks of its main release.
  return { ...records, masters: records.masters.map((master) => ({ ...master, tracklist: [TRACK] })) };
}

const TRACK = { position: 'A1', type_: 'track', title: 'A track', duration: '' };

async function readSamples(): Promise<Readonly<Record<RecordKind, readonly Members[]>>> {
  const sandbox = await startSandbox();
  const headers = { authorization: `Discogs token=${SANDBOX_TOKEN}`, 'user-agent': 'members/1' };
  const get = async (path: string): Promise<readonly Members[]> => {
    const reply = await fetch(sandbox.url + path, { headers });
    return reply.ok ? [(await reply.json()) as Members] : [];
  };
  const read = async (kind: RecordKind) =>
    (await Promise.all(SAMPLES[kind].map((id) => get(`/${kind}/${id}`)))).flat();
  const [artists, labels, masters, releases] = await Promise.all([
    read('artists'),
    read('labels'),
    read('masters'),
    read('releases'),
  ]);
  await sandbox.close();
  return { artists, labels, masters, releases };
}

/** What an agent is shown of these records, whatever it asks for. */
function leanNames(operation: string, records: readonly Members[]): readonly string[] {
  const projection = projectionOf({ id: operation });
  const options = { fields: new Set(projection.extras), path: {}, currency: '' };
  return namesOf(records.map((record) => projection.project(record, options)));
}

const cell = (names: readonly string[]): string => names.map((name) => `\`${name}\``).join(', ');

/** The rows of all four kinds, in Markdown. */
export async function catalogueMembers(): Promise<string> {
  const [dump, api] = await Promise.all([readGenerated(), readSamples()]);
  const rows = (['releases', 'masters', 'artists', 'labels'] as const).map((kind) => {
    const { name, operation } = ENTITIES[kind];
    const known = new Set(namesOf(dump[kind]));
    const live = namesOf(api[kind]).filter((member) => !known.has(member));
    return `| ${name} | ${cell([...known])} | ${cell(live)} | ${cell(leanNames(operation, dump[kind]))} |`;
  });
  const header =
    '| Entity | Members of the API that the dump has | Members that only a live answer has | Members of the [lean answer](agents.md) from the dump |';
  return [header, '|---|---|---|---|', ...rows].join('\n');
}
