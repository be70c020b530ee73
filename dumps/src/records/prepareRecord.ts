/** From the bytes of one record to what a store takes. */
import type { RecordKind } from '@discogs-agent/core/catalogue';
import { JsonWriter } from '../json/jsonWriter.ts';
import { MalformedRecord } from '../xml/malformed.ts';
import { Names } from '../xml/names.ts';
import { RecordReader } from '../xml/readRecord.ts';
import { RecordTree } from '../xml/recordTree.ts';
import { prepareArtist } from './artist.ts';
import { knownNames } from './knownShapes.ts';
import { prepareLabel } from './label.ts';
import { prepareMaster } from './master.ts';
import type { PreparedFacts, PreparedRecord } from './preparedRecord.ts';
import { prepareRelease } from './release.ts';
import { UnknownPathCounter, type UnknownPaths } from './unknownPaths.ts';

type Prepare = (tree: RecordTree, out: JsonWriter) => PreparedFacts | undefined;

const PREPARE: Readonly<Record<RecordKind, Prepare>> = {
  artists: prepareArtist,
  labels: prepareLabel,
  masters: prepareMaster,
  releases: prepareRelease,
};

/** Prepares records of one kind, one after the other. */
export class RecordPreparer {
  readonly #tree = new RecordTree();
  readonly #reader: RecordReader;
  readonly #json = new JsonWriter();
  readonly #prepare: Prepare;
  readonly #unknown: UnknownPathCounter;
  readonly #strict: boolean;

  /** `strict` looks at each element of each record; without it only records with new names are looked at. */
  constructor(kind: RecordKind, strict: boolean) {
    this.#reader = new RecordReader(new Names(knownNames(kind)), this.#tree);
    this.#prepare = PREPARE[kind];
    this.#unknown = new UnknownPathCounter(kind);
    this.#strict = strict;
  }

  /** {@link MalformedRecord} for a record that cannot be understood. */
  prepare(bytes: Buffer, start: number, end: number): PreparedRecord {
    this.#reader.read(bytes, start, end);
    if (this.#strict || !this.#tree.knowsAllNames) this.#unknown.add(this.#tree);
    const record = this.#prepare(this.#tree, this.#json);
    if (record === undefined) throw new MalformedRecord('no id', 0);
    return { ...record, json: this.#json.take() };
  }

  /** The next records overwrite the JSON of those before. */
  reuse(): void {
    this.#json.reuse();
  }

  /** Unknown paths since the last call. */
  takeUnknown(): UnknownPaths {
    return this.#unknown.take();
  }
}
