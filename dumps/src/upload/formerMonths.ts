/** Folders of months in the container, and which of them may go. */
import type { ContainerClient } from '@azure/storage-blob';
import { MONTH_FOLDER } from '@discogs-agent/core/catalogue/pack';

/** A folder without a manifest is an upload that runs, or one that was given up; Azure too keeps loose blocks a week. */
const ABANDONED_MS = 7 * 24 * 3_600_000;

interface Folder {
  readonly blobs: string[];
  isComplete: boolean;
  newest: number;
}

async function foldersIn(container: ContainerClient): Promise<Map<string, Folder>> {
  const folders = new Map<string, Folder>();
  for await (const { name, properties } of container.listBlobsFlat()) {
    const [folder = ''] = name.split('/');
    if (!MONTH_FOLDER.test(folder)) continue;
    const found = folders.get(folder) ?? { blobs: [], isComplete: false, newest: 0 };
    found.blobs.push(name);
    found.isComplete ||= name.endsWith('/manifest.json');
    found.newest = Math.max(found.newest, properties.lastModified.getTime());
    folders.set(folder, found);
  }
  return folders;
}

/** Deletes all months but `current` and the `keep` newest others; says which. */
export async function deleteFormerMonths(
  container: ContainerClient,
  current: string,
  keep: number,
  now: () => number,
): Promise<string[]> {
  const others = [...(await foldersIn(container))].filter(([folder]) => folder !== current);
  const complete = others
    .filter(([, { isComplete }]) => isComplete)
    .sort(([nameA, a], [nameB, b]) => b.newest - a.newest || (nameA < nameB ? 1 : -1))
    .slice(keep);
  const abandoned = others.filter(
    ([, { isComplete, newest }]) => !isComplete && now() - newest > ABANDONED_MS,
  );
  const leaving = [...complete, ...abandoned];
  for (const [, { blobs }] of leaving) {
    // The manifest last: a deletion that stops in between is taken up again.
    const inOrder = blobs.toSorted((a, b) => Number(a.endsWith('.json')) - Number(b.endsWith('.json')));
    for (const blob of inOrder) await container.deleteBlob(blob);
  }
  return leaving.map(([folder]) => folder);
}
