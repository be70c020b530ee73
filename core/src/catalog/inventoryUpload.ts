/** Discogs "Inventory Upload". @see https://www.discogs.com/developers#page:inventory-upload */
import { documentation, type Operation, operation } from './operation.ts';
import { id, pagination } from './parameters.ts';
import * as replies from './replies/inventory.ts';

/** Never kept: whoever asks wants to know whether it is done by now. */
const ofSeller = { audience: 'seller' } as const;
const OPTIONAL_COLUMNS =
  'sleeve_condition, comments, accept_offer (Y or N), location, external_id, weight, format_quantity';

interface Kind {
  /** The last segment of the path. */
  readonly kind: 'add' | 'change' | 'delete';
  readonly id: string;
  readonly summary: string;
  readonly columns: string;
  readonly example: string;
}

/** One operation for each kind of file. */
const uploadOf = ({ kind, id: operationId, summary, columns, example }: Kind): Operation =>
  operation({
    ...ofSeller,
    id: operationId,
    entity: 'inventory_upload',
    effect: kind === 'delete' ? 'delete' : 'write',
    method: 'POST',
    path: `/inventory/upload/${kind}`,
    summary,
    description:
      'Takes a CSV file. Ask for the address in Location until its status is "success"; its results tell what became of the rows. 409 while another upload is running. Ask for confirmation first.',
    documentation: documentation('inventory-upload', `${kind}-inventory`),
    upload: { part: 'upload', mediaType: 'text/csv', description: `A CSV file. ${columns}`, example },
    reply: {
      statuses: [200],
      description: 'Taken; Location is the address of the upload.',
      headers: ['Location'],
    },
  });

/** In the order of Discogs' documentation. */
export const inventoryUpload: readonly Operation[] = [
  uploadOf({
    kind: 'add',
    id: 'uploadAdd',
    summary: 'Add listings from a file',
    columns: `Columns: release_id, price, media_condition; and any of ${OPTIONAL_COLUMNS}.`,
    example:
      'release_id,price,media_condition,comments\r\n249504,12.50,Mint (M),"Sealed, with hype sticker"\r\n',
  }),
  uploadOf({
    kind: 'change',
    id: 'uploadChange',
    summary: 'Change listings from a file',
    columns: `Columns: release_id, and at least one of price, media_condition, ${OPTIONAL_COLUMNS}.`,
    example: 'release_id,price\r\n249504,9.50\r\n',
  }),
  uploadOf({
    kind: 'delete',
    id: 'uploadDelete',
    summary: 'Delete listings from a file',
    columns: 'Column: listing_id.',
    example: 'listing_id\r\n172723812\r\n',
  }),
  operation({
    ...ofSeller,
    id: 'listUploads',
    entity: 'inventory_uploads',
    method: 'GET',
    path: '/inventory/upload',
    summary: 'List the uploads to the inventory',
    description: "Recent uploads of the token's owner.",
    documentation: documentation('inventory-upload', 'get-recent-uploads'),
    query: pagination,
    reply: { statuses: [200], description: 'One page of uploads.', schema: replies.inventoryUploads },
  }),
  operation({
    ...ofSeller,
    id: 'getUpload',
    entity: 'inventory_upload',
    method: 'GET',
    path: '/inventory/upload/{id}',
    summary: 'Get the status of an upload',
    description: 'Whether the upload is done, and what became of its rows.',
    documentation: documentation('inventory-upload', 'get-an-upload'),
    pathParameters: { id: id('inventory upload', 119615) },
    reply: {
      statuses: [200],
      description: 'The upload.',
      schema: replies.inventoryUpload,
      headers: ['Last-Modified'],
    },
  }),
];
