/** A process that reads one file of releases and prepares each for a store; says what that took. */
import { readDump, readDumpInWorker } from '@discogs-agent/dumps';

const [path = '', threads = '1'] = process.argv.slice(2);
let [records, bytes] = [0, 0];
if (threads === '1') {
  for await (const batch of readDump(path, { kind: 'releases' })) {
    records += batch.records.length;
    for (const { json } of batch.records) bytes += json.length;
  }
} else {
  const transform = new URL('./byteLength.ts', import.meta.url);
  for await (const batch of readDumpInWorker<number>(path, { kind: 'releases', transform })) {
    records += batch.records.length;
    for (const length of batch.records) bytes += length;
  }
}
const { user, system } = process.cpuUsage();
const peakBytes = process.resourceUsage().maxRSS * 1024;
console.log(JSON.stringify({ records, bytes, cpuMicros: user + system, peakBytes }));
