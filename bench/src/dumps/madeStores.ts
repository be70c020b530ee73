/** Stores of several sizes, made by an import of generated dumps. */
import { existsSync } from 'node:fs';
import { rename } from 'node:fs/promises';
import { join } from 'node:path';
import { dumpFileName, generateDump } from '@discogs-agent/dumps';
import { openFileStore, storeContents } from '@discogs-agent/dumps/sqlite';
import { importStore } from './importStore.ts';

export interface Store {
  readonly folder: string;
  readonly file: string;
  readonly size: number;
}

const DATE = '2026-10-01';

/** The file of a dump of `size` releases in a folder of `parent`, generated unless it is there. */
export async function generatedDump(parent: string, size: number): Promise<string> {
  const folder = join(parent, `releases-${size}`);
  const unfinished = `${folder}-unfinished`;
  if (!existsSync(folder)) {
    await generateDump({ folder: unfinished, date: DATE, releases: size, kinds: ['releases'] });
    await rename(unfinished, folder);
  }
  return join(folder, dumpFileName({ kind: 'releases', date: DATE }));
}

/** Imports the file of a dump into a store in a folder of `parent`. */
export async function madeStore(dump: string, parent: string, size: number): Promise<Store> {
  const folder = join(parent, `store-${size}`);
  return { folder, file: await importStore([dump], folder), size };
}

/** Ids of about `count` of its releases, spread evenly, in an order without neighbours. */
export function spreadIds({ file }: Store, count: number): readonly number[] {
  const store = openFileStore(file);
  const ids = [...storeContents(store).ids('releases')];
  store.close();
  const step = Math.max(1, Math.floor(ids.length / count));
  const wanted = ids.filter((_, index) => index % step === 0).slice(0, count);
  const stride = 7919;
  return wanted.map((_, index) => wanted[(index * stride) % wanted.length] ?? 0);
}
