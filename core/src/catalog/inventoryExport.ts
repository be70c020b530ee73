/** Discogs "Inventory Export". @see https://www.discogs.com/developers#page:inventory-export */
import { documentation, type Operation, operation } from './operation.ts';
import { id, pagination } from './parameters.ts';
import * as replies from './replies/inventory.ts';

const exportId = { id: id('inventory export', 599632) };
/** Never kept: whoever asks wants to know whether it is done by now. */
const ofSeller = { audience: 'seller' } as const;

/** In the order of Discogs' documentation. */
export const inventoryExport: readonly Operation[] = [
  operation({
    ...ofSeller,
    id: 'createExport',
    entity: 'inventory_export',
    effect: 'write',
    method: 'POST',
    path: '/inventory/export',
    summary: 'Start an export of the inventory',
    description:
      'Discogs writes the inventory of the token\'s owner as CSV. Ask for the address in Location until its status is "success". 409 while another export is running.',
    documentation: documentation('inventory-export', 'export-your-inventory'),
    reply: {
      statuses: [200],
      description: 'Started; Location is the address of the export.',
      headers: ['Location'],
    },
  }),
  operation({
    ...ofSeller,
    id: 'listExports',
    entity: 'inventory_exports',
    method: 'GET',
    path: '/inventory/export',
    summary: 'List the exports of the inventory',
    description: "Recent exports of the token's owner.",
    documentation: documentation('inventory-export', 'get-recent-exports'),
    query: pagination,
    reply: { statuses: [200], description: 'One page of exports.', schema: replies.inventoryExports },
  }),
  operation({
    ...ofSeller,
    id: 'getExport',
    entity: 'inventory_export',
    method: 'GET',
    path: '/inventory/export/{id}',
    summary: 'Get the status of an export',
    description: 'Whether the export is done, and where it can be downloaded.',
    documentation: documentation('inventory-export', 'get-an-export'),
    pathParameters: exportId,
    reply: {
      statuses: [200],
      description: 'The export.',
      schema: replies.inventoryExport,
      headers: ['Last-Modified'],
    },
  }),
  operation({
    ...ofSeller,
    id: 'downloadExport',
    entity: 'inventory_download',
    method: 'GET',
    path: '/inventory/export/{id}/download',
    summary: 'Download an export',
    description: 'The inventory as CSV, byte for byte as Discogs wrote it; lines end with CR and LF.',
    documentation: documentation('inventory-export', 'download-an-export'),
    pathParameters: exportId,
    reply: {
      statuses: [200],
      description: 'The inventory.',
      mediaType: 'text/csv',
      headers: ['Content-Disposition'],
    },
  }),
];
