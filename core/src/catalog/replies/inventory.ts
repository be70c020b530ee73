/** Replies of the inventory export and upload sections. Times have no zone. */
import * as z from 'zod/mini';
import { pagination } from './shared.ts';

/** @see https://www.discogs.com/developers#page:inventory-export,header:inventory-export-get-an-export */
export const inventoryExport = () =>
  z.looseObject({
    id: z.int(),
    status: z.string(),
    created_ts: z.optional(z.string()),
    finished_ts: z.optional(z.nullable(z.string())),
    url: z.optional(z.string()),
    download_url: z.optional(z.nullable(z.string())),
    filename: z.optional(z.nullable(z.string())),
  });

/** `results` is a text with `<p>` between its sentences. */
export const inventoryUpload = () =>
  z.looseObject({
    id: z.int(),
    status: z.string(),
    type: z.optional(z.string()),
    results: z.optional(z.nullable(z.string())),
    created_ts: z.optional(z.string()),
    finished_ts: z.optional(z.nullable(z.string())),
    filename: z.optional(z.nullable(z.string())),
  });

export const inventoryUploads = () =>
  z.looseObject({ items: z.array(inventoryUpload()), pagination: pagination() });

export const inventoryExports = () =>
  z.looseObject({ items: z.array(inventoryExport()), pagination: pagination() });
