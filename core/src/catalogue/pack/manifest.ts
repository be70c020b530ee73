/** The two small files of a pack: `pack.json` names the folder of a month, whose `manifest.json` lists its tables. */
import * as z from 'zod/mini';
import { CatalogueUnavailable, RECORD_KINDS } from '../catalogueStore.ts';
import { MAX_KEY_BYTES } from './block.ts';
import { damaged } from './damaged.ts';
import { checkHandle, type Handle } from './handle.ts';

/** Changes when a reader of the former format would read wrongly. */
export const PACK_FORMAT = 1;
export const POINTER_NAME = 'pack.json';
export const MAX_POINTER_BYTES = 4096;
/** The index pages of the real counts take about 1 MB. */
export const MAX_MANIFEST_BYTES = 16 * 2 ** 20;

/** Every table; its blob has the same name in the folder of the month. Records, lists, and look-ups by hash. */
export const TABLES = [
  ...RECORD_KINDS,
  'artist-releases',
  'label-releases',
  'master-versions',
  'barcodes',
  'catnos',
  'matrices',
  'artist-names',
  'label-names',
] as const;
export type TableName = (typeof TABLES)[number];

/** Names of folders of months; nothing else is ever deleted. */
export const MONTH_FOLDER = /^\d{4}-\d\d-\d\d-[0-9a-f]{16}$/;

const count = z.int().check(z.nonnegative());

const pointerSchema = z.object({
  /** The day of the dump, and the start of a hash: two builds of one month never share blobs. */
  folder: z.string().check(z.regex(MONTH_FOLDER)),
  manifestBytes: z.int().check(z.positive(), z.maximum(MAX_MANIFEST_BYTES)),
});
export type Pointer = z.infer<typeof pointerSchema>;

const tableSchema = z.object({
  entries: count,
  bytes: count,
  /** MD5 of the blob, base64, as Blob storage shows it. */
  md5: z.base64(),
  /** Its index pages: first key in base64, offset, length, length when unpacked. */
  pages: z.array(z.tuple([z.base64().check(z.maxLength(MAX_KEY_BYTES * 2)), count, count, count])),
});
const manifestSchema = z.object({
  date: z.string().check(z.regex(/^\d{4}-\d\d-\d\d$/)),
  counts: z.object({ artists: count, labels: count, masters: count, releases: count }),
  tables: z.record(z.enum(TABLES), tableSchema),
});
export type Manifest = z.infer<typeof manifestSchema>;
export type TableManifest = z.infer<typeof tableSchema>;

const formatSchema = z.object({ format: z.int() });

function parse<T>(schema: z.ZodMiniType<T>, name: string, bytes: Uint8Array): T {
  let content: unknown;
  try {
    content = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (error) {
    throw damaged(`${name} is no JSON`, error);
  }
  const { data: { format } = {} } = formatSchema.safeParse(content);
  if (format !== undefined && format !== PACK_FORMAT) {
    throw new CatalogueUnavailable(
      `The catalogue's pack has format ${format}, this reader knows format ${PACK_FORMAT}`,
      'Upload with `npm run dumps -- upload` of the version that reads',
    );
  }
  const { data, error } = schema.safeParse(content);
  if (format === undefined || !data) throw damaged(`${name} lacks what it must have`, error);
  return data;
}

export const parsePointer = (bytes: Uint8Array): Pointer => parse(pointerSchema, POINTER_NAME, bytes);

export const parseManifest = (bytes: Uint8Array): Manifest => parse(manifestSchema, 'manifest.json', bytes);

/** The text of either file. */
export const serialize = (content: Pointer | Manifest): string =>
  `${JSON.stringify({ format: PACK_FORMAT, ...content })}\n`;

export interface IndexPage {
  readonly firstKey: Uint8Array;
  readonly handle: Handle;
}

const fromBase64 = (text: string): Uint8Array => Uint8Array.from(atob(text), (char) => char.charCodeAt(0));

/** The index pages of a table, each inside its blob. */
export const indexPages = ({ pages, bytes }: TableManifest): readonly IndexPage[] =>
  pages.map(([key, offset, length, rawLength]) => ({
    firstKey: fromBase64(key),
    handle: checkHandle({ offset, length, rawLength }, bytes),
  }));
