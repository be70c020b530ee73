/** Stores of several sizes, made by an import of generated releases. */
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { generateDump } from '@discogs-agent/dumps';
import { openFileStore, storeContents } from '@discogs-agent/dumps/sqlite';
import { importStore } from './importStore.ts';

export interface Store {
  readonly folder: string;
  readonly file: string;
  readonly size: number;
}

const DATE = '2026-10-01';

/** Makes one of `size` releases in a folder of `parent`. */
export async function madeStore(parent: string, size: number): Promise<Store> {
  const dump = join(parent, `dump-${size}`);
  const folder = join(parent, `store-${size}`);
  await generateDump({ folder: dump, date: DATE, releases: size, kinds: ['releases'] });
  const file = await importStore([dump], folder);
  await rm(dump, { recursive: true });
  return { folder, file, size };
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
