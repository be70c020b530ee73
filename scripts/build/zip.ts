/** Zip archives whose bytes depend on nothing but their content. */
import { type Zippable, zipSync } from 'fflate';

/** The earliest time that a zip can hold: two builds on two days must not differ. */
const TIME = new Date(1980, 0, 1);
/** System 3 is Unix, whose mode of a file stands in the upper half of the attributes: a regular file, `rw-r--r--`. */
const UNIX = 3;
const REGULAR_FILE = (0o100644 << 16) >>> 0;

/** Packs `files`, which are named by their path inside the archive, in the order of those names. */
export function zip(files: Readonly<Record<string, Uint8Array>>): Uint8Array {
  const entries: Zippable = {};
  for (const name of Object.keys(files).sort()) {
    const bytes = files[name];
    if (bytes) entries[name] = [bytes, { level: 9, mtime: TIME, os: UNIX, attrs: REGULAR_FILE }];
  }
  return zipSync(entries);
}
