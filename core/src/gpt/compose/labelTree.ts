/** A label with what stands above it, and two levels of sublabels. */
import { compact, type Members, object, objects, positive } from '../../lib/looseJson.ts';
import { people } from '../projections/records.ts';
import { cleanName, webAddress } from '../wording.ts';
import { type ComposeInput, idOf } from './composedOperation.ts';
import type { Reader } from './reader.ts';
import { readEach } from './readMany.ts';

const pathOf = (id: number): string => `/labels/${id}`;

async function readParent(reader: Reader, label: Members): Promise<Members> {
  const parent = object(label['parent_label']);
  const id = positive(parent['id']);
  if (id === undefined) return {};
  const read = object(await reader.read('what stands above the parent', pathOf(id)));
  return compact({
    id,
    name: cleanName(parent['name']),
    parent: people([object(read['parent_label'])].filter(({ id: above }) => above !== undefined))[0],
    uri: webAddress('label', id),
  });
}

/** First the label, then its parent, then its sublabels together. */
export async function labelTree(reader: Reader, { path }: ComposeInput): Promise<Members> {
  const label = await reader.read('the label', `/labels/${path['label_id']}`);
  if (!label) return {};
  const id = idOf(label, path['label_id']);
  const parent = await readParent(reader, label);
  const sublabels = objects(label['sublabels']);
  const read = await readEach(reader, sublabels, 'sublabels', pathOf);
  return {
    ...compact({ id, type: 'label', name: cleanName(label['name']), parent, uri: webAddress('label', id) }),
    sublabels: sublabels.map((one, index) => ({
      ...compact({ id: positive(one['id']), name: cleanName(one['name']) }),
      // None and unknown are different: one that was not read has no such list.
      ...(read[index] ? { sublabels: people(read[index]['sublabels']) } : {}),
    })),
  };
}
