/** Compares a sample of records, field by field, with what an independent reader makes of the XML. */
import type { MonthFile } from '../import/findFiles.ts';
import { RECORD_BYTES_MAX } from '../read/readDump.ts';
import type { FileStore } from '../sqlite/fileStore.ts';
import { isObject } from '../sqlite/readings.ts';
import { gunzip } from '../xml/gunzip.ts';
import { RecordSplitter } from '../xml/splitRecords.ts';
import { independently } from './independentReader.ts';
import type { VerifyOptions } from './verifyStore.ts';

const MAX_FAULTS = 20;

/** Names of the fields that differ; the order of fields counts. */
function differences(stored: string, independent: string): readonly string[] {
  const [one, other]: readonly unknown[] = [JSON.parse(stored), JSON.parse(independent)];
  if (!isObject(one) || !isObject(other)) return ['the record'];
  const names = [...new Set([...Object.keys(one), ...Object.keys(other)])];
  const fields = names.filter((name) => JSON.stringify(one[name]) !== JSON.stringify(other[name]));
  return fields.length > 0 ? fields : ['the order of fields'];
}

function fault(store: FileStore, { kind }: MonthFile, independent: string): string | undefined {
  const parsed: unknown = JSON.parse(independent);
  const id = isObject(parsed) ? Number(parsed['id']) : Number.NaN;
  const bytes = store.record(kind, id);
  if (!bytes) return `${kind} ${id} is in the file and not in the catalogue`;
  const stored = new TextDecoder().decode(bytes);
  return stored === independent
    ? undefined
    : `${kind} ${id} differs in ${differences(stored, independent).join(', ')}`;
}

/** Reads the whole file. Gives the faults, and how many records were compared. */
export async function verifyFile(
  store: FileStore,
  file: MonthFile,
  { sample, signal, progress }: VerifyOptions,
): Promise<{ readonly faults: readonly string[]; readonly compared: number }> {
  const { kind, path } = file;
  const step = Math.max(1, Math.floor(store.info.counts[kind] / sample));
  const faults: string[] = [];
  let [index, compared] = [0, 0];
  const splitter = new RecordSplitter(
    kind,
    RECORD_BYTES_MAX,
    (bytes, start, end) => {
      index += 1;
      if ((index - 1) % step !== 0 || faults.length >= MAX_FAULTS) return;
      const [independent = '{}'] = independently(
        kind,
        `<${kind}>${bytes.toString('utf8', start, end)}</${kind}>`,
      );
      const found = fault(store, file, independent);
      compared += 1;
      if (found !== undefined) faults.push(found);
    },
    () => {},
  );
  for await (const { bytes, fileBytes } of gunzip(path, signal)) {
    splitter.push(bytes);
    progress(`verify: ${path}, ${Math.floor((100 * fileBytes) / file.bytes)} %`);
  }
  return { faults, compared };
}
