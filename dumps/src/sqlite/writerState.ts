/** What an unfinished store knows of itself. */
import type { DatabaseSync } from 'node:sqlite';
import type { RecordKind } from '@discogs-agent/core/catalogue';
import type { Runs } from '../sorting/mergeRuns.ts';
import type { LinkState } from './linkSorters.ts';
import { readMeta, writeMeta } from './meta.ts';
import { isObject } from './readings.ts';
import { type KindState, NO_RECORDS } from './recordTables.ts';

export interface WriterState {
  readonly kinds: Readonly<Record<RecordKind, KindState>>;
  readonly links: LinkState;
  /** Steps at the end that are done. */
  readonly finished: readonly string[];
  /** Whatever the importer wants to know when it goes on. */
  readonly progress: unknown;
}

const STATE = 'state';

export const mapKinds = <Value>(of: (kind: RecordKind) => Value): Record<RecordKind, Value> => ({
  artists: of('artists'),
  labels: of('labels'),
  masters: of('masters'),
  releases: of('releases'),
});

function kindState(value: unknown): KindState {
  if (!isObject(value)) return NO_RECORDS;
  const number = (name: keyof KindState): number => {
    const found = value[name];
    return typeof found === 'number' ? found : NO_RECORDS[name];
  };
  return { count: number('count'), position: number('position'), greatestId: number('greatestId') };
}

const isRuns = (value: unknown): value is Runs =>
  Array.isArray(value) && value.every((rows) => Number.isInteger(rows));

/** The state of the last checkpoint; an empty one for a new store. */
export function readState(db: DatabaseSync): WriterState {
  const found = readMeta(db, STATE);
  const state = isObject(found) ? found : {};
  const kinds = isObject(state['kinds']) ? state['kinds'] : {};
  const links = isObject(state['links']) ? state['links'] : {};
  const finished = Array.isArray(state['finished']) ? state['finished'] : [];
  return {
    kinds: mapKinds((kind) => kindState(kinds[kind])),
    links: Object.fromEntries(Object.entries(links).filter(([, runs]) => isRuns(runs))),
    finished: finished.filter((name): name is string => typeof name === 'string'),
    progress: state['progress'],
  };
}

export const writeState = (db: DatabaseSync, state: WriterState): void => writeMeta(db, STATE, state);
export const removeState = (db: DatabaseSync): void => writeMeta(db, STATE, undefined);
