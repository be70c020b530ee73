/** Bands with their members, labels with their family. */
import { describe, expect, it } from '@jest/globals';
import { compose, tableOf } from '../support/composing.ts';

describe('groups and labels', () => {
  it('of a person are named, since there are no members', async () => {
    const { ask } = tableOf({ '/artists/1': { id: 1, name: 'Dave', groups: [{ id: 2, name: 'Band' }] } });
    const { body } = await compose('/artists/1/group', ask);
    expect(body).toMatchObject({
      members: [],
      groups: ['Band (2)'],
      next_step: expect.stringContaining('groups'),
    });
  });

  it('have two levels above and below', async () => {
    const label = (id: number, more: object) => ({ id, name: `L${id}`, ...more });
    const { ask } = tableOf({
      '/labels/3': label(3, { parent_label: label(2, {}), sublabels: [label(4, {}), label(5, {})] }),
      '/labels/2': label(2, { parent_label: label(1, {}) }),
      '/labels/4': label(4, { sublabels: [label(6, {})] }),
      '/labels/5': label(5, {}),
    });
    expect((await compose('/labels/3/tree', ask)).body).toMatchObject({
      id: 3,
      parent: { id: 2, name: 'L2', parent: 'L1 (1)' },
      sublabels: [
        { id: 4, name: 'L4', sublabels: ['L6 (6)'] },
        { id: 5, name: 'L5', sublabels: [] },
      ],
    });
  });
});
